// One mailbox: receiving, sending, what its domain says, and what its tickets are like. Each section saves and checks itself.
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import type { Mailbox as Values, MailboxPatch } from '../../../src/api/contract/mailboxes.ts'
import { Button } from '../../parts/Button.tsx'
import { Empty, Skeleton } from '../../parts/Empty.tsx'
import { say } from '../../words/say.ts'
import { call, reasonOf } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { LastChanges } from '../Beside.tsx'
import { Connect, isNew } from './Connect.tsx'
import { DefaultsSection } from './MailboxDefaults.tsx'
import { DnsSection } from './MailboxDns.tsx'
import { ReceiveSection, SendSection } from './MailboxServers.tsx'
import { Health } from './Mailboxes.tsx'
import mail from './mail.module.css'
import { Page } from '../Page.tsx'
import { attempt } from '../saving.ts'

const reload = () => void client.invalidateQueries({ queryKey: ['mailboxes'] })

export function Mailbox() {
  const { mailboxId } = useParams({ strict: false })
  const [byHand, setByHand] = useState(false)
  const { oauth } = useSearch({ strict: false }) as { oauth?: string }
  const { data, error } = useQuery({
    queryKey: ['mailboxes', 'one', mailboxId],
    queryFn: () => call<Values>('GET', `/mailboxes/${mailboxId}`),
  })
  if (error)
    return (
      <Page title={say('admin.mailboxes')} about="">
        <Empty title={say('list.failed')}>
          <p>{reasonOf(error)}</p>
        </Empty>
      </Page>
    )
  if (!data)
    return (
      <Page title={say('admin.mailboxes')} about="">
        <Skeleton rows={6} height={56} />
      </Page>
    )
  return (
    <Page
      title={data.address}
      about={say(isNew(data) && !byHand ? 'connect.about' : 'mailbox.about')}
      action={<Link to="/admin/mailboxes">{say('mailbox.back')}</Link>}
      beside={<LastChanges thing="mailbox" thingId={data.id} />}
    >
      {oauth !== undefined && oauth !== 'connected' && (
        <p role="alert" className={mail['alert']}>
          {say('mailbox.oauthFailed', { words: oauth })}
        </p>
      )}
      {data.health.alert && (
        <p role="alert" className={mail['alert']}>
          {say('mailbox.alertNow')}
        </p>
      )}
      {isNew(data) && !byHand ? (
        <Connect mailbox={data} onChanged={reload} onByHand={() => setByHand(true)} />
      ) : (
        <div className={mail['sections']}>
          <StateSection mailbox={data} />
          <ReceiveSection key={`receive-${data.id}`} mailbox={data} onSaved={reload} />
          <SendSection key={`send-${data.id}`} mailbox={data} onSaved={reload} />
          <DnsSection mailbox={data} onSaved={reload} />
          <DefaultsSection mailbox={data} onSaved={reload} />
        </div>
      )}
    </Page>
  )
}

function StateSection({ mailbox }: { mailbox: Values }) {
  const { health } = mailbox
  const [busy, setBusy] = useState(false)
  const set = (paused: boolean) => {
    const body: MailboxPatch = { paused }
    const done = say(paused ? 'mailboxes.paused' : 'mailboxes.resumed', { name: mailbox.address })
    void attempt(() => call('PATCH', `/mailboxes/${mailbox.id}`, { body }), done, reload)
  }
  const test = async () => {
    setBusy(true)
    await attempt(
      () => call('POST', `/mailboxes/${mailbox.id}/test`, { body: {} }),
      say('mailbox.testWaiting'),
      reload,
    )
    setBusy(false)
  }
  return (
    <section className={mail['section']} aria-label={say('mailboxes.health')}>
      <h2>{say('mailboxes.health')}</h2>
      <Health mailbox={mailbox} />
      {health.lagSeconds !== null && <p>{say('mailbox.lag', { seconds: health.lagSeconds })}</p>}
      {health.historyTotal > 0 && (
        <p>{say('mailbox.historyProgress', { done: health.historyDone, total: health.historyTotal })}</p>
      )}
      <TestResult mailbox={mailbox} />
      {mailbox.paused && <p>{say('mailbox.off')}</p>}
      <div className={mail['actions']}>
        <Button weight={mailbox.paused ? 'primary' : 'plain'} onClick={() => set(!mailbox.paused)}>
          {say(mailbox.paused ? 'mailboxes.resume' : 'mailboxes.pause')}
        </Button>
        {mailbox.smtp !== null && (
          <Button disabled={busy} title={say('mailbox.testHelp')} onClick={() => void test()}>
            {say('mailbox.test')}
          </Button>
        )}
      </div>
    </section>
  )
}

function TestResult({ mailbox: { health } }: { mailbox: Values }) {
  const { testSentAt, testReturnedAt } = health
  if (testSentAt === null) return null
  if (testReturnedAt === null) return <p role="status">{say('mailbox.testWaiting')}</p>
  const seconds = Math.round((Date.parse(testReturnedAt) - Date.parse(testSentAt)) / 1000)
  return <p role="status">{say('mailbox.testBack', { seconds })}</p>
}

// The outbox: every mail that leaves or should have left, in which state it is and why.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import type { KeptMail, OutboxEntry, OutboxMail } from '../../../src/api/contract/mail.ts'
import type { DeliveryState } from '../../../src/api/contract/messages.ts'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Age } from '../../parts/Marks.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { responseWords } from '../../parts/response.ts'
import { fullTime } from '../../parts/time.ts'
import { say } from '../../words/say.ts'
import { call, reasonOf } from '../../wire/call.ts'
import { useMay } from '../../wire/session.ts'
import styles from '../admin.module.css'
import { DataTable, Page } from '../Page.tsx'
import { attempt } from '../saving.ts'
import { usePages } from '../usePages.ts'

const states = ['held', 'queued', 'failed', 'unknown', 'bounced', 'sent'] as const satisfies DeliveryState[]
const tones: Partial<Record<DeliveryState, string>> = {
  held: 'warn',
  unknown: 'warn',
  failed: 'bad',
  bounced: 'bad',
  delivered: 'good',
}

export function Outbox() {
  const [state, setState] = useState<DeliveryState | null>(null)
  const [reading, setReading] = useState<number | null>(null)
  const pages = usePages<OutboxEntry>('outbox', state ? { state } : {})
  const mayRetry = useMay('outbox.retry')
  const retry = ({ id }: OutboxEntry) =>
    void attempt(() => call('POST', `/outbox/${id}/retry`, { body: {} }), say('outbox.retried'), pages.reload)
  return (
    <Page title={say('admin.outbox')} about={say('outbox.about')} changesOf="outbox,suppression">
      <KeptMails onChoose={() => setState('held')} onDecided={pages.reload} />
      <div className={styles['filters']} role="group" aria-label={say('outbox.filter')}>
        <Button aria-pressed={state === null} onClick={() => setState(null)}>
          {say('outbox.all')}
        </Button>
        {states.map((name) => (
          <Button key={name} aria-pressed={state === name} onClick={() => setState(name)}>
            {say(`delivery.${name}`)}
          </Button>
        ))}
      </div>
      <DataTable
        label={say('admin.outbox')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('outbox.empty')}
        columns={[
          { name: say('outbox.state'), render: (entry) => <State entry={entry} /> },
          {
            name: say('outbox.mail'),
            render: ({ subject, to, kind }) => (
              <span className={styles['main2']}>
                <span className={styles['strong']}>{subject ?? say(`outboxKind.${kind}`)}</span>
                <span className={styles['muted']}>
                  {to.map(({ name, email }) => name || email).join(', ')}
                </span>
              </span>
            ),
          },
          {
            name: say('outbox.ticket'),
            narrow: true,
            render: ({ ticketId }) =>
              ticketId && (
                <Link to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(ticketId) }}>
                  #{ticketId}
                </Link>
              ),
          },
          { name: say('outbox.age'), narrow: true, render: ({ createdAt }) => <Age at={createdAt} bare /> },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (entry) => (
              <span className={styles['buttons']}>
                <Button weight="quiet" onClick={() => setReading(entry.id)}>
                  {say('outbox.read')}
                </Button>
                {mayRetry && entry.state === 'held' && (
                  <Decide ids={[entry.id]} onDecided={pages.reload} quiet />
                )}
                {mayRetry && ['failed', 'unknown'].includes(entry.state) && (
                  <Button weight="quiet" onClick={() => retry(entry)}>
                    {say('action.retry')}
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
      {reading !== null && <Mail id={reading} onClose={() => setReading(null)} />}
    </Page>
  )
}

function State({ entry: { state, detail, attempts, nextAttemptAt } }: { entry: OutboxEntry }) {
  return (
    <span className={styles['main2']}>
      <span className={styles['state']} data-tone={tones[state]}>
        {say(`delivery.${state}`)}
      </span>
      {detail && <span className={styles['muted']}>{responseWords(detail)}</span>}
      {attempts > 1 && <span className={styles['muted']}>{say('outbox.attempts', { count: attempts })}</span>}
      {nextAttemptAt && (
        <span className={styles['muted']}>
          {say('outbox.next')} <Age at={nextAttemptAt} />
        </span>
      )}
    </span>
  )
}

function Mail({ id, onClose }: { id: number; onClose: () => void }) {
  const { data, error } = useQuery({
    queryKey: ['outbox', 'mail', id],
    queryFn: () => call<OutboxMail>('GET', `/outbox/${id}`),
  })
  return (
    <Modal title={data?.subject ?? say('outbox.mail')} open onClose={onClose} shape="wide">
      {error && (
        <Empty title={say('list.failed')}>
          <p>{reasonOf(error)}</p>
        </Empty>
      )}
      {data && (
        <>
          <dl className={styles['mail']}>
            <dt>{say('mail.from')}</dt>
            <dd>{data.from?.email ?? '–'}</dd>
            <dt>{say('readers.to')}</dt>
            <dd>{data.to.map(({ email }) => email).join(', ')}</dd>
            {data.cc.length > 0 && (
              <>
                <dt>{say('readers.cc')}</dt>
                <dd>{data.cc.map(({ email }) => email).join(', ')}</dd>
              </>
            )}
            <dt>{say('mail.made')}</dt>
            <dd>{fullTime(data.createdAt)}</dd>
          </dl>
          <pre className={styles['mailText']}>{data.text}</pre>
        </>
      )}
    </Modal>
  )
}

/** Mail that was due while nothing could carry it away: nothing of it leaves unasked once something can. */
function KeptMails({ onChoose, onDecided }: { onChoose: () => void; onDecided: () => void }) {
  const mayRetry = useMay('outbox.retry')
  const { data, refetch } = useQuery({
    queryKey: ['outbox', 'kept'],
    queryFn: () => call<KeptMail>('GET', '/outbox/kept'),
  })
  if (data === undefined || data.count === 0) return null
  const decided = () => {
    void refetch()
    onDecided()
  }
  return (
    <section className={styles['notice']} role="status">
      <p>
        <strong>{say('kept.title', { count: data.count })}</strong> {say('kept.about')}
      </p>
      {mayRetry && (
        <span className={styles['buttons']}>
          <Decide ids={null} onDecided={decided} />
          <Button weight="quiet" onClick={onChoose}>
            {say('kept.choose')}
          </Button>
        </span>
      )}
    </section>
  )
}

type Deciding = { ids: readonly number[] | null; onDecided: () => void; quiet?: boolean }

/** Send or discard, for all kept mail or for some. */
function Decide({ ids, onDecided, quiet = false }: Deciding) {
  const decide = (verdict: 'send' | 'discard') =>
    void attempt(
      () => call('POST', '/outbox/kept', { body: { do: verdict, ...(ids === null ? {} : { ids }) } }),
      say(verdict === 'send' ? 'kept.sent' : 'kept.discarded'),
      onDecided,
    )
  const weight = quiet ? 'quiet' : 'plain'
  return (
    <>
      <Button weight={weight} onClick={() => decide('send')}>
        {say(ids === null ? 'kept.sendAll' : 'kept.send')}
      </Button>
      <Button weight={weight} onClick={() => decide('discard')}>
        {say(ids === null ? 'kept.discardAll' : 'kept.discard')}
      </Button>
    </>
  )
}

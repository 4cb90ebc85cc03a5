// Mailboxes: how each is connected and how it is doing; adding one leads to its page, where it is set up and checked.
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'

import type { Mailbox, MailboxPatch, NewMailbox } from '../../../src/api/contract/mailboxes.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, TextField } from '../../parts/Form.tsx'
import { Age } from '../../parts/Marks.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { say, type WordId } from '../../words/say.ts'
import { call } from '../../wire/call.ts'
import { useMay } from '../../wire/session.ts'
import styles from '../admin.module.css'
import mail from './mail.module.css'
import { InboundSources } from './InboundSources.tsx'
import { DataTable, Page } from '../Page.tsx'
import { attempt, useSave } from '../saving.ts'
import { usePages } from '../usePages.ts'

export function Mailboxes() {
  const pages = usePages<Mailbox>('mailboxes', { archived: 'true' })
  const mayWrite = useMay('mailboxes.write')
  const [adding, setAdding] = useState(false)
  const change = (mailbox: Mailbox, body: MailboxPatch, done: WordId) =>
    void attempt(
      () => call('PATCH', `/mailboxes/${mailbox.id}`, { body }),
      say(done, { name: mailbox.address }),
      pages.reload,
    )
  return (
    <Page
      title={say('admin.mailboxes')}
      changesOf="mailbox,inbound_source"
      about={say('mailboxes.about')}
      action={
        mayWrite && (
          <Button weight="primary" onClick={() => setAdding(true)}>
            {say('mailboxes.add')}
          </Button>
        )
      }
    >
      <DataTable
        label={say('admin.mailboxes')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('mailboxes.empty')}
        dim={({ archived }) => archived}
        columns={[
          { name: say('mailboxes.address'), render: (mailbox) => <Address mailbox={mailbox} /> },
          { name: say('mailboxes.connected'), render: (mailbox) => <Connection mailbox={mailbox} /> },
          { name: say('mailboxes.health'), render: (mailbox) => <Health mailbox={mailbox} /> },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (mailbox) =>
              mayWrite && (
                <span className={styles['buttons']}>
                  {!mailbox.archived && (
                    <Button
                      weight="quiet"
                      onClick={() =>
                        change(
                          mailbox,
                          { paused: !mailbox.paused },
                          mailbox.paused ? 'mailboxes.resumed' : 'mailboxes.paused',
                        )
                      }
                    >
                      {say(mailbox.paused ? 'mailboxes.resume' : 'mailboxes.pause')}
                    </Button>
                  )}
                  {!mailbox.isDefault && !mailbox.archived && (
                    <Button
                      weight="quiet"
                      onClick={() => change(mailbox, { isDefault: true }, 'mailboxes.madeDefault')}
                    >
                      {say('mailboxes.makeDefault')}
                    </Button>
                  )}
                  {!mailbox.isDefault && (
                    <Button
                      weight="quiet"
                      onClick={() =>
                        change(
                          mailbox,
                          { archived: !mailbox.archived },
                          mailbox.archived ? 'admin.restored' : 'admin.archived',
                        )
                      }
                    >
                      {say(mailbox.archived ? 'action.restore' : 'action.archive')}
                    </Button>
                  )}
                </span>
              ),
          },
        ]}
      />
      <InboundSources />
      {adding && <AddMailbox onClose={() => setAdding(false)} />}
    </Page>
  )
}

function Address({ mailbox }: { mailbox: Mailbox }) {
  return (
    <span className={styles['main2']}>
      <Link
        to="/admin/mailboxes/$mailboxId"
        params={{ mailboxId: String(mailbox.id) }}
        className={mail['address'] ?? ''}
      >
        {mailbox.address}
      </Link>
      <span className={styles['muted']}>
        {[mailbox.isDefault && say('mailboxes.default'), mailbox.team?.name, mailbox.brand.name]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </span>
  )
}

function Connection({ mailbox }: { mailbox: Mailbox }) {
  return (
    <span className={styles['main2']}>
      <span>{say(mailbox.imap === null ? 'mailboxes.viaSmtp' : 'mailboxes.viaImap')}</span>
      <span className={styles['muted']}>
        {mailbox.smtp === null
          ? say('mailboxes.sendsDesk')
          : say('mailboxes.sendsOwn', { host: mailbox.smtp.host })}
      </span>
    </span>
  )
}

/** State by word and colour; a failure in the server's own words, and what to do. */
export function Health({ mailbox }: { mailbox: Mailbox }) {
  const { health } = mailbox
  const failure = health.failure ?? health.sendFailure
  const cure = health.cure ?? health.sendCure
  return (
    <span className={styles['main2']}>
      <span className={mail['state']} data-state={health.state}>
        {say(`mailboxState.${health.state}`)}
      </span>
      {failure !== null && <span className={mail['words']}>{failure}</span>}
      {cure !== null && <span className={styles['muted']}>{say(`cure.${cure}` as WordId)}</span>}
      {failure === null && mailbox.imap !== null && (
        <span className={styles['muted']}>
          {health.fetchedAt === null ? say('mailboxes.neverFetched') : <Age at={health.fetchedAt} bare />}
        </span>
      )}
    </span>
  )
}

function AddMailbox({ onClose }: { onClose: () => void }) {
  const { save, busy, errors, general } = useSave(onClose)
  const navigate = useNavigate()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const address = String(new FormData(event.currentTarget).get('address')).trim()
    const work = async () => {
      const added = await call<Mailbox>('POST', '/mailboxes', { body: { address } satisfies NewMailbox })
      void navigate({ to: '/admin/mailboxes/$mailboxId', params: { mailboxId: String(added.id) } })
    }
    void save(work, say('admin.added', { name: address }))
  }
  return (
    <Modal
      title={say('mailboxes.add')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="mailbox" disabled={busy}>
            {say('mailboxes.add')}
          </Button>
        </>
      }
    >
      <form id="mailbox" onSubmit={submit}>
        <FormProblem text={general} />
        <TextField
          label={say('mailboxes.address')}
          help={say('mailboxes.addressHelp')}
          name="address"
          inputMode="email"
          required
          error={errors['address']}
        />
      </form>
    </Modal>
  )
}

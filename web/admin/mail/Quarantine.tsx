// Quarantine: mail that was held and why. Recovering opens its ticket; discarding is final.
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import type {
  Quarantined,
  QuarantinedMail,
  QuarantineBulk,
  QuarantineBulkDone,
  QuarantineRates,
  Recover,
  Recovered,
} from '../../../src/api/contract/mail.ts'
import { Button } from '../../parts/Button.tsx'
import { CheckField, FormProblem, TextField } from '../../parts/Form.tsx'
import { Age } from '../../parts/Marks.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { decimal, fullTime, sizeOf } from '../../parts/time.ts'
import { notify } from '../../state/toasts.ts'
import { say, sayName } from '../../words/say.ts'
import { call } from '../../wire/call.ts'
import { useMay } from '../../wire/session.ts'
import styles from '../admin.module.css'
import { DataTable, Page } from '../Page.tsx'
import { attempt, useSave } from '../saving.ts'
import { usePages } from '../usePages.ts'

export function Quarantine() {
  const [reason, setReason] = useState<string>()
  const pages = usePages<Quarantined>('quarantine', { reason })
  const [open, setOpen] = useState<Quarantined | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const mayDecide = useMay('quarantine.decide')
  const choose = (id: number, on: boolean) => {
    const next = new Set(chosen)
    if (on) next.add(id)
    else next.delete(id)
    setChosen(next)
  }
  return (
    <Page
      title={say('admin.quarantine')}
      changesOf="quarantine,sender_rule"
      about={say('quarantine.about')}
      action={
        chosen.size > 0 && (
          <BulkButtons
            ids={[...chosen]}
            onDone={() => {
              setChosen(new Set())
              pages.reload()
            }}
          />
        )
      }
    >
      <Rates />
      <Reasons chosen={reason} onChoose={setReason} />
      <DataTable
        label={say('admin.quarantine')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('quarantine.empty')}
        columns={[
          ...(mayDecide
            ? [
                {
                  name: '',
                  narrow: true,
                  render: ({ id, subject }: Quarantined) => (
                    <input
                      type="checkbox"
                      aria-label={say('quarantine.choose', { name: subject || say('ticket.noSubject') })}
                      checked={chosen.has(id)}
                      disabled={!chosen.has(id) && chosen.size >= MOST_AT_ONCE}
                      onChange={(event) => choose(id, event.target.checked)}
                    />
                  ),
                },
              ]
            : []),
          {
            name: say('quarantine.mail'),
            render: ({ subject, from, snippet }) => (
              <span className={styles['main2']}>
                <span className={styles['strong']}>{subject || say('ticket.noSubject')}</span>
                <span className={styles['excerpt']}>
                  {[from?.email || say('quarantine.noSender'), snippet].filter(Boolean).join(' · ')}
                </span>
              </span>
            ),
          },
          {
            name: say('quarantine.reason'),
            render: ({ reasons }) => reasons.map(({ name }) => sayName('reason', name)).join(', '),
          },
          {
            name: say('quarantine.received'),
            narrow: true,
            render: ({ receivedAt }) => <Age at={receivedAt} bare />,
          },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (mail) => (
              <Button weight="quiet" onClick={() => setOpen(mail)}>
                {say('quarantine.look')}
              </Button>
            ),
          },
        ]}
      />
      {open && (
        <Held
          mail={open}
          onClose={() => {
            setOpen(null)
            pages.reload()
          }}
        />
      )}
    </Page>
  )
}

const MOST_AT_ONCE = 500

function BulkButtons({ ids, onDone }: { ids: readonly number[]; onDone: () => void }) {
  const settle = (action: QuarantineBulk['action']) => {
    let failed = 0
    const work = async () => {
      const body: QuarantineBulk = { ids: [...ids], action }
      const done = await call<QuarantineBulkDone>('POST', '/quarantine/bulk', { body })
      failed = done.failed.length
      if (failed > 0)
        notify({
          kind: 'error',
          title: say('quarantine.bulkFailed', { count: failed }),
          detail: done.failed[0]?.detail ?? '',
        })
    }
    void attempt(work, say('quarantine.bulkDone', { count: ids.length - failed }), onDone)
  }
  return (
    <span className={styles['buttons']}>
      <Button onClick={() => settle('discard')}>
        {say('quarantine.bulkDiscard', { count: ids.length })}
      </Button>
      <Button weight="primary" onClick={() => settle('recover')}>
        {say('quarantine.bulkRecover', { count: ids.length })}
      </Button>
    </span>
  )
}

const useRates = () =>
  useQuery({
    queryKey: ['quarantine', 'rates'],
    queryFn: () => call<QuarantineRates>('GET', '/quarantine/rates'),
  })

/** One reason at a time, of those that held something lately. */
function Reasons({
  chosen,
  onChoose,
}: {
  chosen: string | undefined
  onChoose: (reason: string | undefined) => void
}) {
  const { data } = useRates()
  const reasons = data?.reasons.map(({ reason }) => reason) ?? []
  if (reasons.length < 2 && chosen === undefined) return null
  return (
    <div className={styles['filters']} role="group" aria-label={say('quarantine.reason')}>
      {[undefined, ...reasons].map((reason) => (
        <Button key={reason ?? ''} aria-pressed={reason === chosen} onClick={() => onChoose(reason)}>
          {reason === undefined ? say('quarantine.every') : sayName('reason', reason)}
        </Button>
      ))}
    </div>
  )
}

/** How often each reason was wrong, as far as people have decided. */
function Rates() {
  const { data } = useRates()
  const wrong = data?.reasons.filter(({ recovered }) => recovered > 0) ?? []
  if (wrong.length === 0) return null
  return (
    <details className={styles['muted']}>
      <summary>{say('quarantine.rates')}</summary>
      <ul>
        {wrong.map(({ reason, held, recovered, rate }) => (
          <li key={reason}>
            {say('quarantine.rate', {
              reason: sayName('reason', reason),
              recovered,
              held,
              rate: `${Math.round(rate * 100)} %`,
            })}
          </li>
        ))}
      </ul>
    </details>
  )
}

function Held({ mail, onClose }: { mail: Quarantined; onClose: () => void }) {
  const { data } = useQuery({
    queryKey: ['held-mail', mail.id],
    queryFn: () => call<QuarantinedMail>('GET', `/quarantine/${mail.id}`),
  })
  const mayDecide = useMay('quarantine.decide')
  const [allowSender, setAllowSender] = useState(false)
  const [typed, setTyped] = useState<string>()
  const senders = data?.senders ?? null
  const sender = typed ?? senders?.[0]?.email ?? ''
  const navigate = useNavigate()
  const { save, busy, general } = useSave(onClose)
  const recover = (ticketId?: number) => {
    const body: Recover = {
      allowSender,
      ...(ticketId === undefined ? {} : { ticketId }),
      ...(senders === null || sender === '' ? {} : { sender }),
    }
    const work = async () => {
      const done = await call<Recovered>('POST', `/quarantine/${mail.id}/recover`, { body })
      void navigate({
        to: '/inbox/$view/$ticketId',
        params: { view: 'all', ticketId: String(done.ticketId) },
      })
    }
    void save(work, say('quarantine.recovered'))
  }
  const discard = () =>
    void save(() => call('POST', `/quarantine/${mail.id}/discard`, { body: {} }), say('quarantine.discarded'))
  const { ticketId } = mail
  return (
    <Modal
      title={mail.subject || say('ticket.noSubject')}
      open
      onClose={onClose}
      shape="wide"
      actions={
        mayDecide && (
          <>
            <Button weight="danger" disabled={busy} onClick={discard}>
              {say('quarantine.discard')}
            </Button>
            {ticketId !== null && (
              <Button disabled={busy} onClick={() => recover(ticketId)}>
                {say('quarantine.add', { id: ticketId })}
              </Button>
            )}
            <Button weight="primary" disabled={busy} onClick={() => recover()}>
              {say('quarantine.recover')}
            </Button>
          </>
        )
      }
    >
      <FormProblem text={general} />
      <Facts mail={mail} />
      {data && <pre className={styles['mailText']}>{data.text}</pre>}
      {data && data.attachments.length > 0 && (
        <p className={styles['muted']}>
          {data.attachments.map(({ name, size }) => `${name} (${sizeOf(size)})`).join(', ')}
        </p>
      )}
      {mayDecide && senders !== null && <Sender senders={senders} value={sender} onChange={setTyped} />}
      {mayDecide && (
        <CheckField
          label={say('quarantine.allow')}
          checked={allowSender}
          onChange={(event) => setAllowSender(event.target.checked)}
        />
      )}
    </Modal>
  )
}

/** Whose mail it is, when the mail does not say so: one of those it names, or whoever is typed. */
function Sender({
  senders,
  value,
  onChange,
}: {
  senders: NonNullable<QuarantinedMail['senders']>
  value: string
  onChange: (value: string) => void
}) {
  return (
    <>
      <TextField
        label={say('quarantine.sender')}
        help={say('quarantine.senderHelp')}
        inputMode="email"
        list="quarantine-senders"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id="quarantine-senders">
        {senders.map(({ name, email }) => (
          <option key={email} value={email}>
            {name}
          </option>
        ))}
      </datalist>
    </>
  )
}

function Facts({ mail }: { mail: Quarantined }) {
  return (
    <dl className={styles['mail']}>
      <dt>{say('mail.from')}</dt>
      <dd>{mail.from ? `${mail.from.name} <${mail.from.email}>`.trim() : say('quarantine.noSender')}</dd>
      {mail.to.length > 0 && (
        <>
          <dt>{say('readers.to')}</dt>
          <dd>{mail.to.join(', ')}</dd>
        </>
      )}
      <dt>{say('quarantine.reason')}</dt>
      <dd>
        {mail.reasons.map(({ name, detail }) => (
          <p key={name}>{detail ? `${sayName('reason', name)}: ${detail}` : sayName('reason', name)}</p>
        ))}
      </dd>
      <dt>{say('quarantine.checks')}</dt>
      <dd>{`SPF ${mail.spf} · DKIM ${mail.dkim} · DMARC ${mail.dmarc}`}</dd>
      <dt>{say('quarantine.score')}</dt>
      <dd>
        {[
          decimal(mail.score, 1),
          ...mail.breakdown.map(({ name, points }) => `${sayName('points', name)} (${points})`),
        ].join(' · ')}
      </dd>
      <dt>{say('quarantine.received')}</dt>
      <dd>{fullTime(mail.receivedAt)}</dd>
      <dt>{say('quarantine.erased')}</dt>
      <dd>{fullTime(mail.expiresAt)}</dd>
    </dl>
  )
}

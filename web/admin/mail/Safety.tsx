// What decides whether mail is believed, held or let in: the policy, the lists of senders, the addresses nothing is sent to.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'

import type { MailPolicy, NewSenderRule, SenderRule, Suppression } from '../../../src/api/contract/safety.ts'
import { Button } from '../../parts/Button.tsx'
import { Empty, Skeleton } from '../../parts/Empty.tsx'
import { CheckField, FormProblem, SelectField, TextArea, TextField } from '../../parts/Form.tsx'
import { Age } from '../../parts/Marks.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { say } from '../../words/say.ts'
import { brakesQuery, endBrake } from '../../wire/alerts.ts'
import { call, reasonOf } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import styles from '../admin.module.css'
import mail from './mail.module.css'
import { DataTable, Page } from '../Page.tsx'
import { attempt, useSave } from '../saving.ts'
import { usePages } from '../usePages.ts'

export function MailSafety() {
  const { data, error } = useQuery({
    queryKey: ['mail-policy'],
    queryFn: () => call<MailPolicy>('GET', '/mail-policy'),
  })
  return (
    <Page
      title={say('admin.mailSafety')}
      about={say('safety.about')}
      changesOf="mail_policy,sender_rule,suppression"
    >
      <div className={mail['sections']}>
        <section className={mail['section']} aria-label={say('safety.policy')}>
          <h2>{say('safety.policy')}</h2>
          {data ? (
            <PolicyForm policy={data} />
          ) : error ? (
            <Empty title={say('list.failed')}>
              <p>{reasonOf(error)}</p>
            </Empty>
          ) : (
            <Skeleton rows={4} height={56} />
          )}
        </section>
        <Senders />
        <Brakes />
        <Suppressions />
      </div>
    </Page>
  )
}

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const answers = ['off', 'note', 'reply'] as const
const answersOf = (value: unknown) => answers.find((each) => each === value) ?? 'off'

function PolicyForm({ policy }: { policy: MailPolicy }) {
  const { save, busy, errors, general } = useSave(
    () => void client.invalidateQueries({ queryKey: ['mail-policy'] }),
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const body: MailPolicy = {
      trustedServers: lines(String(form.get('trustedServers'))),
      trustedSealers: lines(String(form.get('trustedSealers'))),
      unverifiedReplies: form.get('unverifiedReplies') === 'hold' ? 'hold' : 'join',
      agentAnswers: answersOf(form.get('agentAnswers')),
      spamScore: Number(form.get('spamScore')),
      spamHeaders: form.has('spamHeaders'),
      onlyAllowed: form.has('onlyAllowed'),
      onlyKnown: form.has('onlyKnown'),
      holdLists: form.has('holdLists'),
      senderPerHour: Number(form.get('senderPerHour')),
    }
    void save(() => call('PATCH', '/mail-policy', { body }), say('mailbox.saved'))
  }
  return (
    <form onSubmit={submit}>
      <FormProblem text={general} />
      <SelectField
        label={say('safety.unverified')}
        name="unverifiedReplies"
        defaultValue={policy.unverifiedReplies}
        options={(['join', 'hold'] as const).map((value) => ({
          value,
          label: say(`safety.unverified.${value}`),
        }))}
      />
      <SelectField
        label={say('safety.agentAnswers')}
        help={say('safety.agentAnswersHelp')}
        name="agentAnswers"
        defaultValue={policy.agentAnswers}
        options={answers.map((value) => ({ value, label: say(`safety.agentAnswers.${value}`) }))}
      />
      <div className={mail['row']}>
        <TextField
          label={say('safety.score')}
          name="spamScore"
          type="number"
          min={1}
          max={100}
          step={0.5}
          defaultValue={policy.spamScore}
          error={errors['spamScore']}
        />
        <TextField
          label={say('safety.senderPerHour')}
          name="senderPerHour"
          type="number"
          min={1}
          max={100_000}
          defaultValue={policy.senderPerHour}
          error={errors['senderPerHour']}
        />
      </div>
      <CheckField label={say('safety.holdLists')} name="holdLists" defaultChecked={policy.holdLists} />
      <CheckField label={say('safety.onlyAllowed')} name="onlyAllowed" defaultChecked={policy.onlyAllowed} />
      <CheckField label={say('safety.onlyKnown')} name="onlyKnown" defaultChecked={policy.onlyKnown} />
      <CheckField
        label={say('safety.filterHeaders')}
        name="spamHeaders"
        defaultChecked={policy.spamHeaders}
      />
      <TextArea
        label={say('safety.servers')}
        help={say('safety.serversHelp')}
        name="trustedServers"
        rows={2}
        defaultValue={policy.trustedServers.join('\n')}
      />
      <TextArea
        label={say('safety.sealers')}
        name="trustedSealers"
        rows={2}
        defaultValue={policy.trustedSealers.join('\n')}
      />
      <Button weight="primary" type="submit" disabled={busy}>
        {say('mailbox.save')}
      </Button>
    </form>
  )
}

function Senders() {
  const pages = usePages<SenderRule>('sender-rules')
  const [adding, setAdding] = useState(false)
  const remove = ({ id, pattern }: SenderRule) =>
    void attempt(
      () => call('DELETE', `/sender-rules/${id}`),
      say('safety.removed', { name: pattern }),
      pages.reload,
    )
  return (
    <section className={mail['section']} aria-label={say('safety.senders')}>
      <h2>{say('safety.senders')}</h2>
      <DataTable
        label={say('safety.senders')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('safety.sendersEmpty')}
        columns={[
          { name: say('safety.pattern'), render: ({ pattern }) => pattern },
          { name: say('safety.verdict'), narrow: true, render: ({ verdict }) => say(`safety.${verdict}`) },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (rule) => (
              <Button weight="quiet" onClick={() => remove(rule)}>
                {say('safety.remove')}
              </Button>
            ),
          },
        ]}
      />
      <div className={mail['actions']}>
        <Button onClick={() => setAdding(true)}>{say('safety.addSender')}</Button>
      </div>
      {adding && (
        <AddSender
          onClose={() => {
            setAdding(false)
            pages.reload()
          }}
        />
      )}
    </section>
  )
}

function AddSender({ onClose }: { onClose: () => void }) {
  const { save, busy, errors, general } = useSave(onClose)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const body: NewSenderRule = {
      pattern: String(form.get('pattern')).trim(),
      verdict: form.get('verdict') === 'block' ? 'block' : 'allow',
    }
    void save(() => call('POST', '/sender-rules', { body }), say('admin.added', { name: body.pattern }))
  }
  return (
    <Modal
      title={say('safety.addSender')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="sender" disabled={busy}>
            {say('safety.addSender')}
          </Button>
        </>
      }
    >
      <form id="sender" onSubmit={submit}>
        <FormProblem text={general} />
        <TextField
          label={say('safety.pattern')}
          help={say('safety.patternHelp')}
          name="pattern"
          required
          error={errors['pattern']}
        />
        <SelectField
          label={say('safety.verdict')}
          name="verdict"
          options={(['allow', 'block'] as const).map((value) => ({ value, label: say(`safety.${value}`) }))}
        />
      </form>
    </Modal>
  )
}

function Brakes() {
  const { data, error, refetch } = useQuery(brakesQuery(null))
  const end = (id: number) =>
    void attempt(
      () => endBrake(id),
      say('brake.ended'),
      () => void refetch(),
    )
  return (
    <section className={mail['section']} aria-label={say('brake.title')}>
      <h2>{say('brake.title')}</h2>
      {error && <p role="alert">{reasonOf(error)}</p>}
      {data?.items.length === 0 && <p className={styles['muted']}>{say('brake.none')}</p>}
      <ul className={mail['brakes']}>
        {data?.items.map(({ id, email, ticketId, at }) => (
          <li key={id}>
            {email ?? (
              <Link to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(ticketId) }}>
                {say('brake.onTicket', { id: ticketId ?? 0 })}
              </Link>
            )}
            <Age at={at} bare />
            <Button weight="quiet" onClick={() => end(id)}>
              {say('brake.end')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Suppressions() {
  const pages = usePages<Suppression>('suppressions')
  const { save, busy, errors, general } = useSave(pages.reload)
  const remove = ({ email }: Suppression) =>
    void attempt(
      () => call('DELETE', `/suppressions/${encodeURIComponent(email)}`),
      say('safety.removed', { name: email }),
      pages.reload,
    )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const email = String(new FormData(form).get('email')).trim()
    const work = async () => {
      await call('POST', '/suppressions', { body: { email } })
      form.reset()
    }
    void save(work, say('admin.added', { name: email }))
  }
  return (
    <section className={mail['section']} aria-label={say('safety.suppressions')}>
      <h2>{say('safety.suppressed')}</h2>
      <DataTable
        label={say('safety.suppressed')}
        pages={pages}
        keyOf={({ email }) => email}
        empty={say('safety.suppressedEmpty')}
        columns={[
          { name: say('mailboxes.address'), render: ({ email }) => email },
          {
            name: say('safety.why'),
            render: ({ reason, detail }) => (
              <span className={styles['main2']}>
                <span>{say(`suppression.${reason}`)}</span>
                <span className={styles['muted']}>{detail}</span>
              </span>
            ),
          },
          { name: say('audit.when'), narrow: true, render: ({ at }) => <Age at={at} bare /> },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (entry) => (
              <Button weight="quiet" onClick={() => remove(entry)}>
                {say('safety.remove')}
              </Button>
            ),
          },
        ]}
      />
      <form onSubmit={submit} className={mail['actions']}>
        <FormProblem text={general} />
        <TextField
          label={say('mailboxes.address')}
          name="email"
          inputMode="email"
          required
          error={errors['email']}
        />
        <Button type="submit" disabled={busy}>
          {say('safety.suppressAdd')}
        </Button>
      </form>
    </section>
  )
}

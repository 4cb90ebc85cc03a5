// A new mailbox, step by step: whose it is, signing in, each check in the server's own words, a mail there and back. Left and come back
// to at any time; what it asks for is what most need, the rest stands on the mailbox's own page.
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'

import type { Checked, Detected, Mailbox, MailboxPatch } from '../../../src/api/contract/mailboxes.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { call, reasonOf } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import { attempt, useSave } from '../saving.ts'
import mail from './mail.module.css'
import { Checks } from './MailboxChecks.tsx'
import { OauthFields, oauthOf } from './MailboxOauth.tsx'
import { ServerFields, serverOf } from './MailboxServers.tsx'

type Props = { mailbox: Mailbox; onChanged: () => void; onByHand: () => void }

/** Whether a mailbox has never been on: it is led through these steps. */
export const isNew = ({ paused, isDefault, health }: Mailbox): boolean =>
  paused && !isDefault && health.fetchedAt === null

export function Connect({ mailbox, onChanged, onByHand }: Props) {
  const detected = useQuery({
    queryKey: ['mailboxes', 'detect', mailbox.address],
    queryFn: () => call<Detected>('GET', '/mailboxes/detect', { query: { address: mailbox.address } }),
    staleTime: Infinity,
  })
  const tries = useTries(mailbox.id)
  if (detected.isPending) return <p role="status">{say('connect.looking')}</p>
  const found = detected.data ?? guessed(mailbox.address)
  return (
    <div className={mail['sections']}>
      <section className={mail['section']} aria-label={say('connect.signIn')}>
        <h2>{say('connect.signIn')}</h2>
        <p>
          {found.provider === ''
            ? say('mailbox.detectedNot')
            : say('mailbox.detected', { name: found.provider })}
        </p>
        <SignIn mailbox={mailbox} found={found} onSaved={onChanged} tries={tries} />
        {tries.results.map((result, at) => (
          <Checks key={at} result={result} />
        ))}
        {tries.problem !== null && <p role="alert">{tries.problem}</p>}
      </section>
      {tries.passed ? (
        <TurnOn mailbox={mailbox} tries={tries} onChanged={onChanged} />
      ) : (
        <p>
          {say('connect.notYet')}{' '}
          <Button weight="quiet" onClick={onByHand}>
            {say('connect.byHand')}
          </Button>
        </p>
      )}
    </div>
  )
}

const guessed = (address: string): Detected => {
  const domain = address.split('@')[1] ?? ''
  return {
    provider: '',
    oauth: null,
    imap: { host: `imap.${domain}`, port: 993, security: 'tls' },
    smtp: { host: `smtp.${domain}`, port: 587, security: 'starttls' },
  }
}

/** Both ways are tried, receiving first; the second is not asked when the first fails. */
function useTries(mailboxId: number) {
  const [results, setResults] = useState<readonly Checked[]>([])
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const isOk = ({ checks }: Checked) => checks.every(({ state }) => state !== 'failed')
  const run = async () => {
    setBusy(true)
    setResults([])
    setProblem(null)
    try {
      const seen: Checked[] = []
      for (const part of ['imap', 'smtp'] as const) {
        seen.push(await call<Checked>('POST', `/mailboxes/${mailboxId}/check`, { body: { part } }))
        setResults([...seen])
        if (!seen.every(isOk)) break
      }
    } catch (error) {
      setProblem(reasonOf(error))
    } finally {
      setBusy(false)
    }
  }
  /** What was tried says nothing of what is set otherwise now. */
  const reset = () => {
    setResults([])
    setProblem(null)
  }
  return { results, busy, problem, run, reset, passed: results.length === 2 && results.every(isOk) }
}
type Tries = ReturnType<typeof useTries>

type SignInProps = { mailbox: Mailbox; found: Detected; tries: Tries; onSaved: () => void }

function SignIn({ mailbox, found, tries, onSaved }: SignInProps) {
  const [auth, setAuth] = useState<'password' | 'oauth'>(
    mailbox.imap?.auth ?? (found.oauth === null ? 'password' : 'oauth'),
  )
  const { save, busy, errors, general } = useSave(onSaved)
  const isConsented = auth !== 'oauth' || mailbox.oauth?.connected === true
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    tries.reset()
    const body = patchOf(new FormData(event.currentTarget), auth, mailbox)
    void save(async () => {
      const saved = await call<Mailbox>('PATCH', `/mailboxes/${mailbox.id}`, { body })
      // Consent comes first, and from there one comes back.
      if (auth === 'password' || saved.oauth?.connected === true) void tries.run()
    }, say('mailbox.saved'))
  }
  return (
    <form onSubmit={submit} onChange={tries.reset}>
      <FormProblem text={general} />
      <div className={mail['row']}>
        <SelectField
          label={say('mailbox.auth')}
          value={auth}
          onChange={(event) => setAuth(event.target.value as 'password' | 'oauth')}
          options={(['password', 'oauth'] as const).map((value) => ({
            value,
            label: say(`mailbox.auth.${value}`),
          }))}
        />
        <TextField
          label={say('mailbox.user')}
          name="user"
          autoComplete="off"
          required
          defaultValue={mailbox.imap?.user ?? mailbox.address}
        />
        {auth === 'password' && (
          <TextField
            label={say('mailbox.password')}
            help={mailbox.has.imapPassword ? say('mailbox.keptSecret') : undefined}
            name="password"
            type="password"
            autoComplete="new-password"
            required={!mailbox.has.imapPassword}
          />
        )}
      </div>
      {auth === 'oauth' && <OauthFields mailbox={mailbox} provider={found.oauth} />}
      <details open={found.provider === ''}>
        <summary>{say('connect.servers')}</summary>
        <h3>{say('mailbox.receive')}</h3>
        <ServerFields server={mailbox.imap ?? found.imap} errors={errors} side="imap" />
        <h3>{say('mailbox.send')}</h3>
        <ServerFields server={mailbox.smtp ?? found.smtp} errors={errors} side="smtp" />
      </details>
      <div className={mail['actions']}>
        <Button weight={tries.passed ? 'plain' : 'primary'} type="submit" disabled={busy || tries.busy}>
          {say(tries.busy ? 'mailbox.checking' : isConsented ? 'connect.try' : 'mailbox.save')}
        </Button>
      </div>
    </form>
  )
}

/** What was set by hand on the mailbox's own page stays. */
function patchOf(form: FormData, auth: 'password' | 'oauth', { imap, smtp }: Mailbox): MailboxPatch {
  const user = String(form.get('user')).trim()
  const password = String(form.get('password') ?? '')
  return {
    imap: {
      ...serverOf(form, 'imap'),
      user,
      auth,
      folder: imap?.folder ?? 'INBOX',
      afterFetch: imap?.afterFetch ?? 'seen',
      moveTo: imap?.moveTo ?? null,
    },
    // One that signs in for sending as the same stays the same.
    smtp: {
      ...serverOf(form, 'smtp'),
      user: smtp !== null && smtp.user !== imap?.user ? smtp.user : user,
      auth,
    },
    ...(password === '' ? {} : { imapPassword: password, smtpPassword: password }),
    ...(auth === 'oauth' ? oauthOf(form) : {}),
  }
}

/** Waits for the first look into a mailbox: what lies there by then counts as what lay there before, and is left. */
async function looked(mailboxId: number): Promise<void> {
  for (let times = 0; times < 60; times++) {
    const { health } = await call<Mailbox>('GET', `/mailboxes/${mailboxId}`)
    if (health.fetchedAt !== null || health.failure !== null) return
    await new Promise((done) => setTimeout(done, 500))
  }
}

/** Offered once receiving and sending work. The first mail goes to the mailbox itself; that it is back shows the whole way. */
function TurnOn({ mailbox, tries, onChanged }: { mailbox: Mailbox; tries: Tries; onChanged: () => void }) {
  const [history, setHistory] = useState(mailbox.importHistory)
  const [busy, setBusy] = useState(false)
  const count = tries.results[0]?.historyCount ?? null
  const turnOn = async () => {
    setBusy(true)
    const body: MailboxPatch = { paused: false, importHistory: history }
    await attempt(
      async () => {
        await call('PATCH', `/mailboxes/${mailbox.id}`, { body })
        // It is on now, whatever becomes of the mail to itself.
        try {
          await looked(mailbox.id)
          await call('POST', `/mailboxes/${mailbox.id}/test`, { body: {} })
        } finally {
          onChanged()
        }
      },
      say('mailboxes.resumed', { name: mailbox.address }),
      () => undefined,
    )
    setBusy(false)
  }
  return (
    <section className={mail['section']} aria-label={say('mailboxes.resume')}>
      <h2>{say('connect.works')}</h2>
      <SelectField
        label={say('mailbox.history')}
        help={[count === null ? '' : say('mailbox.historyCount', { count }), say('mailbox.historyHelp')].join(
          ' ',
        )}
        value={history}
        onChange={(event) => setHistory(event.target.value as Mailbox['importHistory'])}
        options={(['none', '30d', 'all'] as const).map((value) => ({
          value,
          label: say(`mailbox.history.${value}`),
        }))}
      />
      <div className={mail['actions']}>
        <Button weight="primary" disabled={busy} onClick={() => void turnOn()}>
          {say('connect.turnOn')}
        </Button>
      </div>
    </section>
  )
}

// How a mailbox receives and sends: servers, sign-in, and a check that shows each step in the server's own words.
import { type FormEvent, useState } from 'react'

import type { Detected, Mailbox, MailboxPatch } from '../../../src/api/contract/mailboxes.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { notify } from '../../state/toasts.ts'
import { say, type WordId } from '../../words/say.ts'
import { call, reasonOf } from '../../wire/call.ts'
import { Checks, useChecks } from './MailboxChecks.tsx'
import { OauthFields, oauthOf } from './MailboxOauth.tsx'
import mail from './mail.module.css'
import { useSave } from '../saving.ts'

type Part = { mailbox: Mailbox; onSaved: () => void }
type Server = { host: string; port: number; security: 'tls' | 'starttls' | 'none' }

const securities = (['tls', 'starttls', 'none'] as const).map((value) => ({
  value,
  label: () => say(`mailbox.security.${value}`),
}))

function useServer(first: Server, address: string, side: 'imap' | 'smtp') {
  const [server, setServer] = useState(first)
  const [round, setRound] = useState(0)
  const detect = async () => {
    try {
      const found = await call<Detected>('GET', '/mailboxes/detect', { query: { address } })
      setServer(found[side])
      setRound(round + 1)
      notify({
        title:
          found.provider === ''
            ? say('mailbox.detectedNot')
            : say('mailbox.detected', { name: found.provider }),
      })
    } catch (error) {
      notify({ kind: 'error', title: say('admin.failed'), detail: reasonOf(error) })
    }
  }
  return { server, round, detect }
}

export function ReceiveSection({ mailbox, onSaved }: Part) {
  const { imap } = mailbox
  const [how, setHow] = useState(imap === null ? 'smtp' : 'imap')
  const [auth, setAuth] = useState<string>(imap?.auth ?? 'password')
  const [after, setAfter] = useState<string>(imap?.afterFetch ?? 'seen')
  const checks = useChecks(mailbox.id, 'imap')
  const domain = mailbox.address.split('@')[1] ?? ''
  const { server, round, detect } = useServer(
    imap ?? { host: `imap.${domain}`, port: 993, security: 'tls' },
    mailbox.address,
    'imap',
  )
  const { save, busy, errors, general } = useSave(onSaved)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const password = String(form.get('imapPassword') ?? '')
    const body: MailboxPatch =
      how === 'smtp'
        ? { imap: null }
        : {
            imap: {
              ...serverOf(form, 'imap'),
              user: text('user'),
              auth: auth === 'oauth' ? 'oauth' : 'password',
              folder: text('folder') || 'INBOX',
              afterFetch: after as 'keep' | 'seen' | 'move',
              moveTo: text('moveTo') || null,
            },
            importHistory: text('importHistory') as Mailbox['importHistory'],
            ...(password === '' ? {} : { imapPassword: password }),
            ...(auth === 'oauth' ? oauthOf(form) : {}),
          }
    void save(() => call('PATCH', `/mailboxes/${mailbox.id}`, { body }), say('mailbox.saved'))
  }
  return (
    <section className={mail['section']} aria-label={say('mailbox.receive')}>
      <h2>{say('mailbox.receive')}</h2>
      <form onSubmit={submit}>
        <FormProblem text={general} />
        <SelectField
          label={say('mailbox.receiveHow')}
          value={how}
          onChange={(event) => setHow(event.target.value)}
          options={(['imap', 'smtp'] as const).map((value) => ({
            value,
            label: say(`mailbox.receive.${value}`),
          }))}
        />
        {how === 'imap' && (
          <>
            <ServerFields key={round} server={server} errors={errors} side="imap" />
            <SignInFields
              side="imap"
              user={imap?.user ?? mailbox.address}
              auth={auth}
              onAuth={setAuth}
              kept={mailbox.has.imapPassword}
            />
            {auth === 'oauth' && <OauthFields mailbox={mailbox} />}
            <div className={mail['row']}>
              <TextField
                label={say('mailbox.folder')}
                name="folder"
                list="folders"
                defaultValue={imap?.folder ?? 'INBOX'}
              />
              <SelectField
                label={say('mailbox.afterFetch')}
                value={after}
                onChange={(event) => setAfter(event.target.value)}
                options={(['seen', 'keep', 'move'] as const).map((value) => ({
                  value,
                  label: say(`mailbox.afterFetch.${value}`),
                }))}
              />
              {after === 'move' && (
                <TextField
                  label={say('mailbox.moveTo')}
                  name="moveTo"
                  list="folders"
                  required
                  defaultValue={imap?.moveTo ?? ''}
                  error={errors['imap.moveTo']}
                />
              )}
            </div>
            <datalist id="folders">
              {(checks.result?.folders ?? []).map((folder) => (
                <option key={folder} value={folder} />
              ))}
            </datalist>
            <SelectField
              label={say('mailbox.history')}
              help={[
                checks.result?.historyCount == null
                  ? ''
                  : say('mailbox.historyCount', { count: checks.result.historyCount }),
                say('mailbox.historyHelp'),
              ].join(' ')}
              name="importHistory"
              defaultValue={mailbox.importHistory}
              options={(['none', '30d', 'all'] as const).map((value) => ({
                value,
                label: say(`mailbox.history.${value}`),
              }))}
            />
          </>
        )}
        <div className={mail['actions']}>
          <Button weight="primary" type="submit" disabled={busy}>
            {say('mailbox.save')}
          </Button>
          {how === 'imap' && <Button onClick={() => void detect()}>{say('mailbox.detect')}</Button>}
          {imap !== null && <CheckButton checks={checks} />}
        </div>
      </form>
      <Checks result={checks.result} />
    </section>
  )
}

export function SendSection({ mailbox, onSaved }: Part) {
  const { smtp } = mailbox
  const [how, setHow] = useState(smtp === null ? 'desk' : 'own')
  const [auth, setAuth] = useState<string>(smtp?.auth ?? 'password')
  const checks = useChecks(mailbox.id, 'smtp')
  const domain = mailbox.address.split('@')[1] ?? ''
  const { server, round, detect } = useServer(
    smtp ?? { host: `smtp.${domain}`, port: 587, security: 'starttls' },
    mailbox.address,
    'smtp',
  )
  const { save, busy, errors, general } = useSave(onSaved)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const password = String(form.get('smtpPassword') ?? '')
    const body: MailboxPatch =
      how === 'desk'
        ? { smtp: null }
        : {
            smtp: {
              ...serverOf(form, 'smtp'),
              user: text('user'),
              auth: auth as 'password' | 'oauth' | 'none',
            },
            ...(password === '' ? {} : { smtpPassword: password }),
            ...(auth === 'oauth' ? oauthOf(form) : {}),
          }
    void save(() => call('PATCH', `/mailboxes/${mailbox.id}`, { body }), say('mailbox.saved'))
  }
  return (
    <section className={mail['section']} aria-label={say('mailbox.send')}>
      <h2>{say('mailbox.send')}</h2>
      <form onSubmit={submit}>
        <FormProblem text={general} />
        <SelectField
          label={say('mailbox.sendHow')}
          value={how}
          onChange={(event) => setHow(event.target.value)}
          options={(['own', 'desk'] as const).map((value) => ({
            value,
            label: say(`mailbox.send.${value}`),
          }))}
        />
        {how === 'own' && (
          <>
            <ServerFields key={round} server={server} errors={errors} side="smtp" />
            <SignInFields
              side="smtp"
              user={smtp?.user ?? mailbox.address}
              auth={auth}
              onAuth={setAuth}
              kept={mailbox.has.smtpPassword}
            />
            {auth === 'oauth' && <OauthFields mailbox={mailbox} />}
          </>
        )}
        <div className={mail['actions']}>
          <Button weight="primary" type="submit" disabled={busy}>
            {say('mailbox.save')}
          </Button>
          {how === 'own' && <Button onClick={() => void detect()}>{say('mailbox.detect')}</Button>}
          {smtp !== null && <CheckButton checks={checks} />}
        </div>
      </form>
      <Checks result={checks.result} />
    </section>
  )
}

function CheckButton({ checks }: { checks: ReturnType<typeof useChecks> }) {
  return (
    <Button disabled={checks.busy} onClick={() => void checks.run()}>
      {say(checks.busy ? 'mailbox.checking' : 'mailbox.check')}
    </Button>
  )
}

/** What the fields of a server hold. */
export function serverOf(form: FormData, side: 'imap' | 'smtp'): Server {
  const text = (name: string) => String(form.get(`${side}.${name}`) ?? '').trim()
  return { host: text('host'), port: Number(text('port')), security: text('security') as Server['security'] }
}

export function ServerFields({
  server,
  errors,
  side,
}: {
  server: Server
  errors: Readonly<Record<string, string>>
  side: 'imap' | 'smtp'
}) {
  return (
    <div className={mail['row']}>
      <TextField
        label={say('mailbox.host')}
        name={`${side}.host`}
        required
        defaultValue={server.host}
        error={errors[`${side}.host`]}
      />
      <TextField
        label={say('mailbox.port')}
        name={`${side}.port`}
        type="number"
        min={1}
        max={65_535}
        required
        defaultValue={server.port}
        error={errors[`${side}.port`]}
      />
      <SelectField
        label={say('mailbox.security')}
        name={`${side}.security`}
        defaultValue={server.security}
        options={securities.map(({ value, label }) => ({ value, label: label() }))}
      />
    </div>
  )
}

type SignIn = {
  side: 'imap' | 'smtp'
  user: string
  auth: string
  onAuth: (auth: string) => void
  kept: boolean
}

function SignInFields({ side, user, auth, onAuth, kept }: SignIn) {
  const ways = side === 'imap' ? ['password', 'oauth'] : ['password', 'oauth', 'none']
  return (
    <div className={mail['row']}>
      <SelectField
        label={say('mailbox.auth')}
        value={auth}
        onChange={(event) => onAuth(event.target.value)}
        options={ways.map((value) => ({ value, label: say(`mailbox.auth.${value}` as WordId) }))}
      />
      <TextField
        label={say('mailbox.user')}
        name="user"
        autoComplete="off"
        required={auth !== 'none'}
        defaultValue={user}
      />
      {auth === 'password' && (
        <TextField
          label={say('mailbox.password')}
          help={kept ? say('mailbox.keptSecret') : undefined}
          name={`${side}Password`}
          type="password"
          autoComplete="new-password"
        />
      )}
    </div>
  )
}

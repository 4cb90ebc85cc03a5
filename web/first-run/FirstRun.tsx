// The first administrator, made from the link that the server prints when it starts for the first time; then ways to begin.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'

import { Button } from '../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../parts/Form.tsx'
import { Gate } from '../parts/Gate.tsx'
import { Samples } from '../parts/Samples.tsx'
import { AccountEmail } from '../sign-in/AccountEmail.tsx'
import { language } from '../words/language.ts'
import { say, type WordId } from '../words/say.ts'
import { CallFailed, fieldErrors, reasonOf } from '../wire/call.ts'
import { setUp } from '../wire/session.ts'

export function FirstRun() {
  const { token = '' } = useSearch({ strict: false }) as { token?: string }
  const [isMade, setMade] = useState(false)
  useEffect(() => {
    document.title = say('setup.title')
  }, [])
  if (isMade) return <Begin />
  return (
    <Gate title={say('setup.title')}>
      {token === '' ? <p>{say('setup.noToken')}</p> : <First token={token} onDone={() => setMade(true)} />}
    </Gate>
  )
}

const zones = Intl.supportedValuesOf('timeZone')
const here = Intl.DateTimeFormat().resolvedOptions().timeZone

function First({ token, onDone }: { token: string; onDone: () => void }) {
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    setBusy(true)
    try {
      const account = { name: text('name'), email: text('email'), password: String(form.get('password')) }
      const desk = { deskName: text('deskName'), timeZone: text('timeZone'), language: text('language') }
      await setUp({ token, ...account, ...desk })
      onDone()
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  const errors = fieldErrors(failure)
  const general =
    failure && !(failure instanceof CallFailed && failure.problem.errors?.length) ? reasonOf(failure) : null
  return (
    <form onSubmit={(event) => void submit(event)}>
      <p>{say('setup.lead')}</p>
      <FormProblem text={general ?? errors['token']} />
      <TextField
        label={say('field.name')}
        name="name"
        autoComplete="name"
        autoFocus
        required
        error={errors['name']}
      />
      <AccountEmail error={errors['email']} />
      <TextField
        label={say('field.password')}
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={10}
        required
        help={say('field.passwordHelp')}
        error={errors['password']}
      />
      <TextField
        label={say('setup.deskName')}
        name="deskName"
        autoComplete="organization"
        required
        help={say('setup.deskNameHelp')}
        error={errors['deskName']}
      />
      <SelectField
        label={say('setup.timeZone')}
        name="timeZone"
        defaultValue={here}
        options={[...new Set([here, ...zones])].map((zone) => ({ value: zone, label: zone }))}
        error={errors['timeZone']}
      />
      <SelectField
        label={say('setup.language')}
        name="language"
        defaultValue={language === 'de' ? 'de' : 'en'}
        options={[
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
        error={errors['language']}
      />
      <Button weight="primary" type="submit" disabled={busy}>
        {say('setup.do')}
      </Button>
    </form>
  )
}

const ways: ReadonlyArray<readonly [word: WordId, help: WordId, to: string]> = [
  ['setup.mailbox', 'setup.mailboxHelp', '/admin/mailboxes'],
  ['setup.invite', 'setup.inviteHelp', '/admin/agents'],
]

/** What can come next, in any order; each can be skipped, and the first steps beside the inbox hold them all. */
function Begin() {
  const navigate = useNavigate()
  return (
    <Gate title={say('setup.next')}>
      <p>{say('setup.nextLead')}</p>
      {ways.map(([word, help, to]) => (
        <div key={word}>
          <Button onClick={() => void navigate({ to: to as '/admin' })}>{say(word)}</Button>
          <p>{say(help)}</p>
        </div>
      ))}
      <div>
        <Samples />
        <p>{say('samples.help')}</p>
      </div>
      <Button weight="primary" onClick={() => void navigate({ to: '/', replace: true })}>
        {say('setup.toInbox')}
      </Button>
    </Gate>
  )
}

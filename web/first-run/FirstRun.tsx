// The first administrator, made from the link that the server prints when it starts for the first time.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'

import { Button } from '../parts/Button.tsx'
import { FormProblem, TextField } from '../parts/Form.tsx'
import { Gate } from '../parts/Gate.tsx'
import { say } from '../words/say.ts'
import { CallFailed, fieldErrors, reasonOf } from '../wire/call.ts'
import { setUp } from '../wire/session.ts'

export function FirstRun() {
  const { token = '' } = useSearch({ strict: false }) as { token?: string }
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const navigate = useNavigate()
  useEffect(() => {
    document.title = say('setup.title')
  }, [])
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    setBusy(true)
    try {
      await setUp({ token, name: text('name'), email: text('email'), password: String(form.get('password')) })
      void navigate({ to: '/', replace: true })
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  const errors = fieldErrors(failure)
  const general =
    failure && !(failure instanceof CallFailed && failure.problem.errors?.length) ? reasonOf(failure) : null
  return (
    <Gate title={say('setup.title')}>
      {token === '' ? (
        <p>{say('setup.noToken')}</p>
      ) : (
        <form onSubmit={(event) => void submit(event)}>
          <p>{say('setup.lead')}</p>
          <FormProblem text={general ?? errors['token']} />
          <TextField
            label={say('field.name')}
            name="name"
            autoComplete="name"
            required
            error={errors['name']}
          />
          <TextField
            label={say('field.email')}
            name="email"
            type="email"
            autoComplete="username"
            required
            error={errors['email']}
          />
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
          <Button weight="primary" type="submit" disabled={busy}>
            {say('setup.do')}
          </Button>
        </form>
      )}
    </Gate>
  )
}

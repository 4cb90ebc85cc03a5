// Signing in. While the desk has no administrator it says where the first-run link is found.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'

import { Button } from '../parts/Button.tsx'
import { FormProblem, TextField } from '../parts/Form.tsx'
import { Gate } from '../parts/Gate.tsx'
import { say } from '../words/say.ts'
import { CallFailed, reasonOf } from '../wire/call.ts'
import { setupQuery, signIn } from '../wire/session.ts'

export function SignIn() {
  const { next } = useSearch({ strict: false }) as { next?: string }
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const { data: setup } = useQuery(setupQuery)
  const navigate = useNavigate()
  useEffect(() => {
    document.title = say('signIn.title')
  }, [])
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    try {
      await signIn({ email: String(form.get('email')).trim(), password: String(form.get('password')) })
      // Only a path of this app: never another site's address.
      void navigate({ href: next && /^\/(?![/\\])/.test(next) ? next : '/', replace: true })
    } catch (error) {
      setProblem(error instanceof CallFailed && error.status === 401 ? say('signIn.wrong') : reasonOf(error))
      setBusy(false)
    }
  }
  return (
    <Gate title={say('signIn.title')}>
      {setup?.needed && <p>{say('signIn.setupNeeded')}</p>}
      <form onSubmit={(event) => void submit(event)}>
        <FormProblem text={problem} />
        <TextField
          label={say('field.email')}
          name="email"
          inputMode="email"
          autoComplete="username"
          required
        />
        <TextField
          label={say('field.password')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        <Button weight="primary" type="submit" disabled={busy}>
          {say('signIn.do')}
        </Button>
      </form>
    </Gate>
  )
}

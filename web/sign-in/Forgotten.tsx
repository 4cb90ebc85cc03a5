// Asking for a link when the password was forgotten. What is answered does not depend on whether anybody has the address.
import { type FormEvent, useState } from 'react'

import { Button } from '../parts/Button.tsx'
import { FormProblem } from '../parts/Form.tsx'
import { say } from '../words/say.ts'
import { call, CallFailed, reasonOf } from '../wire/call.ts'
import { AccountEmail } from './AccountEmail.tsx'

export function Forgotten({ onBack }: { onBack: () => void }) {
  const [askedFor, setAskedFor] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const email = String(new FormData(event.currentTarget).get('email')).trim()
    setBusy(true)
    try {
      await call('POST', '/session/password-link', { body: { email } })
      setAskedFor(email)
    } catch (error) {
      const refusal = error instanceof CallFailed ? error.problem.refusal : null
      setProblem(refusal === 'no_mail' ? say('forgot.noMail') : reasonOf(error))
    }
    setBusy(false)
  }
  return (
    <>
      {askedFor === null ? (
        <form onSubmit={(event) => void submit(event)}>
          <p>{say('forgot.lead')}</p>
          <FormProblem text={problem} />
          <AccountEmail autoFocus />
          <Button weight="primary" type="submit" disabled={busy}>
            {say('forgot.do')}
          </Button>
        </form>
      ) : (
        <p role="status">{say('forgot.asked', { email: askedFor })}</p>
      )}
      <Button onClick={onBack}>{say('forgot.back')}</Button>
    </>
  )
}

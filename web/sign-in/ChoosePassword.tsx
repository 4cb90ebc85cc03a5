// Choosing a password by the link of an invitation, or because the old one was forgotten.
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'

import type { ProofKind } from '../../src/api/contract/account.ts'
import { Button } from '../parts/Button.tsx'
import { FormProblem, TextField } from '../parts/Form.tsx'
import { Gate } from '../parts/Gate.tsx'
import { say } from '../words/say.ts'
import { CallFailed, fieldErrors, reasonOf } from '../wire/call.ts'
import { choosePassword } from '../wire/session.ts'
import { SecondFactor } from './SecondFactor.tsx'

export function ChoosePassword() {
  // Read once: it leaves the address bar, and with it the browser's history.
  const [token] = useState(() => location.hash.slice(1))
  const [wanted, setWanted] = useState<readonly ProofKind[] | null>(null)
  const navigate = useNavigate()
  useEffect(() => {
    document.title = say('choose.title')
    history.replaceState(history.state, '', location.pathname)
  }, [])
  const goOn = () => void navigate({ href: '/', replace: true })
  return (
    <Gate title={say('choose.title')}>
      {wanted !== null ? (
        <SecondFactor wanted={wanted} onIn={goOn} onBack={() => void navigate({ href: '/sign-in' })} />
      ) : token === '' ? (
        <Stale text={say('choose.noToken')} />
      ) : (
        <Choice token={token} onIn={goOn} onWanted={setWanted} />
      )}
    </Gate>
  )
}

type Props = { token: string; onIn: () => void; onWanted: (wanted: readonly ProofKind[]) => void }

function Choice({ token, onIn, onWanted }: Props) {
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const password = String(new FormData(event.currentTarget).get('password'))
    setBusy(true)
    try {
      const wanted = await choosePassword({ token, password })
      if (wanted === null) onIn()
      else onWanted(wanted)
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  if (failure instanceof CallFailed && failure.problem.refusal === 'link_used')
    return <Stale text={say('choose.used')} />
  const wrong = fieldErrors(failure)['password']
  return (
    <form onSubmit={(event) => void submit(event)}>
      <FormProblem text={failure !== null && wrong === undefined ? reasonOf(failure) : null} />
      <TextField
        label={say('choose.password')}
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={10}
        required
        autoFocus
        help={say('field.passwordHelp')}
        error={wrong}
      />
      <Button weight="primary" type="submit" disabled={busy}>
        {say('choose.do')}
      </Button>
    </form>
  )
}

function Stale({ text }: { text: string }) {
  return (
    <>
      <p role="alert">{text}</p>
      <Link to="/sign-in">{say('choose.toSignIn')}</Link>
    </>
  )
}

// Signing in. While the desk has no administrator it says where the first-run link is found.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'

import type { ProofKind } from '../../src/api/contract/account.ts'
import type { SignInProblem } from '../../src/people/provider-sign-in.ts'
import { loadAccount } from '../account/lazy.ts'
import { Button } from '../parts/Button.tsx'
import { FormProblem, TextField } from '../parts/Form.tsx'
import { Gate } from '../parts/Gate.tsx'
import { say } from '../words/say.ts'
import { CallFailed, reasonOf } from '../wire/call.ts'
import {
  goToProvider,
  signInProblemIn,
  setupQuery,
  showFactor,
  signIn,
  signInProvidersQuery,
} from '../wire/session.ts'
import { AccountEmail } from './AccountEmail.tsx'
import { Forgotten } from './Forgotten.tsx'
import { SecondFactor } from './SecondFactor.tsx'

export function SignIn() {
  const { next, factor, problem } = useSearch({ strict: false }) as Found
  // Who came by a provider may still have to show a factor of their own.
  const [wanted, setWanted] = useState(() => proofKinds.filter((kind) => factor?.split('.').includes(kind)))
  const [isForgotten, setForgotten] = useState(false)
  const navigate = useNavigate()
  useEffect(() => {
    document.title = say('signIn.title')
  }, [])
  // Only a path of this app: never another site's address.
  const goOn = () => void navigate({ href: next && /^\/(?![/\\])/.test(next) ? next : '/', replace: true })
  return (
    <Gate title={say('signIn.title')}>
      {isForgotten ? (
        <Forgotten onBack={() => setForgotten(false)} />
      ) : wanted.length === 0 ? (
        <FirstStep
          came={signInProblemIn(problem)}
          next={next}
          onIn={goOn}
          onWanted={(kinds) => setWanted([...kinds])}
          onForgotten={() => setForgotten(true)}
        />
      ) : (
        <SecondFactor wanted={wanted} onIn={goOn} onBack={() => setWanted([])} />
      )}
    </Gate>
  )
}

/** Browsers bind passkeys to a name: at a bare address there are none. */
const knowsPasskeys = 'PublicKeyCredential' in window && !/^[\d.]+$|^\[/.test(location.hostname)

type Found = { next?: string; factor?: string; problem?: string }
const proofKinds = ['passkey', 'code', 'recovery'] as const satisfies readonly ProofKind[]

/** Why the company's directory, which knows them, does not let them in. */
const refusalIn = (error: CallFailed): SignInProblem | null =>
  signInProblemIn((error.problem as { refusal?: string }).refusal)

type Steps = {
  /** Why nobody came in by a provider. */
  came: SignInProblem | null
  next: string | undefined
  onIn: () => void
  onWanted: (wanted: readonly (typeof proofKinds)[number][]) => void
  onForgotten: () => void
}

function FirstStep({ came, next, onIn, onWanted, onForgotten }: Steps) {
  const [problem, setProblem] = useState<string | null>(came && say(`signInProblem.${came}`))
  const [busy, setBusy] = useState(false)
  const { data: setup } = useQuery(setupQuery)
  const { data: ways } = useQuery(signInProvidersQuery)
  const enter = async (way: () => Promise<readonly ProofKind[] | null>) => {
    setBusy(true)
    try {
      const wanted = await way()
      if (wanted === null) onIn()
      else onWanted(proofKinds.filter((kind) => wanted.includes(kind)))
    } catch (error) {
      const status = error instanceof CallFailed ? error.status : 0
      const refusal = error instanceof CallFailed ? refusalIn(error) : null
      setProblem(
        status === 401
          ? say('signIn.wrong')
          : status === 429
            ? say('signIn.tooMany')
            : status === 403 || refusal !== null
              ? say(`signInProblem.${refusal ?? 'use_provider'}`)
              : reasonOf(error),
      )
      setBusy(false)
    }
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    void enter(() =>
      signIn({ email: String(form.get('email')).trim(), password: String(form.get('password')) }),
    )
  }
  const byPasskey = () =>
    void enter(async () => {
      const { signWithPasskey } = await loadAccount()
      await showFactor({ passkey: (await signWithPasskey('/session/challenge')) as never })
      return null
    })
  return (
    <>
      {setup?.needed && <p>{say('signIn.setupNeeded')}</p>}
      <form onSubmit={submit}>
        <FormProblem text={problem} />
        <AccountEmail
          help={
            ways === undefined || ways.directories.length === 0
              ? undefined
              : say('signIn.directory', { names: ways.directories.join(', ') })
          }
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
      {ways?.items.map(({ id, name }) => (
        <Button
          key={id}
          disabled={busy}
          onClick={() => void goToProvider(id, 'sign_in', next).catch((error) => setProblem(reasonOf(error)))}
        >
          {say('signIn.by', { name })}
        </Button>
      ))}
      {knowsPasskeys && (
        <Button disabled={busy} onClick={byPasskey}>
          {say('signIn.passkey')}
        </Button>
      )}
      <Button weight="quiet" onClick={onForgotten}>
        {say('forgot.link')}
      </Button>
    </>
  )
}

// Proving that it is you: a passkey, an app's code, a recovery code, or the password, whichever the account has.
import { type FormEvent, useState } from 'react'

import type { ProofKind, ProofShown } from '../../src/api/contract/account.ts'
import { Button } from '../parts/Button.tsx'
import { FormProblem, TextField } from '../parts/Form.tsx'
import { fieldErrors, reasonOf } from '../wire/call.ts'
import { say } from '../words/say.ts'
import { signWithPasskey } from './passkey.ts'
import styles from './account.module.css'

type Typed = Exclude<ProofKind, 'passkey' | 'provider'>

type Props = {
  wanted: readonly ProofKind[]
  /** Where the server says what a passkey is to sign. */
  challenge: string
  show: (shown: ProofShown) => Promise<void>
  action: string
  /** Where the session came from, when that counts. */
  provider?: { name: string; prove: () => Promise<void> } | null
}

export function ProofForm({ wanted, challenge, show, action, provider }: Props) {
  const typed = wanted.filter((kind): kind is Typed => kind !== 'passkey' && kind !== 'provider')
  const [kind, setKind] = useState<Typed | null>(typed.find((each) => each !== 'recovery') ?? null)
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const attempt = async (shown: () => Promise<ProofShown>) => {
    setBusy(true)
    try {
      await show(await shown())
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = String(new FormData(event.currentTarget).get('proof'))
    void attempt(async () => (kind === 'password' ? { password: text } : { code: text }))
  }
  const usePasskey = () =>
    void attempt(async () => ({ passkey: (await signWithPasskey(challenge)) as never }))
  const errors = fieldErrors(failure)
  const wrong = errors['code'] ?? errors['password']
  const others = typed.filter((each) => each !== kind)
  return (
    <form className={styles['proof']} onSubmit={submit}>
      <FormProblem text={failure && wrong === undefined ? reasonOf(failure) : null} />
      {provider && wanted.includes('provider') && (
        <Button
          weight={kind === null ? 'primary' : 'plain'}
          onClick={() => void provider.prove().catch(setFailure)}
        >
          {say('proof.useProvider', { name: provider.name })}
        </Button>
      )}
      {wanted.includes('passkey') && (
        <Button weight={kind === null ? 'primary' : 'plain'} disabled={busy} onClick={usePasskey}>
          {say('proof.usePasskey')}
        </Button>
      )}
      {kind !== null && (
        <>
          <TextField
            key={kind}
            {...fields[kind]()}
            name="proof"
            required
            autoFocus
            error={wrong && say('proof.wrong')}
          />
          <Button weight="primary" type="submit" disabled={busy}>
            {action}
          </Button>
        </>
      )}
      {others.map((each) => (
        <Button key={each} weight="quiet" onClick={() => (setKind(each), setFailure(null))}>
          {say(`proof.use.${each}`)}
        </Button>
      ))}
    </form>
  )
}

const fields = {
  code: () => ({
    label: say('proof.code'),
    help: say('proof.codeHelp'),
    inputMode: 'numeric',
    autoComplete: 'one-time-code',
  }),
  recovery: () => ({ label: say('proof.recovery'), help: say('proof.recoveryHelp'), autoComplete: 'off' }),
  password: () => ({ label: say('field.password'), type: 'password', autoComplete: 'current-password' }),
} as const

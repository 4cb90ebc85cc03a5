// Adding an authenticator app: it reads the code off the screen, or the secret is typed, and a code of it proves that it has it.
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { encode } from 'uqr'

import type { FactorAdded, TotpOffer } from '../../src/api/contract/account.ts'
import { Arrived } from '../parts/Arrived.tsx'
import { Button } from '../parts/Button.tsx'
import { FormProblem, TextField } from '../parts/Form.tsx'
import { Modal } from '../parts/Modal.tsx'
import { call, fieldErrors, reasonOf } from '../wire/call.ts'
import { say } from '../words/say.ts'
import styles from './account.module.css'

type Props = { onClose: () => void; onAdded: (codes: readonly string[] | null) => void }

export function Totp({ onClose, onAdded }: Props) {
  // Each time it is opened there is another secret, and the one before is void.
  const query = useQuery({
    queryKey: ['totp-offer'],
    queryFn: () => call<TotpOffer>('POST', '/account/totp'),
    gcTime: 0,
    retry: false,
  })
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code'))
    setBusy(true)
    try {
      const added = await call<FactorAdded>('POST', '/account/totp/confirm', { body: { code } })
      onAdded(added.recoveryCodes)
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  const wrong = fieldErrors(failure)['code']
  return (
    <Modal
      title={say('totp.add')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="totp" disabled={busy || !query.data}>
            {say('totp.confirm')}
          </Button>
        </>
      }
    >
      <p>{say('totp.scan')}</p>
      <Arrived query={query} rows={1} height={200}>
        {({ uri, secret }) => (
          <>
            <Squares text={uri} />
            <p className={styles['lead']}>{say('totp.orType')}</p>
            <code className={styles['secret']}>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
            <form id="totp" onSubmit={(event) => void submit(event)}>
              <FormProblem text={failure && wrong === undefined ? reasonOf(failure) : null} />
              <TextField
                label={say('proof.code')}
                help={say('totp.codeHelp')}
                name="code"
                inputMode="numeric"
                autoComplete="one-time-code"
                required
                autoFocus
                error={wrong && say('totp.wrong')}
              />
            </form>
          </>
        )}
      </Arrived>
    </Modal>
  )
}

/** A QR code, dark on white in every theme: that is how cameras read it. */
function Squares({ text }: { text: string }) {
  const { data, size } = encode(text, { border: 4 })
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('')
  return (
    <svg
      className={styles['squares']}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={say('totp.squares')}
    >
      <path d={path} />
    </svg>
  )
}

// The address that an agent signs in with, as every form before the desk asks for it.
import { TextField } from '../parts/Form.tsx'
import { say } from '../words/say.ts'

type Props = { error?: string | undefined; autoFocus?: boolean }

export function AccountEmail({ error, autoFocus = false }: Props) {
  return (
    <TextField
      label={say('field.email')}
      name="email"
      inputMode="email"
      autoComplete="username"
      required
      autoFocus={autoFocus}
      error={error}
    />
  )
}

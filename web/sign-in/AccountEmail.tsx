// The address that an agent signs in with, as every form before the desk asks for it.
import { TextField } from '../parts/Form.tsx'
import { say } from '../words/say.ts'

type Props = { error?: string | undefined; help?: string | undefined; autoFocus?: boolean }

export function AccountEmail({ error, help, autoFocus = false }: Props) {
  return (
    <TextField
      label={say('field.email')}
      name="email"
      inputMode="email"
      autoComplete="username"
      required
      autoFocus={autoFocus}
      help={help}
      error={error}
    />
  )
}

// How a sender proves itself, with the secret that it drew or that the desk is to draw.
import { hookSchemes, type HookScheme } from '../../../src/channels/hook-words.ts'
import { SelectField, TextField } from '../../parts/Form.tsx'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'

type Proof = { readonly scheme: HookScheme; readonly secret: string }
type Props = {
  proof: Proof
  errors: Readonly<Record<string, string>>
  onChange: (part: Partial<Proof>) => void
}

export function ProofFields({ proof: { scheme, secret }, errors, onChange }: Props) {
  return (
    <>
      <SelectField
        label={say('hooks.proof')}
        help={say(`hooks.schemeHelp.${scheme}`)}
        value={scheme}
        onChange={(event) => onChange({ scheme: event.target.value as HookScheme })}
        options={hookSchemes.map((each) => ({ value: each, label: say(`hooks.scheme.${each}`) }))}
      />
      {scheme === 'none' ? (
        <p className={styles['state']} data-tone="warn">
          {say('hooks.unsafe')}
        </p>
      ) : (
        <TextField
          label={say('hooks.secret')}
          help={say('hooks.secretHelp')}
          error={errors['secret']}
          value={secret}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ secret: event.target.value })}
        />
      )}
    </>
  )
}

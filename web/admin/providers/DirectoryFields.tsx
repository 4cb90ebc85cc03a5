// How a directory is asked: where it is and how that is kept from listeners, as whom, and which entry is whose.
import { CheckField, SelectField, TextArea, TextField } from '../../parts/Form.tsx'
import { say } from '../../words/say.ts'
import type { Directory } from './draft.ts'

type Props = {
  draft: Directory & { clientSecret: string }
  hasSecret: boolean
  errors: Readonly<Record<string, string>>
  onChange: (part: Partial<Directory & { clientSecret: string }>) => void
}

export function DirectoryFields({ draft, hasSecret, errors, onChange }: Props) {
  const text = (key: 'url' | 'bindDn' | 'baseDn' | 'filter' | 'authority') => ({
    value: draft[key],
    error: errors[`ldap.${key}`],
    onChange: (event: { target: { value: string } }) => onChange({ [key]: event.target.value }),
  })
  return (
    <>
      <TextField
        label={say('directory.url')}
        help={say('directory.urlHelp')}
        placeholder="ldaps://ldap.example.com"
        required
        {...text('url')}
      />
      <TextArea
        label={say('directory.authority')}
        help={say('directory.authorityHelp')}
        rows={2}
        spellCheck={false}
        {...text('authority')}
      />
      <TextField label={say('directory.bindDn')} help={say('directory.bindDnHelp')} {...text('bindDn')} />
      <TextField
        label={say('directory.password')}
        help={say(hasSecret ? 'providers.secretKept' : 'directory.passwordNone')}
        type="password"
        autoComplete="new-password"
        value={draft.clientSecret}
        error={errors['clientSecret']}
        onChange={(event) => onChange({ clientSecret: event.target.value })}
      />
      <TextField
        label={say('directory.baseDn')}
        help={say('directory.baseDnHelp')}
        placeholder="dc=example,dc=com"
        required
        {...text('baseDn')}
      />
      <TextField
        label={say('directory.filter')}
        help={say('directory.filterHelp')}
        required
        {...text('filter')}
      />
      <CheckField
        label={say('directory.nestedGroups')}
        help={say('directory.nestedGroupsHelp')}
        checked={draft.nestedGroups}
        onChange={(event) => onChange({ nestedGroups: event.target.checked })}
      />
      <SelectField
        label={say('directory.sync')}
        help={say('directory.syncHelp')}
        value={draft.syncHours}
        onChange={(event) => onChange({ syncHours: event.target.value })}
        options={['', '1', '4', '24'].map((value) => ({
          value,
          label: value === '' ? say('directory.never') : say('directory.every', { hours: Number(value) }),
        }))}
      />
    </>
  )
}

// Where another desk's database is, and what nothing in it tells.
import { databaseMakes, type DatabaseKind } from '../../../src/imports/kinds.ts'
import { SelectField, TextField } from '../../parts/Form.tsx'
import { say } from '../../words/say.ts'

const here = Intl.DateTimeFormat().resolvedOptions().timeZone
const zones = [...new Set([here, 'UTC', ...Intl.supportedValuesOf('timeZone')])]

export function DatabaseFields({ kind, error }: { kind: DatabaseKind; error: string | undefined }) {
  const { in: schemes, asks, prefix = '' } = databaseMakes[kind]
  const scheme = schemes[0] ?? 'postgres'
  return (
    <>
      <TextField
        label={say('moving.database')}
        help={say('moving.databaseHelp', { scheme, port: scheme === 'mysql' ? '3306' : '5432', name: kind })}
        name="database"
        type="password"
        autoComplete="off"
        required
        error={error}
      />
      {asks.includes('zone') && (
        <SelectField
          label={say('moving.zone')}
          help={say('moving.zoneHelp')}
          name="zone"
          defaultValue={here}
          options={zones.map((value) => ({ value, label: value }))}
        />
      )}
      {asks.includes('prefix') && (
        <TextField
          label={say('moving.prefix')}
          help={say('moving.prefixHelp')}
          name="prefix"
          defaultValue={prefix}
          autoComplete="off"
        />
      )}
    </>
  )
}

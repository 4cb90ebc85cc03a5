// Where another desk's database is, and what nothing in it tells. What the address says already is not asked for.
import { useState } from 'react'

import { databaseMakes, type DatabaseKind } from '../../../src/imports/kinds.ts'
import { SelectField, TextField } from '../../parts/Form.tsx'
import { say } from '../../words/say.ts'

// Nobody's clock is a guess at another desk's: the first choice is none.
const zones = [...new Set(['', 'UTC', ...Intl.supportedValuesOf('timeZone')])]
const parametersOf = (address: string) =>
  new Set(URL.canParse(address) ? new URL(address).searchParams.keys() : [])

export function DatabaseFields({ kind, error }: { kind: DatabaseKind; error: string | undefined }) {
  const [address, setAddress] = useState('')
  const said = parametersOf(address)
  const { in: schemes, asks: wanted, prefix = '' } = databaseMakes[kind]
  const asks = wanted.filter((each) => !said.has(each))
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
        value={address}
        onChange={({ target }) => setAddress(target.value.trim())}
        error={error}
      />
      {asks.includes('zone') && (
        <SelectField
          label={say('moving.zone')}
          help={say('moving.zoneHelp')}
          name="zone"
          required
          defaultValue=""
          options={zones.map((value) => ({ value, label: value || '–' }))}
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

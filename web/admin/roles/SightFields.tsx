// Of which brands and mailboxes somebody sees tickets: of all, or of those that are ticked.
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'

import type { NameRef } from '../../../src/api/contract/shapes.ts'
import { CheckField, SelectField } from '../../parts/Form.tsx'
import { all } from '../../wire/desk.ts'
import { useMay } from '../../wire/session.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'

export type Ids = readonly number[] | null
export type Sight = { readonly brandIds: Ids; readonly mailboxIds: Ids }

export const useBrandNames = (): NameRef[] =>
  useQuery({ queryKey: ['brands', 'names'], queryFn: () => all<NameRef>('/brands') }).data ?? []

export function useMailboxNames(): NameRef[] {
  const enabled = useMay('mailboxes.read')
  const queryFn = () => all<{ id: number; address: string }>('/mailboxes')
  const { data } = useQuery({ queryKey: ['mailboxes', 'names'], queryFn, enabled })
  return (data ?? []).map(({ id, address }) => ({ id, name: address }))
}

export function SightFields({ value, onChange }: { value: Sight; onChange: (sight: Sight) => void }) {
  const brands = useBrandNames()
  const mailboxes = useMailboxNames()
  return (
    <>
      <Only
        label={say('sight.brands')}
        things={brands}
        ids={value.brandIds}
        onChange={(brandIds) => onChange({ ...value, brandIds })}
      />
      <Only
        label={say('sight.mailboxes')}
        things={mailboxes}
        ids={value.mailboxIds}
        onChange={(mailboxIds) => onChange({ ...value, mailboxIds })}
      />
    </>
  )
}

type OnlyProps = { label: string; things: readonly NameRef[]; ids: Ids; onChange: (ids: Ids) => void }

function Only({ label, things, ids, onChange }: OnlyProps) {
  const legend = useId()
  // With one there is nothing to choose, unless it was chosen once.
  if (things.length < 2 && ids === null) return null
  return (
    <>
      <SelectField
        label={label}
        help={ids === null ? undefined : say('sight.help')}
        value={ids === null ? 'all' : 'some'}
        onChange={({ target }) => onChange(target.value === 'all' ? null : [])}
        options={[
          { value: 'all', label: say('sight.all') },
          { value: 'some', label: say('sight.some') },
        ]}
      />
      {ids !== null && (
        <fieldset className={styles['checks']} aria-labelledby={legend}>
          <legend id={legend}>{say('sight.some')}</legend>
          {things.map(({ id, name }) => (
            <CheckField
              key={id}
              label={name}
              checked={ids.includes(id)}
              onChange={({ target }) =>
                onChange(target.checked ? [...ids, id] : ids.filter((each) => each !== id))
              }
            />
          ))}
        </fieldset>
      )}
    </>
  )
}

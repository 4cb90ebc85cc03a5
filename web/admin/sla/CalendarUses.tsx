// Who works by which calendar from now on: teams, organisations and brands, in the order in which a target asks them.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { NameRef, Page } from '../../../src/api/contract/shapes.ts'
import type { Calendar } from '../../../src/api/contract/sla.ts'
import { call } from '../../wire/call.ts'
import { useTeams } from '../../wire/desk.ts'
import { say } from '../../words/say.ts'
import admin from '../admin.module.css'
import { attempt } from '../saving.ts'
import { forgetAgreements } from './sla.ts'
import styles from './sla.module.css'

type Owner = Calendar['usedBy'][number]['owner']

export function CalendarUses({ calendars }: { calendars: readonly Calendar[] }) {
  const teams = useTeams().filter(({ archived }) => !archived)
  const brands = useQuery({ queryKey: ['brands'], queryFn: () => call<Page<NameRef>>('GET', '/brands') })
  const [added, setAdded] = useState<readonly NameRef[]>([])
  const assigned = calendars.flatMap(({ usedBy }) => usedBy.filter(({ owner }) => owner === 'organization'))
  const organizations = [...assigned, ...added.filter(({ id }) => !assigned.some((each) => each.id === id))]
  return (
    <section>
      <h2 className={styles['section']}>{say('calendars.uses')}</h2>
      <p className={admin['about']}>{say('calendars.usesAbout')}</p>
      <Owners title={say('calendars.usesTeam')} owner="team" owners={teams} calendars={calendars} />
      <Owners
        title={say('calendars.usesOrganization')}
        owner="organization"
        owners={organizations}
        calendars={calendars}
      />
      <AddOrganization onAdd={(one) => setAdded((known) => [...known, one])} />
      <Owners
        title={say('calendars.usesBrand')}
        owner="brand"
        owners={brands.data?.items ?? []}
        calendars={calendars}
      />
    </section>
  )
}

type OwnersProps = {
  title: string
  owner: Owner
  owners: readonly NameRef[]
  calendars: readonly Calendar[]
}

function Owners({ title, owner, owners, calendars }: OwnersProps) {
  if (owners.length === 0) return null
  const usable = calendars.filter(({ archived }) => !archived)
  const usedBy = (ownerId: number) =>
    calendars.find(({ usedBy: uses }) => uses.some((use) => use.owner === owner && use.id === ownerId))?.id ??
    ''
  const assign = (ownerId: number, value: string, name: string) =>
    void attempt(
      () =>
        call('PUT', '/calendar-uses', {
          body: { owner, ownerId, calendarId: value === '' ? null : Number(value) },
        }),
      say('calendars.assigned', { name }),
      forgetAgreements,
    )
  return (
    <table className={`${admin['table']} ${styles['owners']}`} aria-label={title}>
      <thead>
        <tr>
          <th scope="col" colSpan={2}>
            {title}
          </th>
        </tr>
      </thead>
      <tbody>
        {owners.map(({ id, name }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            <td data-end>
              <select
                className={styles['select']}
                aria-label={say('calendars.of', { name })}
                value={String(usedBy(id))}
                onChange={(event) => assign(id, event.target.value, name)}
              >
                <option value="">{say('calendars.none')}</option>
                {usable.map((each) => (
                  <option key={each.id} value={each.id}>
                    {each.name}
                  </option>
                ))}
              </select>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Organisations are many: they are looked for by name, and stand in the table once they are chosen. */
function AddOrganization({ onAdd }: { onAdd: (organization: NameRef) => void }) {
  const [q, setQ] = useState('')
  const found = useQuery({
    queryKey: ['organizations', q],
    queryFn: () => call<Page<NameRef>>('GET', '/organizations', { query: { q, limit: 8 } }),
    enabled: q.trim() !== '',
  })
  const choose = (name: string) => {
    const one = found.data?.items.find((each) => each.name === name)
    if (one !== undefined) onAdd(one)
    setQ(one === undefined ? name : '')
  }
  return (
    <>
      <input
        type="search"
        className={`${admin['filter']} ${styles['owners']}`}
        list="organizations"
        value={q}
        aria-label={say('calendars.addOrganization')}
        placeholder={say('calendars.addOrganization')}
        onChange={(event) => choose(event.target.value)}
      />
      <datalist id="organizations">
        {found.data?.items.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
    </>
  )
}

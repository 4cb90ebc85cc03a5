// Calendars: when the desk works, and which team works by which.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Calendar } from '../../../src/api/contract/sla.ts'
import { Button } from '../../parts/Button.tsx'
import { Empty, Skeleton } from '../../parts/Empty.tsx'
import { call, reasonOf } from '../../wire/call.ts'
import { useTeams } from '../../wire/desk.ts'
import { say } from '../../words/say.ts'
import admin from '../admin.module.css'
import { attempt, Page } from '../Page.tsx'
import { CalendarEditor } from './CalendarEditor.tsx'
import { Recompute } from './Recompute.tsx'
import { calendarsQuery, forgetAgreements, hoursOf } from './sla.ts'
import styles from './sla.module.css'
import { Week } from './Week.tsx'

export function Calendars() {
  const { data, error, refetch } = useQuery(calendarsQuery)
  const [editing, setEditing] = useState<Calendar | 'new' | null>(null)
  if (editing)
    return (
      <CalendarEditor
        calendar={editing === 'new' ? null : editing}
        onClose={() => {
          setEditing(null)
          forgetAgreements()
        }}
      />
    )
  return (
    <Page
      title={say('admin.calendars')}
      about={say('calendars.about')}
      action={
        <Button weight="primary" onClick={() => setEditing('new')}>
          {say('calendars.add')}
        </Button>
      }
    >
      <Recompute />
      {error && !data ? (
        <Empty title={say('list.failed')}>
          <p>{reasonOf(error)}</p>
          <Button onClick={() => void refetch()}>{say('action.retry')}</Button>
        </Empty>
      ) : !data ? (
        <Skeleton rows={4} height={72} />
      ) : data.items.length === 0 ? (
        <Empty title={say('calendars.empty')}>
          <p>{say('calendars.emptyHelp')}</p>
        </Empty>
      ) : (
        <>
          <ul className={styles['cards']}>
            {data.items.map((calendar) => (
              <CalendarCard key={calendar.id} calendar={calendar} onEdit={() => setEditing(calendar)} />
            ))}
          </ul>
          <Uses calendars={data.items} />
        </>
      )}
    </Page>
  )
}

function CalendarCard({ calendar, onEdit }: { calendar: Calendar; onEdit: () => void }) {
  const { id, name, archived, versions, usedBy } = calendar
  const hours = hoursOf(calendar)
  const archive = () =>
    void attempt(
      () => call('PATCH', `/calendars/${id}`, { body: { archived: !archived } }),
      say(archived ? 'admin.restored' : 'admin.archived', { name }),
      forgetAgreements,
    )
  return (
    <li className={styles['card']} data-dim={archived || undefined}>
      <div className={styles['cardHead']}>
        <div>
          <h2 className={styles['name']}>{name}</h2>
          <p className={admin['muted']}>
            {'timeZone' in hours ? hours.timeZone : say('calendars.union')}
            {' · '}
            {say('sla.version', { version: versions.at(-1)?.version ?? 0 })}
            {usedBy.length > 0 && ` · ${usedBy.map((each) => each.name).join(', ')}`}
          </p>
        </div>
        <span className={admin['buttons']}>
          <Button weight="quiet" onClick={onEdit}>
            {say('action.edit')}
          </Button>
          <Button weight="quiet" onClick={archive}>
            {say(archived ? 'action.restore' : 'action.archive')}
          </Button>
        </span>
      </div>
      {'weekly' in hours && <Week weekly={hours.weekly} />}
    </li>
  )
}

/** Which calendar each team inherits from now on. */
function Uses({ calendars }: { calendars: readonly Calendar[] }) {
  const teams = useTeams().filter(({ archived }) => !archived)
  const usable = calendars.filter(({ archived }) => !archived)
  const usedBy = (teamId: number) =>
    calendars.find((each) => each.usedBy.some(({ owner, id }) => owner === 'team' && id === teamId))?.id ?? ''
  const assign = (ownerId: number, value: string, name: string) =>
    void attempt(
      () =>
        call('PUT', '/calendar-uses', {
          body: { owner: 'team', ownerId, calendarId: value === '' ? null : Number(value) },
        }),
      say('calendars.assigned', { name }),
      forgetAgreements,
    )
  if (teams.length === 0) return null
  return (
    <section>
      <h2 className={styles['section']}>{say('calendars.uses')}</h2>
      <p className={admin['about']}>{say('calendars.usesAbout')}</p>
      <table className={admin['table']}>
        <tbody>
          {teams.map(({ id, name }) => (
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
    </section>
  )
}

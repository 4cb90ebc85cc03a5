// Calendars: when the desk works, and who works by which.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Calendar } from '../../../src/api/contract/sla.ts'
import { Button } from '../../parts/Button.tsx'
import { call } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import admin from '../admin.module.css'
import { Loaded, Page } from '../Page.tsx'
import { attempt } from '../saving.ts'
import { CalendarEditor } from './CalendarEditor.tsx'
import { CalendarUses } from './CalendarUses.tsx'
import { Recompute } from './Recompute.tsx'
import { calendarsQuery, forgetAgreements, hoursOf } from './sla.ts'
import styles from './sla.module.css'
import { Week } from './Week.tsx'

export function Calendars() {
  const query = useQuery(calendarsQuery)
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
      changesOf="calendar"
      about={say('calendars.about')}
      action={
        <Button weight="primary" onClick={() => setEditing('new')}>
          {say('calendars.add')}
        </Button>
      }
    >
      <Recompute />
      <Loaded
        query={query}
        height={72}
        empty={{ title: say('calendars.empty'), help: say('calendars.emptyHelp') }}
      >
        {(items) => (
          <>
            <ul className={styles['cards']}>
              {items.map((calendar) => (
                <CalendarCard key={calendar.id} calendar={calendar} onEdit={() => setEditing(calendar)} />
              ))}
            </ul>
            <CalendarUses calendars={items} />
          </>
        )}
      </Loaded>
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

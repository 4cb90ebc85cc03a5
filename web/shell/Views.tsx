// The views of the desk with their counts. Beside the list on wide screens, a drawer on narrow ones.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useEffect } from 'react'

import type { Count } from '../../src/api/contract/shapes.ts'
import type { Counts } from '../../src/api/contract/tickets.ts'
import { leaveToKeys } from '../keys/keys.ts'
import { IconButton } from '../parts/Button.tsx'
import { Counted } from '../parts/Counted.tsx'
import { lazily } from '../parts/lazily.tsx'
import { usePreference } from '../state/preferences.ts'
import { fullTime } from '../parts/time.ts'
import { standardViews, teamView, type View } from '../state/views.ts'
import { say } from '../words/say.ts'
import { useTeams } from '../wire/desk.ts'
import { useMe } from '../wire/session.ts'
import { countsQuery } from '../wire/tickets.ts'
import { useViews, viewCountsQuery } from '../wire/views.ts'
import styles from './views.module.css'

export function Views({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { data } = useQuery(countsQuery(''))
  const { deskName, teams: mine, role } = useMe()
  const isNew = !usePreference('startGone') && role === 'admin'
  const teams = useTeams().filter(({ archived }) => !archived)
  const own = new Set(mine.map(({ id }) => id))
  const sorted = teams.toSorted((a, b) => Number(own.has(b.id)) - Number(own.has(a.id)))
  useEffect(() => {
    if (!open) return
    const escape = (event: KeyboardEvent) => event.key === 'Escape' && onClose()
    window.addEventListener('keydown', escape)
    return () => window.removeEventListener('keydown', escape)
  }, [open, onClose])
  return (
    <>
      {open && (
        <button
          type="button"
          className={styles['scrim']}
          aria-label={say('action.close')}
          onClick={onClose}
        />
      )}
      <nav className={styles['views']} data-open={open} aria-label={say('views.name')}>
        <p className={styles['desk']}>
          {deskName}
          <IconButton label={say('action.close')} className={styles['close']} onClick={onClose}>
            <X size={16} aria-hidden />
          </IconButton>
        </p>
        <ul>
          {standardViews().map((view) => (
            <Item key={view.key} view={view} counts={data} onChoose={onClose} />
          ))}
        </ul>
        <SavedViews onChoose={onClose} />
        {sorted.length > 0 && <h2 className={styles['heading']}>{say('views.teams')}</h2>}
        <ul>
          {sorted.map((team) => (
            <Item key={team.id} view={teamView(team)} counts={data} onChoose={onClose} />
          ))}
        </ul>
        {isNew && <Start />}
      </nav>
    </>
  )
}

const Start = lazily(() => import('./Start.tsx').then((all) => all.Start))

const scopes = ['personal', 'team', 'shared'] as const

/** Saved views by who sees them. Hidden while there are none. */
function SavedViews({ onChoose }: { onChoose: () => void }) {
  const views = useViews()
  const { data } = useQuery({ ...viewCountsQuery, enabled: views.length > 0 })
  return scopes.map((scope) => {
    const shown = views.filter((view) => view.scope === scope)
    if (shown.length === 0) return null
    return (
      <section key={scope}>
        <h2 className={styles['heading']}>{say(`scope.${scope}`)}</h2>
        <ul>
          {shown.map((view) => (
            <Place
              key={view.id}
              to={`view-${view.id}`}
              name={view.name}
              value={data?.items.find(({ id }) => id === view.id)?.count}
              at={data?.at}
              onChoose={onChoose}
            />
          ))}
        </ul>
      </section>
    )
  })
}

function Item({ view, counts, onChoose }: { view: View; counts: Counts | undefined; onChoose: () => void }) {
  const value = counts ? view.count(counts) : undefined
  return <Place to={view.key} name={view.name} value={value} at={counts?.at} onChoose={onChoose} />
}

type PlaceProps = {
  to: string
  name: string
  value: Count | undefined
  at: string | undefined
  onChoose: () => void
}

function Place({ to, name, value, at, onChoose }: PlaceProps) {
  return (
    <li>
      <Link
        to="/inbox/$view"
        params={{ view: to }}
        activeOptions={{ includeSearch: false }}
        className={styles['view']}
        title={at ? say('views.countedAt', { at: fullTime(at) }) : undefined}
        onClick={(event) => {
          leaveToKeys(event)
          onChoose()
        }}
      >
        <span className={styles['name']}>{name}</span>
        <Counted value={value} className={styles['count']} />
      </Link>
    </li>
  )
}

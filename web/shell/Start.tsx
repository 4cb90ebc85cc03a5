// The first steps of a new desk, ticked off by doing them. Gone when all are done, or when nobody wants them.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Circle, CircleCheck, X } from 'lucide-react'

import type { Settings } from '../../src/api/contract/settings.ts'
import { IconButton } from '../parts/Button.tsx'
import { openLayer } from '../state/desk-state.ts'
import { prefer } from '../state/preferences.ts'
import { Samples } from '../parts/Samples.tsx'
import { call } from '../wire/call.ts'
import { useAgents, useTeams } from '../wire/desk.ts'
import { useMacros } from '../wire/macros.ts'
import { countsQuery } from '../wire/tickets.ts'
import { say, type WordId } from '../words/say.ts'
import styles from './start.module.css'

type Step = { word: WordId; to: string; done: boolean }

/** The address that a desk is made with reaches nobody outside. */
const isOwn = (address: string | null) => address !== null && !address.endsWith('@docket.localhost')

export function Start() {
  const agents = useAgents()
  const teams = useTeams()
  const macros = useMacros()
  const { data: counts } = useQuery(countsQuery(''))
  const { data: settings } = useQuery({
    queryKey: ['settings'],
    queryFn: () => call<Settings>('GET', '/settings'),
  })
  if (!counts || !settings) return null
  const count = (status: 'resolved' | 'closed') => counts.byStatus[status]?.count ?? 0
  const steps: Step[] = [
    { word: 'start.mail', to: '/admin/mailboxes', done: isOwn(settings.mailFrom) },
    { word: 'start.agents', to: '/admin/agents', done: agents.length > 1 },
    { word: 'start.teams', to: '/admin/teams', done: teams.length > 0 },
    { word: 'start.ticket', to: '/inbox/open', done: counts.all.count > 0 },
    { word: 'start.resolve', to: '/inbox/open', done: count('resolved') + count('closed') > 0 },
    { word: 'start.macro', to: '/admin/macros', done: macros.length > 0 },
  ]
  const done = steps.filter((step) => step.done).length
  if (done === steps.length) return null
  return (
    <section className={styles['start']} aria-label={say('start.name')}>
      <h2>
        {say('start.name')}
        <span className={styles['count']}>
          {done}/{steps.length}
        </span>
        <IconButton label={say('start.dismiss')} onClick={() => prefer({ startGone: true })}>
          <X size={12} aria-hidden />
        </IconButton>
      </h2>
      <ul>
        {steps.map(({ word, to, done: isDone }) => (
          <li key={word} data-done={isDone || undefined}>
            {isDone ? <CircleCheck size={14} aria-hidden /> : <Circle size={14} aria-hidden />}
            {isDone ? (
              <span>{say(word)}</span>
            ) : word === 'start.ticket' ? (
              <button type="button" onClick={() => openLayer('new-ticket')}>
                {say(word)}
              </button>
            ) : (
              <Link to={to as '/admin'}>{say(word)}</Link>
            )}
          </li>
        ))}
      </ul>
      <Samples />
    </section>
  )
}

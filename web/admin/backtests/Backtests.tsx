// The backtests of the last 90 days, newest first.
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import type { Backtest } from '../../../src/api/contract/backtests.ts'
import type { Simulation } from '../../../src/api/contract/simulations.ts'
import { Button } from '../../parts/Button.tsx'
import { Age } from '../../parts/Marks.tsx'
import { number, wholeDay } from '../../parts/time.ts'
import { say, sayName } from '../../words/say.ts'
import { DataTable, Page } from '../Page.tsx'
import { useRulebook } from '../rules/wire.ts'
import { usePages } from '../usePages.ts'
import { AskBacktest } from './AskBacktest.tsx'
import styles from './backtests.module.css'
import { stateOf, triedName } from './words.ts'

export function Backtests() {
  const pages = usePages<Backtest>('backtests')
  const [asking, setAsking] = useState(false)
  const hasDraft = Boolean(useRulebook()?.draft)
  return (
    <Page
      title={say('admin.backtests')}
      about={say('backtests.about')}
      action={
        hasDraft && (
          <Button weight="primary" onClick={() => setAsking(true)}>
            {say('backtests.askTitle')}
          </Button>
        )
      }
    >
      <DataTable
        label={say('admin.backtests')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('backtests.empty')}
        columns={[
          {
            name: say('backtests.tried'),
            render: ({ id, candidateVersion, agreement, routing }) => (
              <Link to={`/admin/backtests/${id}` as '/admin'}>
                {agreement?.name ?? triedName(routing) ?? say('rules.version', { version: candidateVersion })}
              </Link>
            ),
          },
          { name: say('backtests.state'), render: (each) => stateOf(each) },
          {
            name: say('backtests.window'),
            render: ({ from, to }) => `${wholeDay(from)} – ${wholeDay(to)}`,
          },
          {
            name: say('backtests.otherwise'),
            render: ({ soFar }) => (soFar ? number(soFar.diffs) : '–'),
            narrow: true,
          },
          { name: say('backtests.by'), render: ({ createdBy }) => createdBy?.name ?? '–' },
          { name: say('backtests.asked'), render: ({ createdAt }) => <Age at={createdAt} />, narrow: true },
        ]}
      />
      <Simulations />
      {asking && <AskBacktest onClose={() => setAsking(false)} />}
    </Page>
  )
}

/** The assistant is tried in its own way; both stand on one page. */
function Simulations() {
  const pages = usePages<Simulation>('assistant/simulations')
  if (pages.items.length === 0) return null
  return (
    <section className={styles['part']}>
      <h2>{say('backtests.ofAssistant')}</h2>
      <p className={styles['hint']}>{say('backtests.ofAssistantAbout')}</p>
      <DataTable
        label={say('backtests.ofAssistant')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('simulation.empty')}
        columns={[
          {
            name: say('backtests.tried'),
            render: ({ id, configVersion }) => (
              <Link to={'/admin/assistant-simulations' as '/admin'} search={{ simulation: id } as never}>
                {say('backtests.assistantVersion', { version: configVersion })}
              </Link>
            ),
          },
          { name: say('backtests.state'), render: ({ state }) => sayName('simulationState', state) },
          {
            name: say('backtests.window'),
            render: ({ from, to }) => `${wholeDay(from)} – ${wholeDay(to)}`,
          },
          {
            name: say('backtests.tickets'),
            render: ({ done, total }) => say('simulation.done', { done, total }),
          },
          { name: say('backtests.by'), render: ({ createdBy }) => createdBy.name },
          { name: say('backtests.asked'), render: ({ createdAt }) => <Age at={createdAt} />, narrow: true },
        ]}
      />
    </section>
  )
}

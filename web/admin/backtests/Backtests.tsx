// The backtests of the last 90 days, newest first.
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import type { Backtest } from '../../../src/api/contract/backtests.ts'
import { Button } from '../../parts/Button.tsx'
import { Age } from '../../parts/Marks.tsx'
import { number, wholeDay } from '../../parts/time.ts'
import { say } from '../../words/say.ts'
import { DataTable, Page } from '../Page.tsx'
import { useRulebook } from '../rules/wire.ts'
import { usePages } from '../usePages.ts'
import { AskBacktest } from './AskBacktest.tsx'
import { stateOf } from './words.ts'

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
            render: ({ id, candidateVersion, agreement }) => (
              <Link to={`/admin/backtests/${id}` as '/admin'}>
                {agreement?.name ?? say('rules.version', { version: candidateVersion })}
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
      {asking && <AskBacktest onClose={() => setAsking(false)} />}
    </Page>
  )
}

// Backups that the desk makes by itself: how they fare, when and where, one now, and what came of each.
import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'

import type { BackupPlan, BackupRun } from '../../../src/api/contract/backups.ts'
import { Arrived } from '../../parts/Arrived.tsx'
import { Button } from '../../parts/Button.tsx'
import { Age } from '../../parts/Marks.tsx'
import { dayAndTime, number, sizeOf } from '../../parts/time.ts'
import { call } from '../../wire/call.ts'
import { say, sayName } from '../../words/say.ts'
import styles from '../admin.module.css'
import { DataTable, Page } from '../Page.tsx'
import { attempt } from '../saving.ts'
import { usePages } from '../usePages.ts'
import { PlanForm } from './PlanForm.tsx'

export function Backups() {
  // The change feed names the noun.
  const query = useQuery({
    queryKey: ['backups', 'plan'],
    queryFn: () => call<BackupPlan>('GET', '/backup-plan'),
  })
  const pages = usePages<BackupRun>('backups')
  const now = () => void attempt(() => call('POST', '/backups'), say('backups.asked'), pages.reload)
  const isRunning = pages.items[0]?.outcome === 'running'
  return (
    <Page
      title={say('admin.backups')}
      about={say('backups.about')}
      changesOf="backups"
      action={
        query.data !== undefined &&
        query.data.place !== '' && (
          <Button disabled={isRunning} onClick={now}>
            {say('backups.now')}
          </Button>
        )
      }
    >
      <Arrived query={query} rows={5} height={48}>
        {(plan) => (
          <>
            <Health plan={plan} />
            <h2 className={styles['heading']}>{say('backups.plan')}</h2>
            <PlanForm plan={plan} onSaved={pages.reload} />
          </>
        )}
      </Arrived>
      <h2 className={styles['heading']}>{say('backups.runs')}</h2>
      <Runs pages={pages} />
    </Page>
  )
}

function Health({ plan: { isOn, lastGoodAt, nextAt, isLate } }: { plan: BackupPlan }) {
  return (
    <p role="status">
      {isLate && (
        <>
          <TriangleAlert size={16} aria-hidden /> <strong>{say('backups.late')}</strong>{' '}
        </>
      )}
      {lastGoodAt === null ? say('backups.never') : say('backups.good', { when: dayAndTime(lastGoodAt) })}{' '}
      {!isOn && say('backups.off')}
      {isOn && nextAt !== null && say('backups.next', { when: dayAndTime(nextAt) })}
    </p>
  )
}

function Runs({ pages }: { pages: ReturnType<typeof usePages<BackupRun>> }) {
  return (
    <DataTable
      label={say('backups.runs')}
      pages={pages}
      keyOf={({ id }) => id}
      empty={say('backups.empty')}
      columns={[
        {
          name: say('backups.began'),
          narrow: true,
          render: ({ startedAt }) => <Age at={startedAt} />,
        },
        { name: say('backups.outcome'), render: (run) => <Outcome run={run} /> },
        { name: say('backups.took'), narrow: true, render: tookWords },
        {
          name: say('backups.size'),
          narrow: true,
          render: ({ bytes }) => (bytes === null ? '' : sizeOf(bytes)),
        },
        { name: say('backups.by'), narrow: true, render: ({ by }) => by ?? say('backups.schedule') },
      ]}
    />
  )
}

function Outcome({ run }: { run: BackupRun }) {
  return (
    <span className={styles['main2']}>
      <span className={styles['strong']}>{sayName('backupOutcome', run.outcome)}</span>
      <span className={styles['muted']}>{run.place}</span>
      {linesOf(run).map((line) => (
        <span key={line}>{line}</span>
      ))}
      {run.outcome === 'running' && run.done !== null && run.total !== null && (
        <progress value={run.done} max={run.total} aria-label={say('backups.outcome')} />
      )}
    </span>
  )
}

/** What came of a run, and what to do where it went wrong. */
function linesOf({ outcome, step, done, total, checked, files, copied, lost, failure, detail }: BackupRun) {
  if (outcome === 'interrupted') return [say('backups.interrupted')]
  if (outcome === 'failed')
    return [sayName('backupFailure', failure ?? 'other'), ...(detail === null ? [] : [detail])]
  if (outcome === 'running')
    return step === null
      ? []
      : [say('backups.step', { step, done: number(done ?? 0), total: number(total ?? 0) })]
  return [
    `${say('backups.files', { files: files ?? 0, copied: copied ?? 0 })} · ${say(checked ? 'backups.checked' : 'backups.unchecked')}`,
    ...(lost === null || lost === 0 ? [] : [say('backups.lost', { count: lost })]),
  ]
}

function tookWords({ startedAt, endedAt }: BackupRun): string {
  if (endedAt === null) return ''
  const seconds = Math.max(1, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1_000))
  return seconds < 120
    ? say('backups.seconds', { seconds })
    : say('backups.minutes', { minutes: Math.round(seconds / 60) })
}

// What an import saw and what became of it, while it runs and after; and what can be done with it now.
import type { ImportRun } from '../../../src/api/contract/imports.ts'
import { Button } from '../../parts/Button.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { number } from '../../parts/time.ts'
import { ScrollBox } from '../../parts/ScrollBox.tsx'
import { say, sayName } from '../../words/say.ts'
import { call } from '../../wire/call.ts'
import admin from '../admin.module.css'
import { attempt } from '../saving.ts'
import styles from './moving.module.css'

const OUTCOMES = ['created', 'updated', 'unchanged', 'skipped', 'failed'] as const

type Step = 'run' | 'pause' | 'undo'

export function ImportReport({
  run,
  reload,
  onMap,
  onClose,
}: {
  run: ImportRun
  reload: () => void
  /** Where the mapping of its file can be changed. */
  onMap: (() => void) | null
  onClose: () => void
}) {
  const ask = (step: Step) =>
    void attempt(() => call('POST', `/imports/${run.id}/${step}`), sayName('moving.asked', step), reload)
  return (
    <Modal
      title={run.source}
      shape="wide"
      open
      onClose={onClose}
      actions={<Steps run={run} ask={ask} onMap={onMap} onClose={onClose} />}
    >
      <p role="status">{statusOf(run)}</p>
      {run.state === 'running' && <Progress run={run} />}
      {Object.keys(run.counts).length > 0 && <Counts counts={run.counts} />}
      {run.problems.length > 0 && (
        <>
          <h3 className={styles['problems']}>{say('moving.problems')}</h3>
          <ul className={styles['rows']}>
            {run.problems.map(({ kind, reason, count, sample }) => (
              <li key={`${kind} ${reason}`}>
                {say('moving.problem', {
                  kind: sayName('importKind', kind),
                  reason,
                  count,
                  sample: sample || '–',
                })}
              </li>
            ))}
          </ul>
          <p>
            <a href={`/api/v1/imports/${run.id}/problems.csv`} download>
              {say('moving.problemList')}
            </a>
          </p>
        </>
      )}
    </Modal>
  )
}

/** How far it is, how fast, and how long it still takes at that pace. */
function Progress({ run: { counts, expected, rate } }: { run: ImportRun }) {
  const seen = Object.values(counts).reduce((sum, count) => sum + (count['seen'] ?? 0), 0)
  const minutes = expected === null || rate === null || rate === 0 ? null : (expected - seen) / rate / 60
  const shown = { rate: number(rate ?? 0) }
  return (
    <div className={styles['progress']}>
      {expected !== null && (
        <>
          <progress max={Math.max(expected, seen)} value={seen} aria-label={say('moving.counts')} />
          <span>{say('moving.of', { seen: number(seen), expected: number(Math.max(expected, seen)) })}</span>
        </>
      )}
      {rate !== null && rate > 0 && (
        <span>
          {minutes === null
            ? say('moving.rate', shown)
            : minutes < 1
              ? say('moving.soon', shown)
              : say('moving.left', { ...shown, minutes: Math.ceil(minutes) })}
        </span>
      )}
    </div>
  )
}

function statusOf({ look, state, complete }: ImportRun): string {
  if (state !== 'done') return sayName('importState', state)
  if (!complete) return say('moving.incomplete')
  return look ? say('moving.lookedHelp') : say('moving.complete')
}

function Steps({
  run: { state, look },
  ask,
  onMap,
  onClose,
}: {
  run: ImportRun
  ask: (step: Step) => void
  onMap: (() => void) | null
  onClose: () => void
}) {
  const isOn = state === 'running' || state === 'waiting'
  const mayRun = state === 'paused' || state === 'failed' || (state === 'done' && look)
  const mayUndo = !look && (state === 'done' || state === 'paused' || state === 'failed')
  return (
    <>
      <Button onClick={onClose}>{say('action.close')}</Button>
      {onMap && state === 'done' && <Button onClick={onMap}>{say('csv.again')}</Button>}
      {isOn && !look && <Button onClick={() => ask('pause')}>{say('moving.pause')}</Button>}
      {mayUndo && (
        <Button weight="danger" onClick={() => ask('undo')}>
          {say('moving.undo')}
        </Button>
      )}
      {mayRun && (
        <Button weight="primary" onClick={() => ask('run')}>
          {say(look ? 'moving.run' : 'moving.resume')}
        </Button>
      )}
    </>
  )
}

function Counts({ counts }: Pick<ImportRun, 'counts'>) {
  return (
    <ScrollBox label={say('moving.counts')} className={admin['tableBox']}>
      <table className={admin['table']}>
        <thead>
          <tr>
            <th scope="col">{say('moving.what')}</th>
            <th scope="col">{say('moving.seen')}</th>
            {OUTCOMES.map((outcome) => (
              <th scope="col" key={outcome}>
                {sayName('moving', outcome)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Object.entries(counts).map(([kind, count]) => (
            <tr key={kind}>
              <th scope="row">{sayName('importKind', kind)}</th>
              <td>{number(count['seen'] ?? 0)}</td>
              {OUTCOMES.map((outcome) => (
                <td key={outcome}>{number(count[outcome] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

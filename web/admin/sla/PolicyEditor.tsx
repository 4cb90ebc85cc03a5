// One policy: for which tickets, and a table of targets by metric and priority; tried on the desk's own tickets before it counts.
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'

import type {
  CustomClock,
  NewPolicy,
  Policy,
  Preview as PreviewAnswer,
} from '../../../src/api/contract/sla.ts'
import type { Page as Paged } from '../../../src/api/contract/shapes.ts'
import { METRICS, POLICY_KINDS } from '../../../src/sla/policy.ts'
import { Button } from '../../parts/Button.tsx'
import { CheckField, FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { dayAndTime } from '../../parts/time.ts'
import { ScrollBox } from '../../parts/ScrollBox.tsx'
import { call } from '../../wire/call.ts'
import { say, sayName } from '../../words/say.ts'
import admin from '../admin.module.css'
import { Page } from '../Page.tsx'
import { useSave } from '../saving.ts'
import { readLength, writeLength } from './length.ts'
import { metricName } from '../../sla/clock.ts'
import { CustomClocks } from './CustomClocks.tsx'
import { LastSteps } from './LastSteps.tsx'
import { PolicyExample } from './PolicyExample.tsx'
import { Preview } from './Preview.tsx'
import { PRIORITIES, type Row, useCalendars } from './sla.ts'
import styles from './sla.module.css'

type Draft = Pick<NewPolicy, 'kind' | 'title' | 'q' | 'options' | 'onPolicyChange'> & {
  readonly customs: readonly CustomClock[]
  readonly rows: readonly Row[]
}

const OPTIONS = [
  'agentCreatedCounts',
  'noteFulfils',
  'assistantReplyFulfils',
  'onHoldPausesRequesterWait',
  'totalCountsResolvedGap',
] as const

export function PolicyEditor({ policy, onClose }: { policy: Policy | null; onClose: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(policy))
  const [preview, setPreview] = useState<PreviewAnswer | null>(null)
  const { save, busy, errors, general, failure } = useSave(onClose)
  const looking = useSave(() => {})
  const { body, problem } = useMemo(() => bodyOf(draft), [draft])
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }))
  const publish = (why: { reason?: string }) => {
    if (body === null) return
    const { kind: _, ...version } = body
    void save(
      () =>
        policy === null
          ? call('POST', '/policies', { body: { ...body, ...why } })
          : call('POST', `/policies/${policy.id}/versions`, { body: { ...version, ...why } }),
      say('sla.published', { name: draft.title }),
    )
  }
  const asked = body && { policy: policy === null ? body : { ...body, id: policy.id } }
  const look = () => {
    if (asked === null) return
    void looking.save(
      async () => setPreview(await call<PreviewAnswer>('POST', '/policies/preview', { body: asked })),
      say('sla.previewed'),
    )
  }
  return (
    <Page
      title={policy?.title ?? say('policies.add')}
      about={say('policies.editAbout')}
      action={<Button onClick={onClose}>{say('action.back')}</Button>}
    >
      <FormProblem text={general ?? looking.general ?? problem ?? errors['targets']} />
      <div className={styles['head']}>
        <TextField
          label={say('field.name')}
          value={draft.title}
          onChange={(event) => change({ title: event.target.value })}
          error={errors['title']}
        />
        {policy === null && (
          <SelectField
            label={say('policies.kind')}
            value={draft.kind}
            onChange={(event) => change({ kind: event.target.value as Draft['kind'] })}
            options={POLICY_KINDS.map((kind) => ({
              value: kind,
              label: sayName('policyKind', kind),
            }))}
          />
        )}
        <TextField
          label={say('policies.query')}
          help={say('policies.queryHelp')}
          value={draft.q}
          onChange={(event) => change({ q: event.target.value })}
          error={errors['q'] ?? looking.errors['q']}
        />
      </div>
      <TargetTable rows={draft.rows} onChange={(rows) => change({ rows })} />
      <PolicyExample rows={draft.rows} />
      <CustomClocks
        customs={draft.customs}
        onChange={(customs) => change({ customs, rows: rowsWith(draft.rows, customs) })}
      />
      <fieldset className={admin['checks']}>
        <legend>{say('policies.options')}</legend>
        {OPTIONS.map((option) => (
          <CheckField
            key={option}
            label={say(`policyOption.${option}`)}
            checked={draft.options?.[option] === true}
            onChange={(event) => change({ options: { ...draft.options, [option]: event.target.checked } })}
          />
        ))}
        <CheckField
          label={say('policies.restart')}
          checked={draft.onPolicyChange === 'restart'}
          onChange={(event) => change({ onPolicyChange: event.target.checked ? 'restart' : 'keep_elapsed' })}
        />
      </fieldset>
      <LastSteps
        agreement={asked}
        canTry
        isReady={body !== null}
        look={{ run: look, busy: looking.busy }}
        publish={{ run: publish, busy, failure }}
      />
      {preview !== null && <Preview preview={preview} />}
      {policy !== null && <Versions id={policy.id} onTake={(taken) => setDraft(draftOf(taken))} />}
    </Page>
  )
}

function TargetTable({ rows, onChange }: { rows: readonly Row[]; onChange: (rows: Row[]) => void }) {
  const calendars = useCalendars().filter(({ archived }) => !archived)
  const set = (metric: Row['metric'], part: Partial<Row>) =>
    onChange(rows.map((row) => (row.metric === metric ? { ...row, ...part } : row)))
  return (
    <ScrollBox label={say('policies.clock')} className={admin['tableBox']}>
      <table className={`${admin['table']} ${styles['targets']}`}>
        <thead>
          <tr>
            <th scope="col">{say('sla.metric')}</th>
            {PRIORITIES.map((priority) => (
              <th key={priority} scope="col">
                {say(`priority.${priority}`)}
              </th>
            ))}
            <th scope="col">{say('policies.countsBy')}</th>
            <th scope="col">{say('policies.warnAt')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ metric, seconds, calendar, warnAt }) => (
            <tr key={metric}>
              <th scope="row">
                {metricName(metric)}
                {!metric.startsWith('custom:') && (
                  <p className={styles['means']}>{sayName('metricMeans', metric)}</p>
                )}
              </th>
              {PRIORITIES.map((priority) => (
                <td key={priority} data-label={say(`priority.${priority}`)}>
                  <input
                    className={styles['cell']}
                    aria-label={`${metricName(metric)}, ${say(`priority.${priority}`)}`}
                    aria-invalid={readLength(seconds[priority]) === undefined || undefined}
                    placeholder="–"
                    value={seconds[priority]}
                    onChange={(event) =>
                      set(metric, { seconds: { ...seconds, [priority]: event.target.value } })
                    }
                  />
                </td>
              ))}
              <td data-label={say('policies.countsBy')}>
                <select
                  className={styles['select']}
                  aria-label={`${metricName(metric)}, ${say('policies.countsBy')}`}
                  value={calendar}
                  onChange={(event) => set(metric, { calendar: event.target.value })}
                >
                  <option value="inherit">{say('policies.inherit')}</option>
                  <option value="always">{say('clock.always')}</option>
                  {calendars.map(({ id, name }) => (
                    <option key={id} value={String(id)}>
                      {name}
                    </option>
                  ))}
                </select>
              </td>
              <td data-label={say('policies.warnAt')}>
                <input
                  className={styles['cell']}
                  aria-label={`${metricName(metric)}, ${say('policies.warnAt')}`}
                  aria-invalid={readWarnings(warnAt) === undefined || undefined}
                  placeholder="80%, 30m"
                  value={warnAt}
                  onChange={(event) => set(metric, { warnAt: event.target.value })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function Versions({ id, onTake }: { id: number; onTake: (policy: Policy) => void }) {
  const { data } = useQuery({
    queryKey: ['policies', id],
    queryFn: () => call<Paged<Policy>>('GET', `/policies/${id}/versions`),
  })
  return (
    <section>
      <h2 className={styles['section']}>{say('sla.versions')}</h2>
      <ol className={styles['versions']}>
        {data?.items.map((each) => (
          <li key={each.version}>
            <span>
              {say('sla.versionOf', { version: each.version, at: dayAndTime(each.at), by: each.by ?? '–' })}
            </span>
            <Button weight="quiet" onClick={() => onTake(each)}>
              {say('sla.take')}
            </Button>
          </li>
        ))}
      </ol>
    </section>
  )
}

type Threshold = { percent: number } | { secondsLeft: number }

/** "80%, 30m": at a share of the target, or with so much left. */
function readWarnings(text: string): Threshold[] | undefined {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  const read = parts.map((part): Threshold | undefined => {
    const percent = /^(\d{1,2})\s*%$/.exec(part)?.[1]
    if (percent !== undefined) return { percent: Number(percent) }
    const secondsLeft = readLength(part)
    return typeof secondsLeft === 'number' ? { secondsLeft } : undefined
  })
  return read.every((each) => each !== undefined) ? read : undefined
}

function writeWarnings(warnAt: readonly Threshold[]): string {
  return warnAt
    .map((each) => ('percent' in each ? `${each.percent}%` : writeLength(each.secondsLeft)))
    .join(', ')
}

function draftOf(policy: Policy | null): Draft {
  const first = { urgent: '1h', high: '2h', normal: '8h', low: '24h' }
  const last = { urgent: '8h', high: '24h', normal: '3d', low: '5d' }
  const none = { urgent: '', high: '', normal: '', low: '' }
  const metrics: Row['metric'][] = [
    ...METRICS,
    ...(policy?.customs ?? []).map(({ key }) => `custom:${key}` as const),
  ]
  const rows = metrics.map((metric): Row => {
    const own = policy?.targets.filter((each) => each.metric === metric) ?? []
    if (policy === null || own.length === 0) {
      const fresh =
        policy === null && metric === 'first_reply'
          ? first
          : policy === null && metric === 'requester_wait'
            ? last
            : none
      return { metric, seconds: fresh, calendar: 'inherit', warnAt: fresh === none ? '' : '80%' }
    }
    const of = (priority: string) =>
      writeLength(own.find((each) => each.priority === priority)?.seconds ?? null)
    return {
      metric,
      seconds: { urgent: of('urgent'), high: of('high'), normal: of('normal'), low: of('low') },
      calendar: own[0]?.calendar ?? 'inherit',
      warnAt: writeWarnings(own.find((each) => each.seconds !== null)?.warnAt ?? []),
    }
  })
  return {
    kind: policy?.kind ?? 'customer',
    title: policy?.title ?? '',
    q: policy?.q ?? '',
    options: policy?.options ?? {},
    onPolicyChange: policy?.onPolicyChange ?? 'keep_elapsed',
    customs: policy?.customs ?? [],
    rows,
  }
}

/** A row for each custom clock there is; those of clocks that are gone go too. */
function rowsWith(rows: readonly Row[], customs: readonly CustomClock[]): Row[] {
  const wanted = customs.map(({ key }) => `custom:${key}` as const)
  const kept = rows.filter(
    ({ metric }) => !metric.startsWith('custom:') || wanted.includes(metric as `custom:${string}`),
  )
  const fresh = wanted.filter((metric) => !kept.some((row) => row.metric === metric))
  const seconds = { urgent: '', high: '', normal: '', low: '' }
  return [...kept, ...fresh.map((metric): Row => ({ metric, seconds, calendar: 'inherit', warnAt: '80%' }))]
}

/** The policy of a form, or what in it does not read. A metric without any target is left out. */
function bodyOf(draft: Draft): { body: NewPolicy | null; problem: string | null } {
  const { rows, ...rest } = draft
  const targets: NewPolicy['targets'] = []
  for (const { metric, seconds, calendar, warnAt } of rows) {
    const warnings = readWarnings(warnAt)
    const read = PRIORITIES.map((priority) => ({ priority, seconds: readLength(seconds[priority]) }))
    if (warnings === undefined || read.some((each) => each.seconds === undefined))
      return { body: null, problem: say('policies.unreadable', { metric: metricName(metric) }) }
    if (read.every((each) => each.seconds === null)) continue
    for (const { priority, seconds: goal } of read)
      targets.push({ metric, priority, seconds: goal ?? null, calendar, warnAt: warnings })
  }
  if (draft.title.trim() === '') return { body: null, problem: null }
  if (targets.length === 0) return { body: null, problem: say('policies.noTarget') }
  const customs = rest.customs.filter(({ key }) => targets.some(({ metric }) => metric === `custom:${key}`))
  return { body: { ...rest, customs, title: draft.title.trim(), targets }, problem: null }
}

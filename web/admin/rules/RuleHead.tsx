// The head of a rule: its name, kind, owner and review, and what sets it off.
import type { Field } from '../../../src/api/contract/desk.ts'
import type { RuleProblem } from '../../../src/api/contract/rules.ts'
import { ruleKinds } from '../../../src/rules/rule.ts'
import { SelectField, TextArea, TextField } from '../../parts/Form.tsx'
import { useAgents, useFields } from '../../wire/desk.ts'
import { say, sayName } from '../../words/say.ts'
import type { Draft } from './model.ts'
import styles from './rules.module.css'
import { Duration } from './ValueField.tsx'
import { useRulebook } from './wire.ts'

type Props = {
  rule: Draft
  put: (change: Partial<Draft>) => void
  events: readonly string[]
  problems: readonly RuleProblem[]
}

export function Head({ rule, put, events, problems }: Props) {
  const agents = useAgents().filter(({ active, id }) => active || id === rule.ownerId)
  const sections = useRulebook()?.sections ?? []
  const wrong = (place: string) => problems.find((each) => each.place.startsWith(place))?.message
  const known = sections.some(({ key }) => key === rule.section)
    ? sections
    : [...sections, { key: rule.section, title: rule.section }]
  return (
    <>
      <div className={styles['titleRow']}>
        <TextField
          label={say('rules.title')}
          value={rule.title}
          maxLength={200}
          required
          autoFocus={rule.key === ''}
          onChange={(event) => put({ title: event.target.value })}
        />
        <label className={styles['switch']}>
          <input
            type="checkbox"
            role="switch"
            checked={rule.enabled}
            onChange={(event) => put({ enabled: event.target.checked })}
          />{' '}
          {say('rules.enabled')}
        </label>
      </div>
      <div className={styles['fields']}>
        <SelectField
          label={say('rules.kind')}
          value={rule.kind}
          options={ruleKinds.map((value) => ({
            value,
            label: sayName('ruleKind', value),
          }))}
          onChange={(event) => put(ofKind(rule, event.target.value as Draft['kind']))}
        />
        <SelectField
          label={say('rules.section')}
          value={rule.section}
          options={known.map(({ key, title }) => ({ value: key, label: title }))}
          onChange={(event) => put({ section: event.target.value })}
        />
        <SelectField
          label={say('rules.owner')}
          value={String(rule.ownerId)}
          error={wrong('ownerId')}
          options={agents.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(event) => put({ ownerId: Number(event.target.value) })}
        />
        <TextField
          label={say('rules.reviewBy')}
          type="date"
          value={rule.reviewBy}
          error={wrong('reviewBy')}
          onChange={(event) => put({ reviewBy: event.target.value })}
        />
      </div>
      <TextArea
        label={say('rules.description')}
        rows={2}
        value={rule.description}
        maxLength={5_000}
        onChange={(event) => put({ description: event.target.value })}
      />
      <h2 className={styles['part']}>{say('rules.when')}</h2>
      {rule.kind === 'trigger' && <Events rule={rule} put={put} events={events} problem={wrong('on')} />}
      {rule.kind === 'timer' && <Timer rule={rule} put={put} />}
      {rule.kind === 'macro' && <p className={styles['hint']}>{say('rules.macroWhen')}</p>}
    </>
  )
}

function ofKind(rule: Draft, kind: Draft['kind']): Partial<Draft> {
  if (kind === 'timer')
    return { kind, on: [], stop: false, timer: rule.timer ?? { hold: 86_400, onPublish: 'skip' } }
  return kind === 'trigger'
    ? { kind, on: rule.on?.length ? rule.on : ['created'], timer: undefined }
    : { kind, on: [], timer: undefined }
}

function Events({
  rule,
  put,
  events,
  problem,
}: Pick<Props, 'rule' | 'put' | 'events'> & { problem: string | undefined }) {
  const on = rule.on ?? []
  type Kind = (typeof on)[number]
  return (
    <fieldset className={styles['events']}>
      <legend className="unseen">{say('rules.when')}</legend>
      {events.map((kind) => (
        <label key={kind} className={styles['event']} data-on={on.includes(kind as Kind) || undefined}>
          <input
            type="checkbox"
            checked={on.includes(kind as Kind)}
            onChange={(event) =>
              put({ on: event.target.checked ? [...on, kind as Kind] : on.filter((each) => each !== kind) })
            }
          />
          {sayName('ruleEvent', kind)}
        </label>
      ))}
      {problem && (
        <p className={styles['why']} data-level="error">
          {problem}
        </p>
      )}
    </fieldset>
  )
}

function Timer({ rule, put }: Pick<Props, 'rule' | 'put'>) {
  const timer = rule.timer ?? { hold: 86_400 }
  const set = (change: Partial<typeof timer>) => put({ timer: { ...timer, ...change } })
  const how = timer.onPublish ?? 'skip'
  const dates = useFields().filter(({ archived, type }) => !archived && type === 'date')
  return (
    <div className={styles['timer']}>
      <SelectField
        label={say('rules.timerBy')}
        value={timer.at === undefined ? 'hold' : 'date'}
        options={[
          { value: 'hold', label: say('rules.timerHold') },
          { value: 'date', label: say('rules.timerDate') },
        ]}
        onChange={(event) =>
          set(
            event.target.value === 'hold'
              ? { hold: 86_400, at: undefined, offset: undefined }
              : { hold: undefined, at: dates[0]?.key ?? '', offset: -86_400 },
          )
        }
      />
      {timer.at === undefined ? (
        <span className={styles['pair']}>
          {say('rules.hold')} <Duration seconds={timer.hold ?? 0} onChange={(hold) => set({ hold })} />
        </span>
      ) : (
        <ByDate at={timer.at} offset={timer.offset ?? 0} dates={dates} set={set} />
      )}
      <label className={styles['check']}>
        <input
          type="checkbox"
          checked={timer.repeatEvery !== undefined}
          onChange={(event) =>
            set(
              event.target.checked
                ? { repeatEvery: 86_400, maxRepeats: 3 }
                : { repeatEvery: undefined, maxRepeats: undefined },
            )
          }
        />{' '}
        {say('rules.repeat')}
      </label>
      {timer.repeatEvery !== undefined && (
        <span className={styles['pair']}>
          <Duration
            seconds={timer.repeatEvery}
            onChange={(repeatEvery) => set({ repeatEvery: Math.max(60, repeatEvery) })}
          />
          {say('rules.atMost')}
          <input
            className={styles['control']}
            type="number"
            min={1}
            aria-label={say('rules.atMost')}
            value={timer.maxRepeats ?? 1}
            onChange={(event) => set({ maxRepeats: Number(event.target.value) })}
          />
        </span>
      )}
      <SelectField
        label={say('rules.onPublish')}
        value={typeof how === 'string' ? how : 'spread'}
        options={(['skip', 'fire', 'spread'] as const).map((value) => ({
          value,
          label: sayName('ruleOnPublish', value),
        }))}
        onChange={(event) =>
          set({
            onPublish: event.target.value === 'spread' ? { spreadHours: 24 } : (event.target.value as 'skip'),
          })
        }
      />
    </div>
  )
}

type ByDateProps = {
  at: string
  offset: number
  dates: readonly Field[]
  set: (change: { at?: string; offset?: number }) => void
}

/** So long before or after a day that stands on the ticket. */
function ByDate({ at, offset, dates, set }: ByDateProps) {
  const sign = offset < 0 ? -1 : 1
  if (dates.length === 0) return <p className={styles['why']}>{say('rules.noDates')}</p>
  return (
    <span className={styles['pair']}>
      <Duration seconds={Math.abs(offset)} onChange={(length) => set({ offset: sign * length })} />
      <select
        className={styles['control']}
        aria-label={say('rules.side')}
        value={sign}
        onChange={(event) => set({ offset: Number(event.target.value) * Math.abs(offset) })}
      >
        <option value={-1}>{say('rules.before')}</option>
        <option value={1}>{say('rules.after')}</option>
      </select>
      <select
        className={styles['control']}
        aria-label={say('rules.timerField')}
        value={at}
        onChange={(event) => set({ at: event.target.value })}
      >
        {dates.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
    </span>
  )
}

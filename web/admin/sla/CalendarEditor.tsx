// One calendar: hours by weekday as they are typed and as they look, holidays, and what a ticket would make of them.
import { useMemo, useState } from 'react'

import type { Calendar, Hours, IcsDates, Preview as PreviewAnswer } from '../../../src/api/contract/sla.ts'
import { Button } from '../../parts/Button.tsx'
import { CheckField, FormProblem, SelectField, TextArea, TextField } from '../../parts/Form.tsx'
import { dayAndTime, useMinute } from '../../parts/time.ts'
import { call, reasonOf } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import { Page } from '../Page.tsx'
import { useSave } from '../saving.ts'
import { ClockChange } from './ClockChange.tsx'
import { ExampleLine } from './ExampleLine.tsx'
import { LastSteps } from './LastSteps.tsx'
import { DAYS, readHours, readLength, writeHours } from './length.ts'
import { Preview } from './Preview.tsx'
import { hoursOf, useCalendars } from './sla.ts'
import styles from './sla.module.css'
import { nameOfDay, Week } from './Week.tsx'

type OwnHours = Extract<Hours, { weekly: unknown }>
const zones = Intl.supportedValuesOf('timeZone')

/** The form as it is typed. */
type Draft = {
  readonly name: string
  readonly timeZone: string
  readonly days: Readonly<Record<(typeof DAYS)[number], string>>
  readonly holidays: string
  readonly exceptions: string
  readonly union: readonly string[]
  readonly isUnion: boolean
}

export function CalendarEditor({ calendar, onClose }: { calendar: Calendar | null; onClose: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(calendar))
  const [from, setFrom] = useState('')
  const now = useMinute()
  const [restate, setRestate] = useState(false)
  const [preview, setPreview] = useState<PreviewAnswer | null>(null)
  const { save, busy, errors, general, failure } = useSave(onClose)
  const looking = useSave(() => {})
  const { hours, problem } = useMemo(() => hoursOfDraft(draft), [draft])
  const change = (part: Partial<Draft>) => setDraft((current) => ({ ...current, ...part }))
  const effective = from === '' ? {} : { effectiveFrom: new Date(from).toISOString() }
  const publish = (why: { reason?: string }) => {
    if (hours === null) return
    void save(
      () =>
        calendar === null
          ? call('POST', '/calendars', { body: { name: draft.name.trim(), hours } })
          : call('POST', `/calendars/${calendar.id}/versions`, {
              body: { hours, ...effective, restate, ...why },
            }),
      say('sla.published', { name: draft.name }),
    )
  }
  const look = () => {
    if (hours === null || calendar === null) return
    void looking.save(async () => {
      const body = { calendar: { id: calendar.id, hours, ...effective } }
      setPreview(await call<PreviewAnswer>('POST', '/policies/preview', { body }))
    }, say('sla.previewed'))
  }
  return (
    <Page
      title={calendar?.name ?? say('calendars.add')}
      about={say('calendars.editAbout')}
      action={<Button onClick={onClose}>{say('action.back')}</Button>}
    >
      <div className={styles['editor']}>
        <div>
          <FormProblem text={general ?? looking.general ?? problem ?? Object.values(errors)[0]} />
          {calendar === null && (
            <TextField
              label={say('field.name')}
              value={draft.name}
              required
              onChange={(event) => change({ name: event.target.value })}
              error={errors['name']}
            />
          )}
          <CheckField
            label={say('calendars.isUnion')}
            checked={draft.isUnion}
            onChange={(event) => change({ isUnion: event.target.checked })}
          />
          {draft.isUnion ? (
            <Union draft={draft} own={calendar?.id ?? null} change={change} />
          ) : (
            <Own draft={draft} change={change} />
          )}
          {calendar !== null && (
            <>
              <TextField
                label={say('calendars.from')}
                help={say('calendars.fromHelp')}
                type="datetime-local"
                value={from}
                onChange={(event) => setFrom(event.target.value)}
              />
              {from !== '' && new Date(from).getTime() < now && (
                <CheckField
                  label={say('calendars.restate')}
                  checked={restate}
                  onChange={(event) => setRestate(event.target.checked)}
                />
              )}
            </>
          )}
          <LastSteps
            agreement={calendar && hours && { calendar: { id: calendar.id, hours } }}
            canTry={calendar !== null}
            isReady={hours !== null && draft.name.trim() !== ''}
            look={{ run: look, busy: looking.busy }}
            publish={{ run: publish, busy, failure }}
          />
        </div>
        <div className={styles['aside']}>
          {hours !== null && 'weekly' in hours && <Week weekly={hours.weekly} />}
          {hours !== null && 'weekly' in hours && <ClockChange hours={hours} />}
          {hours !== null && <Example hours={hours} />}
          {preview !== null && <Preview preview={preview} />}
          {calendar !== null && (
            <Versions calendar={calendar} onTake={(taken) => setDraft(draftOf(calendar, taken))} />
          )}
        </div>
      </div>
    </Page>
  )
}

function Own({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }) {
  const [read, setRead] = useState<IcsDates | { problem: string } | null>(null)
  const importIcs = async (file: File | undefined) => {
    if (file === undefined) return
    try {
      const found = await call<IcsDates>('POST', '/calendars/ics', { body: { ics: await file.text() } })
      const known = new Set(draft.holidays.split(/\s+/).filter(Boolean))
      for (const { date } of found.holidays) known.add(date)
      change({ holidays: [...known].toSorted().join('\n') })
      setRead(found)
    } catch (error) {
      setRead({ problem: reasonOf(error) })
    }
  }
  return (
    <>
      <SelectField
        label={say('settings.timeZone')}
        value={draft.timeZone}
        onChange={(event) => change({ timeZone: event.target.value })}
        options={[...new Set([draft.timeZone, ...zones])].map((zone) => ({ value: zone, label: zone }))}
      />
      <fieldset className={styles['days']}>
        <legend>{say('calendars.hours')}</legend>
        {DAYS.map((day, index) => (
          <label key={day} className={styles['dayField']}>
            <span>{nameOfDay(index)}</span>
            <input
              value={draft.days[day]}
              placeholder={say('calendars.closed')}
              aria-invalid={readHours(draft.days[day]) === undefined || undefined}
              onChange={(event) => change({ days: { ...draft.days, [day]: event.target.value } })}
            />
          </label>
        ))}
      </fieldset>
      <TextArea
        label={say('calendars.holidays')}
        help={say('calendars.holidaysHelp')}
        rows={5}
        value={draft.holidays}
        onChange={(event) => change({ holidays: event.target.value })}
      />
      <TextField
        label={say('calendars.ics')}
        type="file"
        accept=".ics,text/calendar"
        error={read !== null && 'problem' in read ? read.problem : undefined}
        onChange={(event) => void importIcs(event.target.files?.[0])}
      />
      {read !== null && 'left' in read && <FromFile read={read} />}
      <TextArea
        label={say('calendars.exceptions')}
        help={say('calendars.exceptionsHelp')}
        rows={3}
        value={draft.exceptions}
        onChange={(event) => change({ exceptions: event.target.value })}
      />
    </>
  )
}

function Union({
  draft,
  own,
  change,
}: {
  draft: Draft
  own: number | null
  change: (part: Partial<Draft>) => void
}) {
  const others = useCalendars().filter(({ id, archived }) => id !== own && !archived)
  return (
    <fieldset className={styles['days']}>
      <legend>{say('calendars.union')}</legend>
      {others.map(({ id, name }) => (
        <CheckField
          key={id}
          label={name}
          checked={draft.union.includes(String(id))}
          onChange={(event) =>
            change({
              union: event.target.checked
                ? [...draft.union, String(id)]
                : draft.union.filter((each) => each !== String(id)),
            })
          }
        />
      ))}
    </fieldset>
  )
}

function Example({ hours }: { hours: Hours }) {
  const [length, setLength] = useState('2h')
  return (
    <ExampleLine hours={hours} seconds={readLength(length) ?? null}>
      <TextField
        label={say('calendars.exampleTarget')}
        value={length}
        onChange={(event) => setLength(event.target.value)}
      />
    </ExampleLine>
  )
}

function Versions({ calendar, onTake }: { calendar: Calendar; onTake: (hours: Hours) => void }) {
  return (
    <section>
      <h2 className={styles['section']}>{say('sla.versions')}</h2>
      <ol className={styles['versions']}>
        {calendar.versions.toReversed().map(({ version, at, by, effectiveFrom, hours }) => (
          <li key={version}>
            <span>
              {say('sla.versionOf', { version, at: dayAndTime(at), by: by ?? '–' })}
              {effectiveFrom !== null && ` · ${say('calendars.since', { at: dayAndTime(effectiveFrom) })}`}
            </span>
            <Button weight="quiet" onClick={() => onTake(hours)}>
              {say('sla.take')}
            </Button>
          </li>
        ))}
      </ol>
    </section>
  )
}

function draftOf(calendar: Calendar | null, given?: Hours): Draft {
  const hours = given ?? (calendar === null ? office() : hoursOf(calendar))
  const own: OwnHours = 'weekly' in hours ? hours : office()
  return {
    name: calendar?.name ?? '',
    timeZone: own.timeZone,
    days: Object.fromEntries(DAYS.map((day) => [day, writeHours(own.weekly[day] ?? [])])) as Draft['days'],
    holidays: own.holidays.join('\n'),
    exceptions: Object.entries(own.exceptions)
      .map(([date, intervals]) => `${date} ${writeHours(intervals)}`)
      .join('\n'),
    union: 'union' in hours ? hours.union : [],
    isUnion: 'union' in hours,
  }
}

function office(): OwnHours {
  const nine: [string, string][] = [['09:00', '17:00']]
  const weekly = { mon: nine, tue: nine, wed: nine, thu: nine, fri: nine }
  return { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, weekly, holidays: [], exceptions: {} }
}

/** The hours of a form, or what in it does not read. */
function hoursOfDraft(draft: Draft): { hours: Hours | null; problem: string | null } {
  if (draft.isUnion)
    return draft.union.length > 0
      ? { hours: { union: [...draft.union] }, problem: null }
      : { hours: null, problem: say('calendars.unionEmpty') }
  const weekly: OwnHours['weekly'] = {}
  for (const [index, day] of DAYS.entries()) {
    const read = readHours(draft.days[day])
    if (read === undefined)
      return { hours: null, problem: say('calendars.unreadable', { what: nameOfDay(index) }) }
    if (read.length > 0) weekly[day] = read
  }
  const exceptions: OwnHours['exceptions'] = {}
  for (const line of draft.exceptions.split('\n').filter((each) => each.trim() !== '')) {
    const [, date = '', rest = ''] = /^\s*(\d{4}-\d\d-\d\d)\s*(.*)$/.exec(line) ?? []
    const read = readHours(rest)
    if (date === '' || read === undefined)
      return { hours: null, problem: say('calendars.unreadable', { what: line }) }
    exceptions[date] = read
  }
  const holidays = draft.holidays.split(/[\s,]+/).filter(Boolean)
  return { hours: { timeZone: draft.timeZone, weekly, holidays, exceptions }, problem: null }
}

const MOST_NAMED = 10

/** What came of a file: how many days, and which of its events were left out and why. */
function FromFile({ read: { holidays, left } }: { read: IcsDates }) {
  return (
    <div role="status">
      <p>{say('calendars.icsRead', { count: holidays.length })}</p>
      {left.length > 0 && (
        <>
          <p>{say('calendars.icsLeft', { count: left.length })}</p>
          <ul>
            {left.slice(0, MOST_NAMED).map(({ name, reason }, index) => (
              <li key={index}>
                {name === '' ? say('calendars.icsUnnamed') : name}: {say(`calendars.ics.${reason}`)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

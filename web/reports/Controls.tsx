// What a page of reports is about: time, zone, filter, field, and what it is compared with.
import { type FormEvent } from 'react'

import { boardFields, comparisons, ranges } from '../../src/reporting/boards.ts'
import { bucketSizes, hoursKinds } from '../../src/reporting/vocabulary.ts'
import { Button } from '../parts/Button.tsx'
import { SelectField, TextField } from '../parts/Form.tsx'
import { say } from '../words/say.ts'
import styles from './reports.module.css'
import { askedOf, daysOf, ownZone, type ReportSearch } from './search.ts'

type Props = { search: ReportSearch; onChange: (part: Partial<ReportSearch>) => void }
/** A page that speaks of now has no time to choose. */
type ControlsProps = Props & { isNow: boolean }

const zones = [...new Set([ownZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])]

export function Controls({ isNow, search, onChange }: ControlsProps) {
  return (
    <section className={styles['controls']} aria-label={say('reports.controls')}>
      {!isNow && <Times search={search} onChange={onChange} />}
      <Filter search={search} onChange={onChange} />
      {!isNow && (
        <SelectField
          label={say('reports.versus')}
          value={search.versus ?? ''}
          options={[
            { value: '', label: say('reportVersus.none') },
            ...comparisons.map((value) => ({ value, label: say(`reportVersus.${value}`) })),
          ]}
          onChange={({ target }) => onChange({ versus: comparisons.find((each) => each === target.value) })}
        />
      )}
    </section>
  )
}

function Times({ search, onChange }: Props) {
  const { from, to } = daysOf(search)
  const options = <Word extends string>(
    words: readonly Word[],
    prefix: 'reportRange' | 'reportBucket' | 'reportField',
  ) => words.map((value) => ({ value, label: say(`${prefix}.${value}` as 'reportRange.7d') }))
  return (
    <>
      <SelectField
        label={say('reports.range')}
        value={search.range ?? '30d'}
        options={options(ranges, 'reportRange')}
        onChange={({ target }) => onChange({ range: target.value as 'own', from, to })}
      />
      {search.range === 'own' && (
        <>
          <TextField
            label={say('reports.from')}
            type="date"
            value={from}
            max={to}
            onChange={({ target }) => target.value && onChange({ from: target.value })}
          />
          <TextField
            label={say('reports.to')}
            type="date"
            value={to}
            min={from}
            onChange={({ target }) => target.value && onChange({ to: target.value })}
          />
        </>
      )}
      <SelectField
        label={say('reports.bucket')}
        value={askedOf(search).bucket}
        options={options(bucketSizes, 'reportBucket')}
        onChange={({ target }) => onChange({ bucket: target.value as 'day' })}
      />
      <SelectField
        label={say('reports.by')}
        value={search.by ?? 'team'}
        options={options(boardFields, 'reportField')}
        onChange={({ target }) => onChange({ by: target.value as 'team' })}
      />
      <SelectField
        label={say('reports.hours')}
        value={search.hours ?? 'business'}
        options={hoursKinds.map((value) => ({
          value,
          label: say(`reportHours.${value}`),
        }))}
        onChange={({ target }) => onChange({ hours: target.value === 'wall' ? 'wall' : undefined })}
      />
      <SelectField
        label={say('reports.zone')}
        value={search.zone ?? ownZone}
        options={zones.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
        onChange={({ target }) => onChange({ zone: target.value === ownZone ? undefined : target.value })}
      />
    </>
  )
}

function Filter({ search, onChange }: Props) {
  const put = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const only = String(new FormData(event.currentTarget).get('only') ?? '').trim()
    onChange({ only: only === '' ? undefined : only })
  }
  return (
    <form className={styles['filter']} onSubmit={put} role="search">
      <TextField
        key={search.only}
        label={say('reports.filter')}
        name="only"
        defaultValue={search.only ?? ''}
        maxLength={2_000}
        placeholder="priority:urgent tag:refund"
      />
      <Button type="submit">{say('reports.apply')}</Button>
    </form>
  )
}

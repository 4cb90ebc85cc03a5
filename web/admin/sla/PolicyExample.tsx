// When a ticket would be due by the targets as they stand in the form.
import { useState } from 'react'

import type { Hours } from '../../../src/api/contract/sla.ts'
import { SelectField } from '../../parts/Form.tsx'
import { metricName } from '../../sla/clock.ts'
import { say } from '../../words/say.ts'
import { ExampleLine } from './ExampleLine.tsx'
import { DAYS, readLength } from './length.ts'
import { hoursOf, PRIORITIES, type Row, useCalendars } from './sla.ts'

const always: Hours = {
  timeZone: 'UTC',
  weekly: Object.fromEntries(DAYS.map((day) => [day, [['00:00', '24:00']]])),
  holidays: [],
  exceptions: {},
}

export function PolicyExample({ rows }: { rows: readonly Row[] }) {
  const calendars = useCalendars().filter(({ archived }) => !archived)
  const promised = rows.filter(({ seconds }) => PRIORITIES.some((each) => seconds[each].trim() !== ''))
  const [metric, setMetric] = useState(promised[0]?.metric)
  const [priority, setPriority] = useState<(typeof PRIORITIES)[number]>('normal')
  const [inherited, setInherited] = useState('')
  const row = promised.find((each) => each.metric === metric) ?? promised[0]
  if (row === undefined) return null
  const wanted = row.calendar === 'inherit' ? inherited : row.calendar
  const calendar = calendars.find(({ id }) => String(id) === wanted) ?? calendars[0]
  const hours = row.calendar === 'always' || calendar === undefined ? always : hoursOf(calendar)
  return (
    <ExampleLine hours={hours} seconds={readLength(row.seconds[priority]) ?? null}>
      <SelectField
        label={say('property.priority')}
        value={priority}
        onChange={(event) => setPriority(event.target.value as typeof priority)}
        options={PRIORITIES.map((value) => ({ value, label: say(`priority.${value}`) }))}
      />
      <SelectField
        label={say('sla.metric')}
        value={row.metric}
        onChange={(event) => setMetric(event.target.value as typeof metric)}
        options={promised.map(({ metric: value }) => ({ value, label: metricName(value) }))}
      />
      {row.calendar === 'inherit' && calendar !== undefined && (
        <SelectField
          label={say('policies.countsBy')}
          value={String(calendar.id)}
          onChange={(event) => setInherited(event.target.value)}
          options={calendars.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
      )}
    </ExampleLine>
  )
}

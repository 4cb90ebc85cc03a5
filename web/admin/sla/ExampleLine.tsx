// "A ticket at … with a target of … is due …", as it is typed.
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'

import type { Hours } from '../../../src/api/contract/sla.ts'
import { TextField } from '../../parts/Form.tsx'
import { dayAndTime } from '../../parts/time.ts'
import { call } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import styles from './sla.module.css'

type Props = {
  hours: Hours
  /** The target; null while there is none, or none that reads. */
  seconds: number | null
  /** What says which target that is. */
  children: ReactNode
}

export function ExampleLine({ hours, seconds, children }: Props) {
  const [at, setAt] = useState(() => nextFriday())
  const moment = new Date(at)
  const asked =
    seconds !== null && seconds > 0 && !Number.isNaN(moment.getTime())
      ? { hours, from: moment.toISOString(), seconds }
      : null
  const { data } = useQuery({
    queryKey: ['calendar-due', asked],
    queryFn: () => call<{ dueAt: string | null }>('POST', '/calendars/due', { body: asked }),
    enabled: asked !== null,
    retry: false,
  })
  return (
    <section className={styles['example']}>
      <h2 className={styles['section']}>{say('calendars.example')}</h2>
      <div className={styles['exampleRow']}>
        <TextField
          label={say('calendars.exampleAt')}
          type="datetime-local"
          value={at}
          onChange={(event) => setAt(event.target.value)}
        />
        {children}
      </div>
      <p aria-live="polite">
        {data?.dueAt
          ? say('calendars.exampleDue', { at: dayAndTime(data.dueAt) })
          : say('calendars.exampleNone')}
      </p>
    </section>
  )
}

function nextFriday(): string {
  const date = new Date()
  date.setDate(date.getDate() + ((5 - date.getDay() + 7) % 7 || 7))
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T16:45`
}

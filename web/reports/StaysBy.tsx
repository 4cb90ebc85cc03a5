// How long tickets stay in each status, by team or by category: asked for when somebody wants to know.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Stays } from '../../src/api/contract/stalls.ts'
import { stayFields, type StayField } from '../../src/reporting/vocabulary.ts'
import { Arrived } from '../parts/Arrived.tsx'
import { SelectField } from '../parts/Form.tsx'
import { number } from '../parts/time.ts'
import { call } from '../wire/call.ts'
import { say, sayName } from '../words/say.ts'
import { Table } from './Figure.tsx'
import styles from './reports.module.css'
import { duration } from './units.ts'

type Props = { asked: { filter: string | undefined; zone: string } }

export function StaysBy({ asked }: Props) {
  const [by, setBy] = useState<StayField | undefined>(undefined)
  return (
    <section className={styles['figure']}>
      <div className={styles['tools']}>
        <SelectField
          label={say('stalls.staysBy')}
          value={by ?? ''}
          options={[
            { value: '', label: say('stalls.notTold') },
            ...stayFields.map((value) => ({ value, label: sayName('reportField', value) })),
          ]}
          onChange={({ target }) => setBy(stayFields.find((each) => each === target.value))}
        />
      </div>
      {by !== undefined && <Told by={by} asked={asked} />}
    </section>
  )
}

function Told({ by, asked }: Props & { by: StayField }) {
  const query = useQuery({
    queryKey: ['reports', 'stays', by, asked],
    queryFn: () => call<Stays>('GET', '/reports/stalls/in-status', { query: { ...asked, by } }),
  })
  const wall = (seconds: number) => duration(seconds, 'wall')
  const reached = (n: number, seconds: number | null) =>
    n < 10 ? '–' : seconds === null ? say('stalls.notReached') : wall(seconds)
  return (
    <Arrived query={query} rows={6} height={32}>
      {({ items }) => (
        <Table
          label={say('stalls.staysBy')}
          head={[
            sayName('property', 'status'),
            sayName('reportField', by),
            'n',
            say('stalls.running'),
            say('stalls.median'),
            say('reports.intervalHead'),
            say('stalls.p95'),
          ]}
          rows={items.map(({ status, group, n, running, median, low, high, p95 }) => [
            sayName('status', status),
            group?.replaceAll('/', ' / ') ?? say('reports.none'),
            number(n),
            number(running),
            reached(n, median),
            low === null || high === null ? '–' : `${wall(low)} – ${wall(high)}`,
            reached(n, p95),
          ])}
        />
      )}
    </Arrived>
  )
}

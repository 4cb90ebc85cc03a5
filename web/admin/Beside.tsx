// The last changes of what a page keeps, beside it: who changed what, from what to what.
import { useQuery } from '@tanstack/react-query'

import type { AuditEntry } from '../../src/api/contract/desk.ts'
import type { Page } from '../../src/api/contract/shapes.ts'
import { Age } from '../parts/Marks.tsx'
import { call } from '../wire/call.ts'
import { useMay } from '../wire/session.ts'
import { say, sayName } from '../words/say.ts'
import styles from './admin.module.css'
import { shownValue } from './values.ts'

export function LastChanges({ thing }: { thing: string }) {
  const may = useMay('audit.read')
  const { data } = useQuery({
    queryKey: ['audit', 'of', thing],
    queryFn: () => call<Page<AuditEntry>>('GET', '/audit', { query: { thing, limit: 5 } }),
    enabled: may,
    staleTime: 0,
  })
  if (!may || !data || data.items.length === 0) return null
  return (
    <aside className={styles['beside']} aria-label={say('audit.last')}>
      <h2>{say('audit.last')}</h2>
      <ol>
        {data.items.map(({ id, at, actor, action, thing: changed, changes }) => (
          <li key={id}>
            <p>
              <b>{actor.name ?? sayName('actor', actor.type)}</b> · <Age at={at} />
            </p>
            <p>
              {sayName('auditAction', action)} {changed.name}
            </p>
            {changes.slice(0, 4).map(({ field, from, to }) => (
              <p key={field} className={styles['muted']}>
                {say('audit.change', { field, from: shownValue(from), to: shownValue(to) })}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </aside>
  )
}

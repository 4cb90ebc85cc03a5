// The last changes of what a page keeps, beside it: who changed what, from what to what, and the way back.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import type { AuditEntry } from '../../src/api/contract/desk.ts'
import type { Page } from '../../src/api/contract/shapes.ts'
import { Age } from '../parts/Marks.tsx'
import { call } from '../wire/call.ts'
import { useMay } from '../wire/session.ts'
import { say, sayName } from '../words/say.ts'
import styles from './admin.module.css'
import { Changed, Restore } from './Changed.tsx'

/** Of these kinds of things, with commas between, or of one of them. */
export function LastChanges({ thing, thingId }: { thing: string; thingId?: number }) {
  const may = useMay('audit.read')
  const { data } = useQuery({
    queryKey: ['audit', 'of', thing, thingId],
    queryFn: () => call<Page<AuditEntry>>('GET', '/audit', { query: { thing, thingId, limit: 5 } }),
    enabled: may,
    staleTime: 0,
  })
  if (!may || !data || data.items.length === 0) return null
  return (
    <aside className={`${styles['beside']} ${styles['last']}`} aria-label={say('audit.last')}>
      <h2>{say('audit.last')}</h2>
      <ol>
        {data.items.map((entry) => (
          <li key={entry.id}>
            <p>
              <b>{entry.actor.name ?? sayName('actor', entry.actor.type)}</b> · <Age at={entry.at} />
            </p>
            <Changed entry={entry} most={4} />
            <Restore entry={entry} />
          </li>
        ))}
      </ol>
      <p>
        <Link to={'/admin/audit' as '/admin'} search={{ thing, thingId } as never}>
          {say('audit.all')}
        </Link>
      </p>
    </aside>
  )
}

// Audit: who changed what about the desk itself, newest first.
import type { AuditEntry } from '../../src/api/contract/desk.ts'
import { Age } from '../parts/Marks.tsx'
import { say, sayName } from '../words/say.ts'
import styles from './admin.module.css'
import { DataTable, Page } from './Page.tsx'
import { usePages } from './usePages.ts'

export function Audit() {
  const pages = usePages<AuditEntry>('audit')
  return (
    <Page title={say('admin.audit')} about={say('audit.about')}>
      <DataTable
        label={say('admin.audit')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('audit.empty')}
        columns={[
          { name: say('audit.when'), narrow: true, render: ({ at }) => <Age at={at} /> },
          {
            name: say('audit.who'),
            narrow: true,
            render: ({ actor }) => actor.name ?? sayName('actor', actor.type),
          },
          {
            name: say('audit.what'),
            render: ({ action, thing, changes }) => (
              <span className={styles['main2']}>
                <span className={styles['strong']}>
                  {sayName('auditAction', action)} {thing.name}
                </span>
                {changes.map(({ field, from, to }) => (
                  <span key={field} className={styles['muted']}>
                    {say('audit.change', { field, from: shown(from), to: shown(to) })}
                  </span>
                ))}
              </span>
            ),
          },
        ]}
      />
    </Page>
  )
}

function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return say('value.empty')
  if (Array.isArray(value)) return value.join(', ') || say('value.empty')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

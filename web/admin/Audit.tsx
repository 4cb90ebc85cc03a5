// Audit: who changed what about the desk itself, newest first.
import type { AuditEntry } from '../../src/api/contract/desk.ts'
import { Age } from '../parts/Marks.tsx'
import { say, sayName } from '../words/say.ts'
import styles from './admin.module.css'
import { DataTable, Page } from './Page.tsx'
import { usePages } from './usePages.ts'
import { shownValue } from './values.ts'

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
                    {say('audit.change', { field, from: shownValue(from), to: shownValue(to) })}
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

// Audit: who changed what about the desk itself, newest first, all of it or what concerns some things.
import { Link, useSearch } from '@tanstack/react-router'

import type { AuditEntry } from '../../src/api/contract/desk.ts'
import { Age } from '../parts/Marks.tsx'
import { say, sayName } from '../words/say.ts'
import styles from './admin.module.css'
import { AuditChain } from './AuditChain.tsx'
import { DataTable, Page } from './Page.tsx'
import { usePages } from './usePages.ts'
import { Changed, Restore } from './Changed.tsx'

export function Audit() {
  const { thing, thingId } = useSearch({ strict: false }) as { thing?: string; thingId?: number }
  const pages = usePages<AuditEntry>('audit', {
    ...(thing === undefined ? {} : { thing }),
    ...(thingId === undefined ? {} : { thingId: String(thingId) }),
  })
  return (
    <Page title={say('admin.audit')} about={say('audit.about')}>
      <AuditChain />
      {thing !== undefined && (
        <p className={styles['filters']}>
          {say('audit.only', {
            things: thing
              .split(',')
              .map((each) => sayName('auditThing', each))
              .join(', '),
          })}
          <Link to={'/admin/audit' as '/admin'}>{say('audit.everything')}</Link>
        </p>
      )}
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
            render: (entry) => <Changed entry={entry} most={20} />,
          },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (entry) => <Restore entry={entry} />,
          },
        ]}
      />
    </Page>
  )
}

// The administration: its own navigation at the side, one page at a time. Loaded only when somebody goes there.
import { Link, Outlet } from '@tanstack/react-router'

import type { Permission } from '../../src/api/contract.ts'
import { useMe } from '../wire/session.ts'
import { say, type WordId } from '../words/say.ts'
import styles from './admin.module.css'

const pages: ReadonlyArray<readonly [path: string, word: WordId, permission: Permission]> = [
  ['agents', 'admin.agents', 'agents.write'],
  ['teams', 'admin.teams', 'teams.write'],
  ['categories', 'admin.categories', 'categories.write'],
  ['fields', 'admin.fields', 'fields.write'],
  ['tags', 'admin.tags', 'tags.write'],
  ['rules', 'admin.rules', 'rules.read'],
  ['webhooks', 'admin.webhooks', 'webhooks.write'],
  ['mailboxes', 'admin.mailboxes', 'mailboxes.read'],
  ['policies', 'admin.policies', 'sla.write'],
  ['calendars', 'admin.calendars', 'sla.write'],
  ['outbox', 'admin.outbox', 'outbox.read'],
  ['quarantine', 'admin.quarantine', 'quarantine.read'],
  ['mail-safety', 'admin.mailSafety', 'mail_policy.write'],
  ['mails', 'admin.mails', 'mail_policy.write'],
  ['tokens', 'admin.tokens', 'tokens.write'],
  ['settings', 'admin.settings', 'settings.write'],
  ['audit', 'admin.audit', 'audit.read'],
]

export function AdminFrame() {
  const { permissions } = useMe()
  return (
    <div className={styles['admin']}>
      <nav className={styles['nav']} aria-label={say('admin.name')} id="list">
        <p className={styles['navTitle']}>{say('admin.name')}</p>
        <ul>
          {pages
            .filter(([, , permission]) => permissions.includes(permission))
            .map(([path, word]) => (
              <li key={path}>
                <Link to={`/admin/${path}` as '/admin'} className={styles['navLink']}>
                  {say(word)}
                </Link>
              </li>
            ))}
        </ul>
      </nav>
      <main className={styles['main']} id="conversation" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  )
}

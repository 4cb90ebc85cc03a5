// What points at a thing, each a way to the page where it is kept.
import { Link } from '@tanstack/react-router'

import type { TeamUses } from '../../src/api/contract/desk.ts'
import { say } from '../words/say.ts'

type Use = TeamUses['items'][number]

const pageOf: Readonly<Record<Use['kind'], string>> = {
  rule: '/admin/rules',
  view: '/admin/views',
  mailbox: '/admin/mailboxes',
  form: '/admin/forms',
  hook: '/admin/hooks',
  queue: '/admin/queues',
  skill: '/admin/skills',
  policy: '/admin/policies',
  macro: '/admin/macros',
  report: '/reports',
  retention: '/admin/privacy',
  assistant: '/admin/assistant',
}

export function Uses({ items }: { items: readonly Use[] }) {
  if (items.length === 0) return null
  return (
    <ul>
      {items.map(({ kind, id, title }) => (
        <li key={`${kind}${id}`}>
          {say(`use.${kind}`)} <Link to={pageOf[kind]}>{title}</Link>
        </li>
      ))}
    </ul>
  )
}

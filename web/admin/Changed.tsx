// What one entry of the audit changed, field by field, and the way back where there is one.
import type { AuditEntry } from '../../src/api/contract/desk.ts'
import { Button } from '../parts/Button.tsx'
import { call } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { say, sayName } from '../words/say.ts'
import styles from './admin.module.css'
import { attempt } from './saving.ts'
import { changedParts } from './values.ts'

export function Changed({ entry: { action, thing, changes }, most }: { entry: AuditEntry; most: number }) {
  // From nothing to nothing is no change to whoever reads it.
  const told = changes
    .map(({ field, from, to }) => ({ field, parts: changedParts(from, to, field) }))
    .filter(({ parts }) => parts.from !== parts.to)
  return (
    <span className={styles['main2']}>
      <span className={styles['strong']}>
        {sayName('auditAction', action)} <bdi>{thing.name}</bdi>
      </span>
      {told.slice(0, most).map(({ field, parts }) => (
        <span key={field} className={styles['muted']}>
          {say('audit.change', { field: sayName('auditField', field), ...parts })}
        </span>
      ))}
      {told.length > most && (
        <span className={styles['muted']}>{say('audit.more', { n: told.length - most })}</span>
      )}
    </span>
  )
}

/** Puts a thing back to how it was before this change. That is a change itself, so it can be taken back the same way. */
export function Restore({ entry: { id, back, thing } }: { entry: AuditEntry }) {
  if (back === null) return null
  const name = thing.name ?? ''
  return (
    <Button
      weight="quiet"
      aria-label={say('audit.restoreOne', { name })}
      title={say('audit.restoreHelp')}
      data-restores={id}
      onClick={() =>
        void attempt(
          () => call(back.method, back.path, { body: back.body }),
          say('admin.restored', { name }),
          // It can be any thing of the desk, shown anywhere.
          () => void client.invalidateQueries(),
        )
      }
    >
      {say('action.restore')}
    </Button>
  )
}

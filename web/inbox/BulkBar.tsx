// What can be done with the selected tickets, and how many they are.
import { X } from 'lucide-react'

import { Button, IconButton } from '../parts/Button.tsx'
import { ask, type Asked, clearSelection, useDesk } from '../parts/desk-state.ts'
import { say } from '../words/say.ts'
import styles from './inbox.module.css'

const asked = [
  ['status', 's'],
  ['assignee', 'a'],
  ['priority', 'p'],
  ['tags', 't'],
] as const satisfies ReadonlyArray<readonly [Asked, string]>

export function BulkBar() {
  const count = useDesk((state) => state.selection.size)
  if (count === 0) return null
  return (
    <div className={styles['bulk']} role="toolbar" aria-label={say('bulk.name')}>
      <span className={styles['bulkCount']} aria-live="polite">
        {say('bulk.count', { count })}
      </span>
      {asked.map(([what, keys]) => (
        <Button key={what} weight="quiet" keys={keys} title={say(`ask.${what}`)} onClick={() => ask(what)}>
          {say(`property.${what}`)}
        </Button>
      ))}
      <IconButton label={say('bulk.clear')} keys="Esc" onClick={clearSelection}>
        <X size={14} aria-hidden />
      </IconButton>
    </div>
  )
}

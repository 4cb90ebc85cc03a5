// What can be done with the selected tickets, and how many they are; beyond the rows read, everything that matches.
import { X } from 'lucide-react'

import type { Count } from '../../src/api/contract/shapes.ts'
import { useKeys } from '../keys/keys.ts'
import { Button, IconButton } from '../parts/Button.tsx'
import { ask, type Asked, clearSelection, selectAll, useDesk } from '../state/desk-state.ts'
import { number } from '../parts/time.ts'
import { say } from '../words/say.ts'
import styles from './bulk.module.css'

const asked = [
  ['status', 's'],
  ['assignee', 'a'],
  ['priority', 'p'],
  ['tags', 't'],
  ['team', 'v'],
  ['snooze', 'h'],
  ['category', ''],
] as const satisfies ReadonlyArray<readonly [Asked, string]>

type Props = { q: string; total: Count | undefined; shown: number }

export function BulkBar({ q, total, shown }: Props) {
  const count = useDesk((state) => state.selection.size)
  const everything = useDesk((state) => state.everything)
  const all = total?.count ?? shown
  useKeys('keys.list', [
    { keys: '*', word: 'keys.selectAll', run: () => (count === shown ? clearSelection() : selectAll()) },
  ])
  if (count === 0) return null
  const selected = everything?.total ?? count
  return (
    <div className={styles['bulk']} role="toolbar" aria-label={say('bulk.name')}>
      <p className={styles['count']} aria-live="polite">
        {say('bulk.selected', { count: selected, shown: number(selected) })}
        {everything === null && count < shown && (
          <Button weight="quiet" keys="*" onClick={() => selectAll()}>
            {say('bulk.selectShown', { count: number(shown) })}
          </Button>
        )}
        {everything === null && count === shown && all > shown && (
          <Button weight="quiet" onClick={() => selectAll({ q, total: all })}>
            {say('bulk.selectAll', { count: number(all) })}
          </Button>
        )}
      </p>
      <div className={styles['actions']}>
        {asked.map(([what, keys]) => (
          <Button key={what} {...(keys ? { keys } : {})} title={say(`ask.${what}`)} onClick={() => ask(what)}>
            {say(what === 'snooze' ? 'more.snooze' : `property.${what}`)}
          </Button>
        ))}
        <IconButton label={say('bulk.clear')} keys="Esc" onClick={clearSelection}>
          <X size={14} aria-hidden />
        </IconButton>
      </div>
    </div>
  )
}

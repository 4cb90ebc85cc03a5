// Whether the details beside a ticket are shown: as this person left them, except on a phone, where they take the conversation's
// place and are shown only while they are looked at.
import { setDesk, useDesk } from './desk-state.ts'
import { useNarrow } from './narrow.ts'
import { prefer, usePreference } from './preferences.ts'

export function useContextShown(): readonly [shown: boolean, show: (next: boolean) => void] {
  const isNarrow = useNarrow()
  const folded = usePreference('contextFolded')
  const opened = useDesk((state) => state.layer === 'context')
  if (isNarrow) return [opened, (next) => setDesk({ layer: next ? 'context' : null })]
  return [!folded, (next) => prefer({ contextFolded: !next })]
}

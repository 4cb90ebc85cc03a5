// Whether the window is as narrow as a phone's, where one pane is shown at a time.
import { useSyncExternalStore } from 'react'

const narrow = window.matchMedia('(max-width: 759px)')

export function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      narrow.addEventListener('change', listener)
      return () => narrow.removeEventListener('change', listener)
    },
    () => narrow.matches,
  )
}

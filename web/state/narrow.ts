// How wide the window is: as narrow as a phone's, where one pane is shown at a time; or with room for one pane, list or conversation,
// but not for both.
import { useSyncExternalStore } from 'react'

const narrow = window.matchMedia('(max-width: 759px)')
const onePane = window.matchMedia('(min-width: 760px) and (max-width: 1099px)')

export const useNarrow = (): boolean => useMedia(narrow)

/** The list has the whole window to itself. */
export const useWideList = (): boolean => useMedia(onePane)

function useMedia(query: MediaQueryList): boolean {
  return useSyncExternalStore(
    (listener) => {
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    () => query.matches,
  )
}

// The tab's title: what is on the screen first, then the desk's name.
import { useEffect } from 'react'

import { useMe } from '../wire/session.ts'

/** `null` leaves the title to a deeper screen. */
export function useTitle(parts: readonly string[] | null): void {
  const { deskName } = useMe()
  const title = parts === null ? null : [...parts, deskName || 'Docket'].join(' · ')
  useEffect(() => {
    if (title !== null) document.title = title
  }, [title])
}

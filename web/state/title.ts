// The tab's title: how much is unread, what is on the screen, then the desk's name. The icon has a dot while anything is unread.
import { useEffect } from 'react'

import { useMe } from '../wire/session.ts'

let unread = 0
let plain = ''

function show(): void {
  document.title = unread > 0 ? `(${unread}) ${plain}` : plain
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]')
  const href = unread > 0 ? '/icon-unread.svg' : '/icon.svg'
  if (icon && icon.getAttribute('href') !== href) icon.href = href
}

export function setUnread(count: number): void {
  unread = count
  if (plain !== '') show()
}

/** `null` leaves the title to a deeper screen. */
export function useTitle(parts: readonly string[] | null): void {
  const { deskName } = useMe()
  const title = parts === null ? null : [...parts, deskName || 'Docket'].join(' · ')
  useEffect(() => {
    if (title === null) return
    plain = title
    show()
  }, [title])
}

// The line between list and conversation: drag it, or focus it and use the arrow keys. The width is remembered.
import type { KeyboardEvent, PointerEvent } from 'react'

import { prefer, preferences, usePreference } from '../state/preferences.ts'
import { say } from '../words/say.ts'
import styles from './inbox.module.css'

const narrowest = 300
const widest = 560

export function Divider() {
  const width = usePreference('listWidth')
  return (
    // A separator with a value is a control, whatever the rule believes.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={say('list.width')}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      aria-valuenow={width}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={styles['divider']}
      onPointerDown={follow}
      onKeyDown={step}
    />
  )
}

function setWidth(width: number): void {
  prefer({ listWidth: Math.round(Math.min(widest, Math.max(narrowest, width))) })
}

function step(event: KeyboardEvent): void {
  const by = event.key === 'ArrowRight' ? 16 : event.key === 'ArrowLeft' ? -16 : 0
  if (by === 0) return
  event.preventDefault()
  setWidth(preferences.get().listWidth + by)
}

function follow({ currentTarget, pointerId, clientX }: PointerEvent<HTMLElement>): void {
  const from = preferences.get().listWidth
  currentTarget.setPointerCapture(pointerId)
  const move = (event: globalThis.PointerEvent) => setWidth(from + event.clientX - clientX)
  currentTarget.addEventListener('pointermove', move)
  currentTarget.addEventListener(
    'lostpointercapture',
    () => currentTarget.removeEventListener('pointermove', move),
    { once: true },
  )
}

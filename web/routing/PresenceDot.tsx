// Presence as a shape as well as a colour: filled, half, crossed, empty.
import type { Presence } from '../../src/api/contract/routing.ts'
import { sayName } from '../words/say.ts'
import styles from './routing.module.css'

export function PresenceDot({
  presence,
  big = false,
  named = false,
}: {
  presence: Presence
  big?: boolean
  named?: boolean
}) {
  const size = big ? 16 : 10
  return (
    <span className={styles['dot']} data-presence={presence}>
      <svg width={size} height={size} viewBox="0 0 10 10" aria-hidden>
        <circle
          cx="5"
          cy="5"
          r="4"
          fill={presence === 'online' ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="1.5"
        />
        {presence === 'transfers_only' && <path d="M5 1a4 4 0 0 1 0 8z" fill="currentColor" />}
        {(presence === 'away' || presence === 'away_and_reassigning') && (
          <path
            d="M5 2.6V5l1.7 1.2"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.2"
            strokeLinecap="round"
          />
        )}
      </svg>
      {named && sayName('presence', presence)}
    </span>
  )
}

// On a desk that counts for how long agents have tickets before them: counts it, tells it in small sums, and shows whoever it is of theirs.
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'

import type { Touch as Told } from '../../../src/api/contract/touch.ts'
import { durationsIn } from '../../../src/reporting/spoken.ts'
import { MOST_TOUCH_SECONDS } from '../../../src/tickets/touch.ts'
import { call, CallFailed } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { useMay, useMe } from '../../wire/session.ts'
import { locales } from '../../words/language.ts'
import { say } from '../../words/say.ts'
import styles from './context.module.css'
import { TouchCount } from './touch-count.ts'

const TOLD_EVERY_MS = 30_000
const acts = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const
const duration = durationsIn(locales)
const keyOf = (ticketId: number) => ['touch', ticketId]

export function Touch({ ticketId }: { ticketId: number }) {
  const { countsTouch } = useMe()
  const isCounted = useMay('ticket.note') && countsTouch
  return isCounted ? <Counted ticketId={ticketId} /> : null
}

function Counted({ ticketId }: { ticketId: number }) {
  const { data } = useQuery({
    queryKey: keyOf(ticketId),
    queryFn: () => call<Told>('GET', `/tickets/${ticketId}/touch`),
  })
  useEffect(() => countOn(ticketId), [ticketId])
  if (data?.seconds == null) return null
  return (
    <p className={styles['touch']} title={say('touch.means')}>
      {say('touch.own', { time: duration(data.seconds, 'wall') })}
    </p>
  )
}

const isBefore = () => document.visibilityState === 'visible' && document.hasFocus()

/** Counts until the answer is called. */
function countOn(ticketId: number): () => void {
  const count = new TouchCount(performance.now(), isBefore())
  let isOff = false
  const tell = async () => {
    if (isOff) return
    const seconds = count.take(performance.now(), MOST_TOUCH_SECONDS)
    if (seconds === 0) return
    try {
      // What is told as the page goes away still leaves.
      const told = await call<Told>('POST', `/tickets/${ticketId}/touch`, {
        body: { seconds },
        keepalive: true,
      })
      client.setQueryData(keyOf(ticketId), told)
      isOff = told.seconds === null
    } catch (error) {
      // Who may not, or no more, is not asked again and again.
      if (error instanceof CallFailed && error.status >= 400 && error.status < 500)
        isOff = error.status !== 429
      if (!isOff) count.giveBack(seconds)
    }
  }
  const act = () => count.acted(performance.now())
  const turn = () => {
    count.turned(performance.now(), isBefore())
    if (!isBefore()) void tell()
  }
  for (const kind of acts) addEventListener(kind, act, { capture: true, passive: true })
  for (const kind of ['focus', 'blur'] as const) addEventListener(kind, turn)
  document.addEventListener('visibilitychange', turn)
  const timer = setInterval(() => void tell(), TOLD_EVERY_MS)
  return () => {
    clearInterval(timer)
    for (const kind of acts) removeEventListener(kind, act, { capture: true })
    for (const kind of ['focus', 'blur'] as const) removeEventListener(kind, turn)
    document.removeEventListener('visibilitychange', turn)
    void tell()
  }
}

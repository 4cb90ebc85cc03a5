// Whether the first screen stands: until then nothing is loaded or asked for that it does not show.
import { startTransition, useEffect } from 'react'

import { afterPaint } from '../state/painted.ts'
import { createStore, useStore } from '../state/store.ts'
import { client } from '../wire/client.ts'

/** A slow answer holds up the rest no longer than this. */
const LONGEST_WAIT_MS = 2_000

const calm = createStore(false)
const becomeCalm = () => afterPaint(() => startTransition(() => calm.set(true)))
setTimeout(becomeCalm, LONGEST_WAIT_MS)

export const useCalm = () => useStore(calm, (now) => now)

/** For what is loaded then. */
export const whenCalm = new Promise<void>((done) => calm.subscribe(done))

/** Calm comes once nothing is being read any more and what was read is painted. */
export function useCalming(): void {
  useEffect(() => {
    const unsubscribe = client.getQueryCache().subscribe(() => {
      if (client.isFetching() > 0) return
      unsubscribe()
      becomeCalm()
    })
    return unsubscribe
  }, [])
}

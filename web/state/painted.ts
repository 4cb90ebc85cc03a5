// What nobody looks at first waits until what they look at is on the screen.
import { startTransition, useEffect, useState } from 'react'

/** A page that is not shown paints nothing, and need not wait long. */
const LONGEST_WAIT_MS = 200

/** Runs once what stands in the page now was painted; returns what takes it back. */
export function afterPaint(run: () => void): () => void {
  let task = setTimeout(run, LONGEST_WAIT_MS)
  const frame = requestAnimationFrame(() => {
    clearTimeout(task)
    task = setTimeout(run)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(task)
  }
}

/** False until what was mounted with it was painted. */
export function usePainted(): boolean {
  const [painted, setPainted] = useState(false)
  useEffect(() => afterPaint(() => startTransition(() => setPainted(true))), [])
  return painted
}

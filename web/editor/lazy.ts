// Brings the editor when the browser has nothing else to do, so that it is there before somebody writes.
import { lazy } from 'react'

const load = () => import('./Editor.tsx')
export const Editor = lazy(load)

/** Loads the editor at the next quiet moment. */
export function loadEditorWhenIdle(): () => void {
  if ('requestIdleCallback' in window) {
    const handle = requestIdleCallback(() => void load(), { timeout: 3_000 })
    return () => cancelIdleCallback(handle)
  }
  const timer = setTimeout(() => void load(), 1_200)
  return () => clearTimeout(timer)
}

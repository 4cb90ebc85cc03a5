// Brings the editor when the browser has nothing else to do, so that it is there before somebody writes.
import { lazy } from 'react'

export const loadEditor = () => import('./Editor.tsx')
export const Editor = lazy(loadEditor)

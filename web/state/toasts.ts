// Asking for a toast from anywhere; parts/Toasts.tsx draws them.
import { Toast } from '@base-ui/react/toast'

export type ToastData = {
  action?: { label: string; run: () => void }
  /** An instant; the toast counts down to it and then goes. */
  until?: number
}

export const toasts = Toast.createToastManager<ToastData>()

type Notice = {
  kind?: 'done' | 'error'
  title: string
  detail?: string
  action?: ToastData['action']
  until?: number
}

let lastDone: string | null = null

/** What is said before there is anything to draw it waits. */
let waiting: (() => void)[] | null = []
export function drawn(): void {
  waiting?.forEach((add) => add())
  waiting = null
}

/** Shows a toast and answers its id. Errors stay until dismissed; the rest go after 6 s or at `until`. */
export function notify({ kind = 'done', title, detail, action, until }: Notice): string {
  const timeout = kind === 'error' ? 0 : until ? Math.max(1_000, until - Date.now()) : 6_000
  // One plain notice at a time; what can still be taken back, and failures, stay beside it.
  if (kind === 'done' && lastDone) toasts.close(lastDone)
  const id = crypto.randomUUID()
  const toast = {
    id,
    type: kind,
    title,
    timeout,
    priority: kind === 'error' ? ('high' as const) : ('low' as const),
    ...(detail ? { description: detail } : {}),
    data: { ...(action ? { action } : {}), ...(until ? { until } : {}) },
  }
  if (waiting) waiting.push(() => toasts.add(toast))
  else toasts.add(toast)
  if (kind === 'done') lastDone = until ? null : id
  return id
}

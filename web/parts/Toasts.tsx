// Draws the toasts: at most three, with their action and, for what can be taken back in time, the seconds left. They cover nothing:
// at the foot of the list, or of the whole window where no list is, as much room is made for them as they take (`--toasts`).
import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { useEffect, useState } from 'react'

import { say } from '../words/say.ts'
import { Button, IconButton } from './Button.tsx'
import styles from './toasts.module.css'
import { drawn, type ToastData, toasts } from '../state/toasts.ts'

export function Toasts() {
  useEffect(drawn, [])
  return (
    <Toast.Provider toastManager={toasts} limit={3}>
      <Toast.Portal>
        <Toast.Viewport ref={makeRoom} className={styles['viewport']} aria-label={say('toasts.name')}>
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function makeRoom(viewport: HTMLElement | null): (() => void) | undefined {
  if (viewport === null) return undefined
  const measure = new ResizeObserver(() =>
    document.documentElement.style.setProperty('--toasts', `${viewport.offsetHeight}px`),
  )
  measure.observe(viewport)
  return () => measure.disconnect()
}

function List() {
  const { toasts: shown, close } = Toast.useToastManager<ToastData>()
  return shown.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className={styles['toast']}
      data-kind={toast.type}
      swipeDirection="right"
    >
      <Toast.Content className={styles['content']}>
        <div className={styles['words']}>
          <Toast.Title className={styles['title']} />
          <Toast.Description className={styles['detail']} />
        </div>
        {toast.data?.action && (
          <Button
            weight="quiet"
            className={styles['action']}
            onClick={() => {
              close(toast.id)
              toast.data?.action?.run()
            }}
          >
            {toast.data.action.label}
            {toast.data.until && <Countdown until={toast.data.until} />}
          </Button>
        )}
        <Toast.Close
          render={
            <IconButton label={say('action.dismiss')}>
              <X size={14} aria-hidden />
            </IconButton>
          }
        />
      </Toast.Content>
    </Toast.Root>
  ))
}

function Countdown({ until }: { until: number }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250)
    return () => clearInterval(timer)
  }, [])
  return <span className="tabular">({Math.max(0, Math.ceil((until - now) / 1000))})</span>
}

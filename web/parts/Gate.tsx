// The quiet page before the app: signing in and setting up.
import type { ReactNode } from 'react'

import styles from './gate.module.css'

export function Gate({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={styles['gate']}>
      <div className={styles['card']}>
        <img src="/icon.svg" alt="" width="32" height="32" />
        <h1 className={styles['title']}>{title}</h1>
        {children}
      </div>
    </main>
  )
}

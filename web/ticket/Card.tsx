// A card of the side: a title, perhaps a number and a button, and what it is about.
import type { ReactNode } from 'react'

import styles from './context.module.css'

type Props = { title: string; hint?: string | undefined; action?: ReactNode; children: ReactNode }

export function Card({ title, hint, action, children }: Props) {
  return (
    <section className={styles['card']}>
      <h2 className={styles['title']}>
        {title}
        {hint && <span className={styles['titleHint']}>{hint}</span>}
        {action}
      </h2>
      {children}
    </section>
  )
}

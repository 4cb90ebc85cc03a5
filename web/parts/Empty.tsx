// What stands where a list has nothing, and what stands there while it loads.
import { type ReactNode, useEffect, useState } from 'react'

import styles from './empty.module.css'

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles['empty']}>
      <p className={styles['title']}>{title}</p>
      {children && <div className={styles['more']}>{children}</div>}
    </div>
  )
}

/** Grey rows of the right height; nothing for the first 150 ms. */
export function Skeleton({ rows, height }: { rows: number; height: number }) {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 150)
    return () => clearTimeout(timer)
  }, [])
  if (!slow) return null
  return (
    <div aria-hidden className={styles['skeleton']}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} style={{ height }} className={styles['row']}>
          <span style={{ width: `${72 - ((row * 17) % 40)}%` }} />
          {height > 40 && <span style={{ width: `${90 - ((row * 29) % 35)}%` }} />}
        </div>
      ))}
    </div>
  )
}

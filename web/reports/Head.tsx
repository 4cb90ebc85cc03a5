// What stands above a part of a board that is no chart: what it tells, in words.
import styles from './reports.module.css'

export function Head({ title, about }: { title: string; about: string }) {
  return (
    <div className={styles['caption']}>
      <div>
        <h2>{title}</h2>
        <p className={styles['hint']}>{about}</p>
      </div>
    </div>
  )
}

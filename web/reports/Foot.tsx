// What a printed report says at its foot: of which time and which tickets it tells, and when it was printed.
import { dayAndTime, useMinute } from '../parts/time.ts'
import { say } from '../words/say.ts'
import styles from './reports.module.css'
import { askedOf, type ReportSearch } from './search.ts'

export function Foot({ search, title }: { search: ReportSearch; title: string }) {
  const { from, to, zone, filter = '' } = askedOf(search)
  const now = useMinute()
  const at = dayAndTime(new Date(now).toISOString())
  return (
    <p className={styles['foot']}>
      {title} · {say('reports.printedOf', { from, to, zone })}
      {filter !== '' && ` · ${say('reports.filter')}: ${filter}`} · {say('reports.printedAt', { at })}
    </p>
  )
}

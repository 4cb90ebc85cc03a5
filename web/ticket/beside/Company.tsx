// Colleagues who have the same ticket open: a ring for who looks, a filled ring and the word for who writes.
import { Avatar } from '../../parts/Marks.tsx'
import { useCompany } from '../../wire/presence.ts'
import { say } from '../../words/say.ts'
import styles from './company.module.css'

export function Company({ ticketId }: { ticketId: number }) {
  const people = useCompany(ticketId)
  if (people.length === 0) return null
  return (
    <ul className={styles['company']} aria-label={say('company.name')}>
      {people.slice(0, 4).map(({ id, name, typing }) => {
        const words = say(typing === null ? 'company.views' : `company.${typing}`, { name })
        return (
          <li key={id} className={styles['person']} data-typing={typing !== null || undefined} title={words}>
            <Avatar name={name} of={id} size={20} />
            {typing !== null && <span className={styles['typing']}>{say('company.typing')}</span>}
            <span className="unseen">{words}</span>
          </li>
        )
      })}
    </ul>
  )
}

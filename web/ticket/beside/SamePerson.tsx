// Customers who may be one with the requester of a ticket, each leading to their page, where the two can be joined.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { duplicatesQuery } from '../../wire/beside.ts'
import { say } from '../../words/say.ts'
import styles from './context.module.css'

export function SamePerson({ personId }: { personId: number }) {
  const { data } = useQuery(duplicatesQuery(personId))
  if (!data?.items.length) return null
  return (
    <section className={styles['same']} aria-label={say('same.person')}>
      <p>{say('same.person')}</p>
      <ul>
        {data.items.map(({ id, name, email, reason }) => (
          <li key={id}>
            <Link to="/admin/people" search={{ person: personId }}>
              {name || email}
            </Link>{' '}
            <span className={styles['muted']}>
              {[name === '' ? '' : email, say(`same.${reason}`)].filter((each) => each !== '').join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

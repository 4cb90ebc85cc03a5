// Categories that hold two kinds of tickets: what each kind speaks of, whom it goes to, how long it takes, and its tickets.
import { Link } from '@tanstack/react-router'

import type { Taxonomy as Found } from '../../src/api/contract/reports.ts'
import { SPLIT_EACH } from '../../src/reporting/boards.ts'
import { number } from '../parts/time.ts'
import { useTeams } from '../wire/desk.ts'
import { say, sayName } from '../words/say.ts'
import { units } from './Change.tsx'
import { Table } from './Figure.tsx'
import { Head } from './Head.tsx'
import styles from './reports.module.css'
import { valueOf } from './units.ts'

/** Each group is a row with its tickets below it, as many as it says. */
export function Splits({ found: { splits, categories } }: { found: Found }) {
  const teams = useTeams()
  const nameOf = (team: number | null) =>
    team === null ? say('reports.none') : (teams.find(({ id }) => id === team)?.name ?? `#${team}`)
  const pathOf = (wanted: number) =>
    categories.find(({ id }) => id === wanted)?.path.replaceAll('/', ' / ') ?? `#${wanted}`
  return (
    <section className={styles['figure']}>
      <Head title={say('taxonomy.splits')} about={say('taxonomy.splitsMean', { n: SPLIT_EACH })} />
      {splits.length === 0 ? (
        <p className={styles['nothing']}>{say('taxonomy.noSplits')}</p>
      ) : (
        <Table
          label={say('taxonomy.splits')}
          head={[
            say('reportField.category'),
            say('taxonomy.speaks'),
            say('taxonomy.tickets'),
            say('taxonomy.goesTo'),
            say('taxonomy.takes'),
            say('taxonomy.differ'),
          ]}
          rows={splits.flatMap(({ categoryId, by, groups }) =>
            groups.map(({ words, tickets, team, median }) => [
              pathOf(categoryId),
              words.join(', '),
              <GroupTickets key="tickets" tickets={tickets} />,
              say('taxonomy.mostly', {
                team: nameOf(team.id),
                count: number(team.count),
                n: number(tickets.length),
              }),
              valueOf(units.wall, median),
              by.map((reason) => sayName('splitReason', reason)).join(', '),
            ]),
          )}
        />
      )}
    </section>
  )
}

function GroupTickets({ tickets }: { tickets: Found['splits'][number]['groups'][number]['tickets'] }) {
  return (
    <details>
      <summary>{number(tickets.length)}</summary>
      <ul className={styles['reasons']}>
        {tickets.map(({ ticketId, subject }) => (
          <li key={ticketId}>
            <Link to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(ticketId) }}>
              #{ticketId} {subject}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  )
}

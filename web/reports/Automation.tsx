// How the rules fare, and what is wrong with each: those to look at first stand first.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import type { Automation as Found } from '../../src/api/contract/reports.ts'
import { Arrived } from '../parts/Arrived.tsx'
import { dayAndTime, finePercent, number } from '../parts/time.ts'
import { call } from '../wire/call.ts'
import { say, sayName } from '../words/say.ts'
import { Table } from './Figure.tsx'
import { Head } from './Head.tsx'
import styles from './reports.module.css'

type Item = Found['items'][number]

export function Automation() {
  const query = useQuery({
    queryKey: ['reports', 'automation'],
    queryFn: () => call<Found>('GET', '/reports/automation'),
  })
  return (
    <Arrived query={query} rows={8} height={40}>
      {({ items }) => (
        <>
          <Verdicts items={items} />
          <Fared items={items} />
        </>
      )}
    </Arrived>
  )
}

function Title({ ruleId, title }: Pick<Item, 'ruleId' | 'title'>) {
  return <Link to={`/admin/rules/${ruleId}` as '/admin'}>{title}</Link>
}

function Verdicts({ items }: { items: readonly Item[] }) {
  const wrong = items.filter(({ verdicts }) => verdicts.length > 0)
  const titleOf = (wanted: number) => items.find(({ ruleId }) => ruleId === wanted)?.title ?? `#${wanted}`
  const reasonOf = ({ fight, regret }: Item, verdict: string) =>
    verdict === 'fighting' && fight !== null
      ? say('automation.with', { title: titleOf(fight.ruleId), count: number(fight.count) })
      : verdict === 'wrong'
        ? say('automation.regretted', { share: finePercent(regret.share), low: finePercent(regret.low) })
        : say(`verdictMeans.${verdict as 'dead'}`)
  return (
    <section className={styles['figure']}>
      <Head title={say('automation.verdicts')} about={say('automation.verdictsMean')} />
      {wrong.length === 0 ? (
        <p className={styles['nothing']}>{say('automation.fine')}</p>
      ) : (
        <ol className={styles['list']}>
          {wrong.map((item) => (
            <li key={item.ruleId}>
              <Title {...item} />
              <span className={styles['hint']}>{item.ownerName}</span>
              <ul className={styles['reasons']}>
                {item.verdicts.map((verdict) => (
                  <li key={verdict}>
                    {sayName('verdict', verdict)}: {reasonOf(item, verdict)}
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function Fared({ items }: { items: readonly Item[] }) {
  return (
    <section className={styles['figure']}>
      <Head title={say('automation.fared')} about={say('automation.faredMeans')} />
      <Table
        label={say('automation.fared')}
        head={[
          say('automation.rule'),
          say('automation.days7'),
          say('automation.days30'),
          say('automation.days90'),
          say('automation.noOp'),
          say('automation.refused'),
          say('automation.conflicts'),
          say('automation.regret'),
          say('automation.last'),
        ]}
        rows={items.map((item) => {
          const { days7, days30, days90, regret, lastFiredAt } = item
          return [
            <Title key="rule" {...item} />,
            number(days7.fired),
            number(days30.fired),
            number(days90.fired),
            days90.fired === 0 ? '–' : finePercent(days90.noOp / days90.fired),
            number(days90.refused),
            number(days90.conflicts),
            regret.set === 0
              ? '–'
              : `${finePercent(regret.share)} (${finePercent(regret.low)} – ${finePercent(regret.high)})`,
            lastFiredAt === null ? '–' : dayAndTime(lastFiredAt),
          ]
        })}
      />
    </section>
  )
}

// How the rules fare, and what is wrong with each: those to look at first stand first.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import type { Automation as Found } from '../../src/api/contract/reports.ts'
import { Button } from '../parts/Button.tsx'
import { Arrived } from '../parts/Arrived.tsx'
import { dayAndTime, finePercent, number, wholeDay } from '../parts/time.ts'
import { call } from '../wire/call.ts'
import { say, sayName } from '../words/say.ts'
import { units, WithBefore } from './Change.tsx'
import { Table } from './Figure.tsx'
import { Head } from './Head.tsx'
import styles from './reports.module.css'
import { SavedTime } from './SavedTime.tsx'
import { SnoozeVerdict, useSnooze } from './SnoozeVerdict.tsx'
import { duration } from './units.ts'

type Item = Found['items'][number]
type Verdict = Item['verdicts'][number]

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
          <SavedTime items={items} />
          <Fared items={items} />
        </>
      )}
    </Arrived>
  )
}

function Title({ ruleId, title }: Pick<Item, 'ruleId' | 'title'>) {
  return <Link to={`/admin/rules/${ruleId}` as '/admin'}>{title}</Link>
}

/** Those that somebody lets be stand last, folded, with who and why. */
function Verdicts({ items }: { items: readonly Item[] }) {
  const [asked, setAsked] = useState<{ item: Item; verdict: Verdict } | null>(null)
  const isSnoozed = ({ snoozed }: Item, verdict: Verdict) => snoozed.some((each) => each.verdict === verdict)
  const wrong = items.filter((item) => item.verdicts.some((verdict) => !isSnoozed(item, verdict)))
  const resting = items.flatMap((item) => item.snoozed.map((snooze) => ({ item, ...snooze })))
  const { send, wake } = useSnooze()
  const titleOf = (wanted: number) => items.find(({ ruleId }) => ruleId === wanted)?.title ?? `#${wanted}`
  const reasonOf = ({ fight, regret }: Item, verdict: Verdict) =>
    verdict === 'fighting' && fight !== null
      ? say('automation.with', { title: titleOf(fight.ruleId), count: number(fight.count) })
      : verdict === 'wrong'
        ? say('automation.regretted', { share: finePercent(regret.share), low: finePercent(regret.low) })
        : say(`verdictMeans.${verdict}`)
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
                {item.verdicts
                  .filter((verdict) => !isSnoozed(item, verdict))
                  .map((verdict) => (
                    <li key={verdict}>
                      {sayName('verdict', verdict)}: {reasonOf(item, verdict)}
                      {item.maySnooze && (
                        <Button weight="quiet" onClick={() => setAsked({ item, verdict })}>
                          {say('automation.snooze')}
                        </Button>
                      )}
                    </li>
                  ))}
              </ul>
            </li>
          ))}
        </ol>
      )}
      {resting.length > 0 && (
        <details className={styles['resting']}>
          <summary>{say('automation.snoozed', { count: resting.length })}</summary>
          <ul className={styles['reasons']}>
            {resting.map(({ item, verdict, until, by, reason }) => (
              <li key={`${item.ruleId} ${verdict}`}>
                <Title {...item} />{' '}
                {say('automation.snoozedUntil', {
                  verdict: sayName('verdict', verdict),
                  day: wholeDay(`${until}T12:00:00`),
                  who: by ?? '–',
                  reason,
                })}
                {item.maySnooze && (
                  <Button weight="quiet" onClick={() => void wake(item.ruleId, verdict)}>
                    {say('automation.wake')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
      {asked && (
        <SnoozeVerdict
          title={asked.item.title}
          verdict={asked.verdict}
          onClose={() => setAsked(null)}
          onSnooze={(snooze) => send(asked.item.ruleId, { verdict: asked.verdict, ...snooze })}
        />
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
          say('automation.saved'),
          say('automation.last'),
        ]}
        rows={items.map((item) => {
          const { days7, days30, days90, regret, before, lastFiredAt } = item
          const { change } = before
          return [
            <Title key="rule" {...item} />,
            number(days7.fired),
            number(days30.fired),
            <WithBefore
              key="fired"
              value={number(days90.fired)}
              before={before.fired}
              change={change.fired}
              unit={units.count}
              better={null}
            />,
            <WithBefore
              key="noOp"
              value={days90.fired === 0 ? '–' : finePercent(days90.noOp / days90.fired)}
              before={before.fired === 0 ? null : before.noOp / before.fired}
              change={change.noOp}
              unit={units.share}
              better="less"
            />,
            number(days90.refused),
            number(days90.conflicts),
            <WithBefore
              key="regret"
              value={
                regret.set === 0
                  ? '–'
                  : `${finePercent(regret.share)} (${finePercent(regret.low)} – ${finePercent(regret.high)})`
              }
              before={before.set === 0 ? null : before.regretted / before.set}
              change={change.regret}
              unit={units.share}
              better="less"
            />,
            duration(item.savedSeconds, 'wall'),
            lastFiredAt === null ? '–' : dayAndTime(lastFiredAt),
          ]
        })}
      />
    </section>
  )
}

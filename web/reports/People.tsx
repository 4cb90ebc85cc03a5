// How each person fares: everybody sees their own numbers, leads those of the tickets in their sight. In the order of names, never of
// numbers; what is too little to say anything is not said.
import type { Report } from '../../src/api/contract/reports.ts'
import { FEWEST_OF_ONE, measuresOfBoard } from '../../src/reporting/boards.ts'
import { Arrived } from '../parts/Arrived.tsx'
import { number } from '../parts/time.ts'
import { say, sayName } from '../words/say.ts'
import { Figure, Table } from './Figure.tsx'
import { Head } from './Head.tsx'
import { NumberButton } from './NumberButton.tsx'
import { OwnReviews, OwnTime } from './Own.tsx'
import styles from './reports.module.css'
import { askedOf, type Asked, type ReportSearch } from './search.ts'
import { Spark } from './Spark.tsx'
import { momentOf, valueOf } from './units.ts'
import { groupsOf, useReport, type Group } from './wire.ts'

type Key = (typeof measuresOfBoard.people)[number]
/** A reply is its author's; all else belongs to whoever had the ticket then. */
const fieldOf = (key: Key) =>
  key === 'publicReplies' || key === 'firstReplyTime' || key === 'nextReplyTime' ? 'author' : 'assignee'

export function People({ search }: { search: ReportSearch }) {
  return (
    <>
      <Replies search={search} />
      <Numbers search={search} />
      <OwnTime search={search} />
      <OwnReviews />
    </>
  )
}

const byName = (a: Group, b: Group) => (a.name ?? '').localeCompare(b.name ?? '')

function Replies({ search }: { search: ReportSearch }) {
  const asked = { ...askedOf(search), by: 'author' }
  const query = useReport('publicReplies', asked)
  return (
    <Arrived query={query} rows={4} height={60}>
      {(report) => {
        const people = groupsOf(report)
          .filter(({ key }) => key !== null)
          .toSorted(byName)
        const most = Math.max(1, ...report.rows.map(({ value }) => value ?? 0))
        const sumOf = ({ rows }: Group) => rows.reduce((sum, { value }) => sum + (value ?? 0), 0)
        const whole = (group: Group) => (
          <NumberButton
            cell={{ key: 'publicReplies', asked, group: group.key }}
            words={number(sumOf(group))}
          />
        )
        return (
          <Figure
            title={say('people.replies')}
            about={say('people.repliesMean')}
            n={report.n}
            complete={report.complete}
            file={{ key: 'publicReplies', asked }}
            isDrawn={false}
            table={{
              head: [say('reports.when'), ...people.map(({ name }) => name ?? '')],
              rows: (people[0]?.rows ?? []).map(({ at = report.from }, index) => [
                momentOf(at, report, false),
                ...people.map((group) => (
                  <NumberButton
                    key={group.key}
                    cell={{ key: 'publicReplies', asked, at, group: group.key }}
                    words={number(group.rows[index]?.value ?? 0)}
                  />
                )),
              ]),
            }}
          >
            {people.length === 0 ? (
              <p className={styles['nothing']}>{say('reports.nothing')}</p>
            ) : (
              <dl className={styles['sums']}>
                {people.map((group) => (
                  <div key={group.key}>
                    <dt>{group.name}</dt>
                    <dd>
                      <Spark values={group.rows.map(({ value }) => value ?? 0)} most={most} />
                      {whole(group)}
                    </dd>
                  </div>
                ))}
              </dl>
            )}
          </Figure>
        )
      }}
    </Arrived>
  )
}

function Numbers({ search }: { search: ReportSearch }) {
  const { bucket: _, ...whole } = askedOf(search)
  // The measures are always the same, in the same order.
  const found = measuresOfBoard.people.map((key) => {
    const asked = { ...whole, by: fieldOf(key) }
    // oxlint-disable-next-line react/rules-of-hooks
    return { key, asked, report: useReport(key, asked).data }
  })
  if (found.some(({ report }) => report === undefined)) return null
  const names = new Map(
    found.flatMap(({ report }) =>
      (report?.rows ?? []).flatMap(({ groupKey, group }) =>
        groupKey == null ? [] : [[groupKey, group ?? ''] as const],
      ),
    ),
  )
  if (names.size === 0) return null
  return (
    <section className={styles['figure']}>
      <Head title={say('people.numbers')} about={say('people.numbersMean', { n: FEWEST_OF_ONE })} />
      <Table
        label={say('people.numbers')}
        head={[say('people.person'), ...found.map(({ key }) => sayName('measure', key))]}
        rows={[...names]
          .toSorted(([, a], [, b]) => a.localeCompare(b))
          .map(([person, name]) => [
            name,
            ...found.map(({ key, asked, report }) => (
              <Cell key={key} report={report} asked={asked} person={person} />
            )),
          ])}
      />
    </section>
  )
}

function Cell({ report, asked, person }: { report: Report | undefined; asked: Asked; person: string }) {
  const row = report?.rows.find(({ groupKey }) => groupKey === person)
  if (report === undefined || row === undefined || row.n === 0) return '–'
  const isFew = row.n < FEWEST_OF_ONE || row.value === null
  return (
    <>
      {report.unit !== 'count' && (
        <span className={isFew ? styles['hint'] : undefined}>
          {isFew ? say('people.few') : valueOf(report, row.value)}{' '}
        </span>
      )}
      <NumberButton
        cell={{ key: report.key, asked, group: person }}
        words={report.unit === 'count' ? number(row.value ?? 0) : `n ${number(row.n)}`}
      />
    </>
  )
}

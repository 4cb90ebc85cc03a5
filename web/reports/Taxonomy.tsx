// How tidy categories and tags are, and what would help most. What is said of a name opens its tickets.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import type { Taxonomy as Found } from '../../src/api/contract/reports.ts'
import { Arrived } from '../parts/Arrived.tsx'
import { finePercent, number } from '../parts/time.ts'
import { call } from '../wire/call.ts'
import { say, sayName } from '../words/say.ts'
import { units, WithBefore } from './Change.tsx'
import { Table } from './Figure.tsx'
import { Head } from './Head.tsx'
import styles from './reports.module.css'
import { ownZone, type ReportSearch } from './search.ts'
import { Splits } from './Splits.tsx'

export function Taxonomy({ search }: { search: ReportSearch }) {
  const asked = { filter: search.only, zone: search.zone ?? ownZone }
  const query = useQuery({
    queryKey: ['reports', 'taxonomy', asked],
    queryFn: () => call<Found>('GET', '/reports/taxonomy', { query: asked }),
  })
  return (
    <Arrived query={query} rows={8} height={40}>
      {(found) => (
        <>
          <Score found={found} />
          <Categories found={found} only={search.only} />
          <Pairs found={found} />
          <Splits found={found} />
          <Tags found={found} only={search.only} />
        </>
      )}
    </Arrived>
  )
}

const tenths = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })

function Score({ found }: { found: Found }) {
  const { score, penalties, n, churn, churnBy, unset, effective, before } = found
  const fixes = penalties.filter(({ points }) => points >= 0.05).slice(0, 3)
  return (
    <section className={styles['figure']}>
      <Head title={say('taxonomy.score')} about={say('taxonomy.scoreMeans', { n: number(n) })} />
      <p className={styles['summary']}>
        <b className={styles['score']}>{score === null ? '–' : say('taxonomy.points', { points: score })}</b>
        {score === null && <span>{say('taxonomy.few')}</span>}
        <span>
          {say('taxonomy.effective', { count: tenths.format(effective) })}
          {before.n > 0 && ` (${say('reports.before', { value: tenths.format(before.effective) })})`}
        </span>
        <span>{say('taxonomy.unset', { count: number(unset) })}</span>
        <span>
          {say('taxonomy.churn', { count: number(churn) })}
          {churnBy.length > 0 &&
            ` (${churnBy.map(({ by, count }) => `${sayName('actorType', by)} ${number(count)}`).join(', ')})`}
        </span>
      </p>
      {score !== null && fixes.length > 0 && (
        <>
          <h3>{say('taxonomy.fixes')}</h3>
          <ol className={styles['fixes']}>
            {fixes.map(({ fault, points }) => (
              <li key={fault}>
                {sayName('taxonomyFix', fault)}{' '}
                <span className={styles['hint']}>
                  {say('taxonomy.gain', { points: tenths.format(points) })}
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
      <Table
        label={say('taxonomy.weights')}
        head={[say('taxonomy.fault'), say('reports.share'), say('taxonomy.weight'), say('taxonomy.lost')]}
        rows={penalties.map(({ fault, weight, share, points }) => [
          sayName('taxonomyFault', fault),
          <Share key="share" share={share} before={before.shares} fault={fault} />,
          number(weight),
          tenths.format(points),
        ])}
      />
    </section>
  )
}

/** Of what is a share of tickets it is told what it was before. */
function Share({
  share,
  before,
  fault,
}: {
  share: number
  before: Found['before']['shares']
  fault: string
}) {
  const past = fault in before ? before[fault as keyof typeof before] : { share: null, change: null }
  return (
    <WithBefore
      value={finePercent(share)}
      before={past.share}
      change={past.change}
      unit={units.share}
      better="less"
    />
  )
}

/** The search that finds what a number counts. */
function Behind({
  found,
  term,
  only,
  words,
}: {
  found: Found
  term: string
  only: string | undefined
  words: string
}) {
  const q = [term, `created:>=${found.since}`, only].filter(Boolean).join(' ')
  return (
    <Link to="/inbox/$view" params={{ view: 'search' }} search={{ q }}>
      {words}
    </Link>
  )
}

function Categories({ found, only }: { found: Found; only: string | undefined }) {
  const { categories, n, unset } = found
  const withBelow = categories.map((each) => ({
    ...each,
    total: categories
      .filter(({ path }) => path === each.path || path.startsWith(`${each.path}/`))
      .reduce((sum, { count }) => sum + count, 0),
  }))
  const sorted = n - unset
  return (
    <section className={styles['figure']}>
      <Head title={say('taxonomy.categories')} about={say('taxonomy.categoriesMean')} />
      <Table
        label={say('taxonomy.categories')}
        head={[
          say('reportField.category'),
          say('taxonomy.tickets'),
          say('reports.share'),
          say('taxonomy.said'),
        ]}
        rows={withBelow
          .toSorted((a, b) => b.total - a.total)
          .map(({ id, path, total, faults, archived }) => [
            path.replaceAll('/', ' / '),
            <Behind key={id} found={found} only={only} term={`category:"${path}/*"`} words={number(total)} />,
            sorted === 0 ? '–' : finePercent(total / sorted),
            [
              ...(archived ? [say('taxonomy.archived')] : []),
              ...faults.map((fault) => sayName('taxonomyFault', fault)),
            ].join(', '),
          ])}
      />
    </section>
  )
}

function Pairs({ found: { pairs, categories } }: { found: Found }) {
  const pathOf = (wanted: number) =>
    categories.find(({ id }) => id === wanted)?.path.replaceAll('/', ' / ') ?? `#${wanted}`
  return (
    <section className={styles['figure']}>
      <Head title={say('taxonomy.pairs')} about={say('taxonomy.pairsMean')} />
      {pairs.length === 0 ? (
        <p className={styles['nothing']}>{say('taxonomy.noPairs')}</p>
      ) : (
        <Table
          label={say('taxonomy.pairs')}
          head={[
            say('taxonomy.one'),
            say('taxonomy.another'),
            say('taxonomy.alike'),
            say('taxonomy.alikeBy'),
          ]}
          rows={pairs.map(({ ids: [one, other], by, likeness }) => [
            pathOf(one),
            pathOf(other),
            finePercent(likeness),
            sayName('likeness', by),
          ])}
        />
      )}
    </section>
  )
}

function Tags({ found, only }: { found: Found; only: string | undefined }) {
  const { implied, typos, idle, n } = found.tags
  const tag = (name: string) => (
    <Behind key={name} found={found} only={only} term={`tag:"${name}"`} words={name} />
  )
  const rows = [
    ...typos.map(({ tag: name, meant }) => [tag(name), say('taxonomy.typo', { meant })]),
    ...implied.map(({ tag: name, with: other, share }) => [
      tag(name),
      say('taxonomy.implied', { other, share: finePercent(share) }),
    ]),
    ...idle.map((name) => [tag(name), say('taxonomy.idle')]),
  ]
  return (
    <section className={styles['figure']}>
      <Head title={say('taxonomy.tags')} about={say('taxonomy.tagsMean', { n: number(n) })} />
      {rows.length === 0 ? (
        <p className={styles['nothing']}>{say('taxonomy.tagsFine')}</p>
      ) : (
        <Table label={say('taxonomy.tags')} head={[say('taxonomy.tag'), say('taxonomy.said')]} rows={rows} />
      )}
    </section>
  )
}

// The tickets that would have gone otherwise, by one kind of difference or all; each opens side by side.
import { useState } from 'react'

import type { BacktestReport, Diff, Difference } from '../../../src/api/contract/backtests.ts'
import { Button } from '../../parts/Button.tsx'
import { Empty, Skeleton } from '../../parts/Empty.tsx'
import { dayAndTime } from '../../parts/time.ts'
import { reasonOf } from '../../wire/call.ts'
import { say, sayName } from '../../words/say.ts'
import { usePages } from '../usePages.ts'
import styles from './backtests.module.css'
import { SideBySide } from './SideBySide.tsx'
import { changeWords, valueWords } from './words.ts'

export type DiffFilter = {
  readonly kind?: Difference['kind']
  readonly rule?: string
  readonly certain?: 'true' | 'false'
  readonly what?: string
  readonly from?: string
  readonly to?: string
}

type Props = {
  backtestId: number
  rules: BacktestReport['rules']
  filter: DiffFilter
  onFilter: (filter: DiffFilter) => void
}

const KINDS = ['fired', 'not_fired', 'mail_new', 'mail_lost', 'breached', 'saved', 'value'] as const

export function Diffs({ backtestId, rules, filter, onFilter }: Props) {
  const pages = usePages<Diff>(`backtests/${backtestId}/diffs`, { ...filter })
  const query = new URLSearchParams(Object.entries(filter)).toString()
  const file = (name: string) => `/api/v1/backtests/${backtestId}/diffs.${name}${query && `?${query}`}`
  return (
    <section className={styles['part']}>
      <h2>{say('backtests.diffs')}</h2>
      <div className={styles['filters']} role="group" aria-label={say('backtests.filter')}>
        <Choice
          isOn={Object.keys(filter).length === 0}
          onClick={() => onFilter({})}
          label={say('backtests.everything')}
        />
        {KINDS.map((kind) => (
          <Choice
            key={kind}
            isOn={filter.kind === kind}
            onClick={() => onFilter({ kind })}
            label={sayName('differenceKind', kind)}
          />
        ))}
        <Choice
          isOn={filter.certain === 'true'}
          onClick={() => onFilter({ certain: 'true' })}
          label={say('backtests.certain')}
        />
      </div>
      <p className={styles['pair']}>
        <span className={styles['hint']}>{narrowed(filter, rules)}</span>
        <a href={file('csv')} download>
          CSV
        </a>
        <a href={file('ndjson')} download>
          NDJSON
        </a>
      </p>
      <List pages={pages} backtestId={backtestId} />
    </section>
  )
}

/** What the list is narrowed to besides a kind. */
function narrowed({ rule, what, from, to }: DiffFilter, rules: Props['rules']): string {
  if (rule !== undefined) return rules.find(({ id }) => String(id) === rule)?.title ?? rule
  if (what === undefined) return ''
  if (from === undefined || to === undefined) return what
  const change = { from, to, fromName: null, toName: null }
  return `${sayName('seenField', what)}: ${changeWords(what, change)}`
}

function Choice({ isOn, onClick, label }: { isOn: boolean; onClick: () => void; label: string }) {
  return (
    <Button aria-pressed={isOn} onClick={onClick}>
      {label}
    </Button>
  )
}

function List({ pages, backtestId }: { pages: ReturnType<typeof usePages<Diff>>; backtestId: number }) {
  const [open, setOpen] = useState<number | null>(null)
  if (pages.error && pages.items.length === 0)
    return (
      <Empty title={say('list.failed')}>
        <p>{reasonOf(pages.error)}</p>
        <Button onClick={pages.retry}>{say('action.retry')}</Button>
      </Empty>
    )
  if (pages.loading) return <Skeleton rows={4} height={56} />
  if (pages.items.length === 0) return <Empty title={say('backtests.noDiffs')} />
  return (
    <>
      <ul className={styles['diffs']}>
        {pages.items.map((diff) => (
          <li key={diff.ticketId}>
            <button
              type="button"
              className={styles['diff']}
              aria-expanded={open === diff.ticketId}
              onClick={() => setOpen(open === diff.ticketId ? null : diff.ticketId)}
            >
              <b>
                #{diff.ticketId} {diff.subject ?? say('backtests.gone')}
              </b>
              <span className={styles['changes']}>
                {diff.differences.slice(0, 6).map((difference, index) => (
                  <Change key={index} difference={difference} />
                ))}
                {diff.differences.length === 0 && diff.divergesAt !== null && (
                  <span>{say('backtests.divergesAt', { when: dayAndTime(diff.divergesAt) })}</span>
                )}
                {diff.differences.length > 6 && <span>+{diff.differences.length - 6}</span>}
              </span>
            </button>
            {open === diff.ticketId && <SideBySide backtestId={backtestId} ticketId={diff.ticketId} />}
          </li>
        ))}
      </ul>
      {pages.hasMore && <Button onClick={pages.loadMore}>{say('list.more')}</Button>}
    </>
  )
}

function Change({ difference: { kind, certain, rule, what, change } }: { difference: Difference }) {
  const about =
    kind === 'value'
      ? `${sayName('seenField', what ?? '')}: ${change ? changeWords(what ?? '', change) : ''}`
      : kind === 'breached' || kind === 'saved'
        ? sayName('metric', what ?? '')
        : [rule?.title, what === null ? null : valueWords('', what, null)].filter(Boolean).join(', ')
  return (
    <span>
      {sayName('differenceKind', kind)} – {about}
      {!certain && <em> ({say('backtests.assumed')})</em>}
    </span>
  )
}

// The pages of reports: which one, over what, and the list behind the number that was chosen.
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'

import { boards, type Board } from '../../src/reporting/boards.ts'
import { lazily } from '../parts/lazily.tsx'
import { useTitle } from '../state/title.ts'
import { say, sayName } from '../words/say.ts'
import { AssistantBoard } from './AssistantBoard.tsx'
import { Behind } from './Behind.tsx'
import { Controls } from './Controls.tsx'
import { Flow } from './Flow.tsx'
import { Foot } from './Foot.tsx'
import { Measure } from './Measure.tsx'
import { Now } from './Now.tsx'
import { OpenList } from './open-list.ts'
import { People } from './People.tsx'
import { Quality } from './Quality.tsx'
import styles from './reports.module.css'
import { OpenedNote, Saved, useOpened } from './Saved.tsx'
import { boardsOfAll, boardsOfNow, readSearch, type ReportSearch } from './search.ts'
import { Sla } from './Sla.tsx'
import { Speed } from './Speed.tsx'
import type { Cell } from './wire.ts'

const loadOfNow = () => import('./of-now.ts')
const Automation = lazily(() => loadOfNow().then((all) => all.Automation))
const Reviews = lazily(() => loadOfNow().then((all) => all.Reviews))
const Stalls = lazily(() => loadOfNow().then((all) => all.Stalls))
const Taxonomy = lazily(() => loadOfNow().then((all) => all.Taxonomy))

const pages = {
  now: Now,
  flow: Flow,
  speed: Speed,
  sla: Sla,
  quality: Quality,
  automation: Automation,
  assistant: AssistantBoard,
  stalls: Stalls,
  taxonomy: Taxonomy,
  people: People,
  measure: Measure,
}

export function Reports() {
  const { board } = useParams({ strict: false }) as { board?: string }
  return board === 'reviews' ? <Reviews /> : <Board named={board} />
}

function Board({ named }: { named: string | undefined }) {
  const address = useSearch({ strict: false })
  const search = useMemo(() => readSearch(address as Record<string, unknown>), [address])
  const navigate = useNavigate()
  const [cell, setCell] = useState<Cell | null>(null)
  const board: Board = boards.find((each) => each === named) ?? 'flow'
  const Page = pages[board]
  // The assistant is told by what it may do: category by category, unless somebody asks otherwise.
  const shown: ReportSearch =
    board === 'assistant' && search.by === undefined ? { ...search, by: 'category' } : search
  const opened = useOpened(search)
  const title = opened?.name ?? sayName('board', board)
  useTitle([title, say('rail.reports')])
  const change = (part: Partial<ReportSearch>) =>
    void navigate({ to: '/reports/$board', params: { board }, search: { ...search, ...part }, replace: true })
  // A new list for each number: what was scrolled to belongs to the one before.
  const list = useMemo(() => cell && <Behind cell={cell} onClose={() => setCell(null)} />, [cell])
  return (
    <main className={styles['page']} id="conversation" tabIndex={-1}>
      <header className={styles['head']}>
        <h1 className={styles['title']}>{title}</h1>
        <nav className={styles['boards']} aria-label={say('rail.reports')}>
          {boards.map((each) => (
            <Link
              key={each}
              to="/reports/$board"
              params={{ board: each }}
              search={{ ...search, saved: undefined }}
              activeOptions={{ includeSearch: false }}
            >
              {sayName('board', each)}
            </Link>
          ))}
        </nav>
        <Saved board={board} search={search} />
      </header>
      <OpenedNote board={board} search={search} />
      {!boardsOfAll.includes(board) && (
        <Controls isNow={boardsOfNow.includes(board)} search={shown} onChange={change} />
      )}
      <OpenList value={setCell}>
        <Page search={shown} onChange={change} />
      </OpenList>
      {list}
      <Foot search={search} title={title} />
    </main>
  )
}

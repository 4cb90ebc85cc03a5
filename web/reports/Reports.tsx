// The pages of reports: which one, over what, and the list behind the number that was chosen.
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'

import { useTitle } from '../state/title.ts'
import { say } from '../words/say.ts'
import { Automation } from './Automation.tsx'
import { Behind } from './Behind.tsx'
import { Controls } from './Controls.tsx'
import { Flow } from './Flow.tsx'
import { Now } from './Now.tsx'
import { OpenList } from './open-list.ts'
import { Quality } from './Quality.tsx'
import styles from './reports.module.css'
import { boards, boardsOfAll, boardsOfNow, type Board, type ReportSearch } from './search.ts'
import { Sla } from './Sla.tsx'
import { Speed } from './Speed.tsx'
import { Stalls } from './Stalls.tsx'
import { Taxonomy } from './Taxonomy.tsx'
import type { Cell } from './wire.ts'

const pages = {
  now: Now,
  flow: Flow,
  speed: Speed,
  sla: Sla,
  quality: Quality,
  automation: Automation,
  stalls: Stalls,
  taxonomy: Taxonomy,
}

export function Reports() {
  const { board: named } = useParams({ strict: false }) as { board?: string }
  const search = useSearch({ strict: false }) as ReportSearch
  const navigate = useNavigate()
  const [cell, setCell] = useState<Cell | null>(null)
  const board: Board = boards.find((each) => each === named) ?? 'flow'
  const Page = pages[board]
  const title = say(`reports.${board}`)
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
            <Link key={each} to="/reports/$board" params={{ board: each }} search={search}>
              {say(`reports.${each}`)}
            </Link>
          ))}
        </nav>
      </header>
      {!boardsOfAll.includes(board) && (
        <Controls isNow={boardsOfNow.includes(board)} search={search} onChange={change} />
      )}
      <OpenList value={setCell}>
        <Page search={search} />
      </OpenList>
      {list}
    </main>
  )
}

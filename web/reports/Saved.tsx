// The reports that are kept: which are there, the one that is open, and what is done with the board as it is set now.
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ChevronDown } from 'lucide-react'
import { useEffect, useState } from 'react'

import type { SavedReport } from '../../src/api/contract/saved.ts'
import type { Board } from '../../src/reporting/boards.ts'
import { Button } from '../parts/Button.tsx'
import { MenuButton, type Entry } from '../parts/MenuButton.tsx'
import { dayAndTime } from '../parts/time.ts'
import { say } from '../words/say.ts'
import { MailReport } from './MailReport.tsx'
import styles from './reports.module.css'
import { noteOpened, savedQuery } from './saved.ts'
import { SaveReport } from './SaveReport.tsx'
import { isAsSaved, searchOf, type ReportSearch } from './search.ts'

type Props = { board: Board; search: ReportSearch }

/** The saved report that the address names, if there is one and the reader sees it. */
export function useOpened(search: ReportSearch): SavedReport | undefined {
  return useQuery(savedQuery).data?.find(({ id }) => String(id) === search.saved)
}

export function Saved({ board, search }: Props) {
  const { data = [] } = useQuery(savedQuery)
  const opened = useOpened(search)
  const [dialog, setDialog] = useState<'save' | 'mail' | null>(null)
  const navigate = useNavigate()
  const openedId = opened?.id
  useEffect(() => {
    if (openedId !== undefined) noteOpened(openedId)
  }, [openedId])
  const go = (report: SavedReport) =>
    void navigate({
      to: '/reports/$board',
      params: { board: report.board },
      search: searchOf(report),
    })
  return (
    <span className={styles['tools']}>
      {data.length > 0 && (
        <MenuButton
          label={say('savedReports.all')}
          className={styles['number']}
          align="end"
          entries={data.map((report) => entryOf(report, opened, () => go(report)))}
        >
          <span className={styles['told']}>
            {say('savedReports.all')} <ChevronDown size={14} aria-hidden />
          </span>
        </MenuButton>
      )}
      <Button weight="quiet" onClick={() => setDialog('save')}>
        {say('savedReports.save')}
      </Button>
      {opened && (opened.mine || opened.schedule?.toMe) && (
        <Button weight="quiet" onClick={() => setDialog('mail')}>
          {say('savedReports.mail')}
        </Button>
      )}
      <Button weight="quiet" onClick={() => window.print()}>
        {say('reports.print')}
      </Button>
      {dialog === 'save' && (
        <SaveReport
          board={board}
          search={search}
          opened={opened}
          onClose={() => setDialog(null)}
          onSaved={go}
        />
      )}
      {dialog === 'mail' && opened && <MailReport report={opened} onClose={() => setDialog(null)} />}
    </span>
  )
}

function entryOf(report: SavedReport, opened: SavedReport | undefined, run: () => void): Entry {
  const { name, scope, team, owner, schedule, mine } = report
  const whose =
    scope === 'shared'
      ? say('savedReports.shared')
      : scope === 'team'
        ? (team?.name ?? '')
        : mine
          ? ''
          : owner.name
  const mails =
    schedule === null
      ? ''
      : schedule.paused === null
        ? say('savedReports.isMailed')
        : say('savedReports.isPaused')
  const hint = [whose, mails].filter(Boolean).join(' · ')
  return {
    label: (
      <>
        {name}
        {hint && <span className={styles['hint']}> {hint}</span>}
      </>
    ),
    chosen: report.id === opened?.id,
    run,
  }
}

/** What stands under the title of a saved report: whether it was changed since, and how its mails fare. */
export function OpenedNote({ board, search }: Props) {
  const opened = useOpened(search)
  if (opened === undefined) return null
  const { schedule } = opened
  return (
    <div>
      <p className={styles['summary']} role="status">
        {!isAsSaved(opened, board, search) && `${say('savedReports.changed')} `}
        {schedule !== null &&
          (schedule.dueAt === null
            ? say(`savedReports.paused.${schedule.paused ?? 'hand'}`)
            : say('savedReports.next', { at: dayAndTime(schedule.dueAt) }))}
        {schedule?.problem && ` ${say('savedReports.problem', { problem: schedule.problem })}`}
      </p>
    </div>
  )
}

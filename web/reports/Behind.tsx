// The list behind a number: exactly the tickets that it counts, each a way to the ticket.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import type { Report } from '../../src/api/contract/reports.ts'
import { Button } from '../parts/Button.tsx'
import { Skeleton } from '../parts/Empty.tsx'
import { Modal } from '../parts/Modal.tsx'
import { dayAndTime } from '../parts/time.ts'
import { call, reasonOf } from '../wire/call.ts'
import { say, sayName } from '../words/say.ts'
import styles from './reports.module.css'
import { valueOf } from './units.ts'
import { behindQuery, type Cell } from './wire.ts'

export function Behind({ cell, onClose }: { cell: Cell; onClose: () => void }) {
  const { data, error, hasNextPage, fetchNextPage } = useInfiniteQuery(behindQuery(cell))
  const { data: report } = useQuery({
    queryKey: ['reports', cell.key, cell.asked],
    queryFn: () => call<Report>('GET', `/reports/${cell.key}`, { query: cell.asked }),
  })
  const rows = data?.pages.flatMap(({ items }) => items)
  return (
    <Modal title={sayName('measure', cell.key)} shape="wide" open onClose={onClose}>
      {error && <p role="alert">{reasonOf(error)}</p>}
      {!error && rows === undefined && <Skeleton rows={6} height={32} />}
      {rows && (
        <p className={styles['hint']} role="status">
          {say(hasNextPage ? 'reports.listedMore' : 'reports.listed', { count: rows.length })}
        </p>
      )}
      <ol className={styles['list']}>
        {rows?.map(({ ticketId, subject, at, value }, index) => (
          // A ticket may be counted more than once.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={`${ticketId} ${index}`}>
            {ticketId === null ? (
              <span>{say('reports.noTicket')}</span>
            ) : (
              <Link to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(ticketId) }}>
                #{ticketId} {subject}
              </Link>
            )}
            <span className={styles['hint']}>
              {dayAndTime(at)}
              {report?.unit === 'seconds' && value !== null && ` · ${valueOf(report, value)}`}
              {report?.unit === 'share' && ` · ${say(value === 1 ? 'reports.yes' : 'reports.no')}`}
            </span>
          </li>
        ))}
      </ol>
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{say('list.more')}</Button>}
    </Modal>
  )
}

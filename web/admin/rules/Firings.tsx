// What a rule has done: firings by week, its health, and the newest of them.
import { Link } from '@tanstack/react-router'

import type { Firing, RuleView } from '../../../src/api/contract/rules.ts'
import { Button } from '../../parts/Button.tsx'
import { Age } from '../../parts/Marks.tsx'
import { number } from '../../parts/time.ts'
import { call } from '../../wire/call.ts'
import { useMay } from '../../wire/session.ts'
import { say, sayName } from '../../words/say.ts'
import { attempt } from '../saving.ts'
import { usePages } from '../usePages.ts'
import { Spark } from './Preview.tsx'
import styles from './rules.module.css'
import { reloadRules } from './wire.ts'

export function Firings({ view }: { view: RuleView }) {
  const { health, weeks, scan, rule } = view
  const pages = usePages<Firing>(`rules/${rule.id}/firings`)
  const mayRelease = useMay('rules.publish')
  const decide = (decision: 'release' | 'discard') =>
    void attempt(
      () => call('POST', `/rules/${rule.id}/held-mails`, { body: { decision } }),
      say(decision === 'release' ? 'rules.released' : 'rules.discarded'),
      () => void reloadRules(),
    )
  return (
    <section className={styles['firings']}>
      <h3 className={styles['small']}>{say('rules.done')}</h3>
      <Spark weeks={weeks} />
      <p className={styles['hint']}>
        {say('rules.health', {
          fired: number(health.fired),
          noOp: number(health.noOp),
          refused: number(health.refused),
          conflicts: number(health.conflicts),
        })}
      </p>
      {scan && scan.finishedAt === null && (
        <p className={styles['hint']} role="status">
          {say('rules.scanning', { done: number(scan.done), total: number(scan.total) })}
        </p>
      )}
      {scan && scan.finishedAt !== null && scan.overdue > 0 && (
        <p className={styles['hint']}>{say('rules.wasOverdue', { count: scan.overdue })}</p>
      )}
      {health.heldMails > 0 && (
        <div className={styles['held']}>
          <p>{say('rules.held', { count: health.heldMails })}</p>
          {mayRelease && (
            <span className={styles['pair']}>
              <Button onClick={() => decide('release')}>{say('rules.release')}</Button>
              <Button weight="danger" onClick={() => decide('discard')}>
                {say('rules.discard')}
              </Button>
            </span>
          )}
        </div>
      )}
      <ul className={styles['sample']}>
        {pages.items.map(({ id, at, ticket, kind }) => (
          <li key={id}>
            <Link
              to="/inbox/$view/$ticketId"
              params={{ view: 'all', ticketId: String(ticket.id) }}
              target="_blank"
            >
              #{ticket.id}
            </Link>
            <span className={styles['sampleSubject']}>{ticket.subject}</span>
            {kind !== 'rule_fired' && (
              <span className={styles['badge']} data-tone="warn">
                {sayName('firing', kind)}
              </span>
            )}
            <Age at={at} bare />
          </li>
        ))}
      </ul>
      {!pages.loading && pages.items.length === 0 && (
        <p className={styles['hint']}>{say('rules.neverFired')}</p>
      )}
      {pages.hasMore && <Button onClick={pages.loadMore}>{say('list.more')}</Button>}
    </section>
  )
}

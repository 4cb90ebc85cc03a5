// One backtest: how far it is, then what would have gone otherwise, the sums first and the tickets last.
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'

import type { BacktestDetail } from '../../../src/api/contract/backtests.ts'
import { Arrived } from '../../parts/Arrived.tsx'
import { Button } from '../../parts/Button.tsx'
import { number, wholeDay } from '../../parts/time.ts'
import { say } from '../../words/say.ts'
import { Page } from '../Page.tsx'
import { attempt } from '../saving.ts'
import styles from './backtests.module.css'
import { Diffs, type DiffFilter } from './Diffs.tsx'
import { Findings } from './Findings.tsx'
import { Mails } from './Mails.tsx'
import { Matrices } from './Matrices.tsx'
import { Routed } from './Routed.tsx'
import { RuleTable } from './RuleTable.tsx'
import { Sla } from './Sla.tsx'
import { Tiles } from './Tiles.tsx'
import { backtestQuery, cancelBacktest, isUnderWay } from './wire.ts'
import { stateOf, triedName } from './words.ts'

export function Backtest() {
  const { backtestId } = useParams({ strict: false }) as { backtestId: string }
  const query = useQuery(backtestQuery(Number(backtestId)))
  return (
    <Page
      title={query.data === undefined ? say('admin.backtests') : titleOf(query.data)}
      about={say('backtests.assumption')}
      action={<Link to={'/admin/backtests' as '/admin'}>{say('backtests.all')}</Link>}
      beside={null}
    >
      <Arrived query={query} rows={5} height={64}>
        {(backtest) => <Found key={backtest.id} backtest={backtest} />}
      </Arrived>
    </Page>
  )
}

function titleOf({ candidateVersion: version, agreement, routing }: BacktestDetail): string {
  const name = agreement?.name ?? triedName(routing)
  return name === null ? say('backtests.titleOf', { version }) : say('backtests.titleOfAgreement', { name })
}

function Found({ backtest }: { backtest: BacktestDetail }) {
  const { id, report, soFar } = backtest
  // Of a change of routing it is the first thing to be asked; of rules the last.
  const tried = (backtest.routing?.tried.length ?? 0) > 0
  const [filter, setFilter] = useState<DiffFilter>({})
  return (
    <>
      <State backtest={backtest} />
      {tried && report?.routing && <Routed routing={report.routing} />}
      <Tiles report={report} soFar={soFar} />
      {report && (
        <>
          <Findings findings={report.findings} rules={report.rules} />
          <RuleTable rules={report.rules} onFilter={setFilter} />
          <Matrices fields={report.fields} onFilter={setFilter} />
          <Mails mails={report.mails} onFilter={setFilter} />
          <Sla sla={report.sla} onFilter={setFilter} />
          {!tried && report.routing && <Routed routing={report.routing} />}
        </>
      )}
      {(report || (soFar?.diffs ?? 0) > 0) && (!isUnderWay(backtest) || backtest.mode === 'shadow') && (
        <Diffs backtestId={id} rules={report?.rules ?? []} filter={filter} onFilter={setFilter} />
      )}
    </>
  )
}

function State({ backtest }: { backtest: BacktestDetail }) {
  const { id, state, from, to, baselineVersion, done, total, begunAgain, failure, report } = backtest
  const isShadow = backtest.mode === 'shadow'
  const cancel = () =>
    void attempt(
      () => cancelBacktest(id),
      say(isShadow ? 'backtests.ended' : 'backtests.cancelled'),
      () => {},
    )
  return (
    <section className={styles['state']} aria-label={say('backtests.state')}>
      <p>
        {say('backtests.compared', {
          baseline:
            baselineVersion === 0
              ? say('backtests.nothing')
              : say('rules.version', { version: baselineVersion }),
          from: wholeDay(from),
          to: wholeDay(to),
        })}
      </p>
      {isUnderWay(backtest) && isShadow && (
        <div className={styles['progress']}>
          <span role="status">{stateOf(backtest)}</span>
          <Button onClick={cancel}>{say('backtests.endNow')}</Button>
        </div>
      )}
      {isUnderWay(backtest) && !isShadow && (
        <div className={styles['progress']}>
          <progress value={done} max={Math.max(1, total)} aria-label={say('backtests.progress')} />
          <span role="status">
            {state === 'queued'
              ? say('backtests.waits')
              : total === 0
                ? say('backtests.begins')
                : say('backtests.done', { done: number(done), total: number(total) })}
          </span>
          <Button onClick={cancel}>{say('action.stop')}</Button>
        </div>
      )}
      {backtest.filter !== null && (
        <p data-tone="warn">{say('backtests.chosen', { filter: backtest.filter })}</p>
      )}
      {begunAgain > 0 && (
        <p className={styles['hint']}>{say('backtests.begunAgain', { count: begunAgain })}</p>
      )}
      {state === 'cancelled' && (
        <p data-tone="warn">{say('backtests.stopped', { done: number(done), total: number(total) })}</p>
      )}
      {state === 'failed' && (
        <p role="alert" data-tone="bad">
          {say('backtests.failed', { reason: failure ?? '' })}
        </p>
      )}
      {report?.tickets === 0 && <p data-tone="warn">{say('backtests.noTickets')}</p>}
      {report && (
        <p className={styles['hint']}>
          {stateOf(backtest)} · {say('backtests.hash', { hash: report.hash.slice(0, 12) })}
        </p>
      )}
    </section>
  )
}

// Every version of the rules: who made it live, when and why, what it changed, and the way back.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { RulebookDiff, RulebookVersion } from '../../../src/api/contract/rules.ts'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { dayAndTime } from '../../parts/time.ts'
import { call, reasonOf } from '../../wire/call.ts'
import { useMay } from '../../wire/session.ts'
import { say, sayName } from '../../words/say.ts'
import { attempt } from '../saving.ts'
import { usePages } from '../usePages.ts'
import { CanaryFares } from './CanaryFares.tsx'
import { Diff } from './Diff.tsx'
import { FirstDays } from './FirstDays.tsx'
import { UndoFirings } from './UndoFirings.tsx'
import styles from './rules.module.css'
import { reloadRules } from './wire.ts'

export function Versions({ onClose }: { onClose: () => void }) {
  const pages = usePages<RulebookVersion>('rulebook/versions')
  const [open, setOpen] = useState<number | null>(null)
  const [days, setDays] = useState<number | null>(null)
  const [made, setMade] = useState<number | null>(null)
  const [canary, setCanary] = useState<number | null>(null)
  const reload = () => {
    void reloadRules()
    pages.reload()
  }
  const mayPublish = useMay('rules.publish')
  const goBack = (version: number) =>
    void attempt(
      () => call('POST', '/rulebook/rollback', { body: { version } }),
      say('rules.wentBack', { version }),
      reload,
    )
  return (
    <Modal title={say('rules.versions')} shape="wide" open onClose={onClose}>
      {pages.error && <p role="alert">{reasonOf(pages.error)}</p>}
      {!pages.loading && pages.items.length === 0 && <Empty title={say('rules.noneLive')} />}
      <ol className={styles['versions']}>
        {pages.items.map((found) => (
          <li key={found.version}>
            <p className={styles['versionHead']}>
              <b>{say('rules.version', { version: found.version })}</b>
              <span className={styles['badge']} data-tone={isJudging(found) ? 'good' : undefined}>
                {sayName('rulebookState', found.state)}
                {found.state === 'canary' && ` ${found.percent} %`}
              </span>
              <span className={styles['hint']}>
                {dayAndTime(found.publishedAt ?? found.canaryFrom ?? found.createdAt)}{' '}
                {found.publishedBy?.name ?? found.createdBy?.name ?? ''}
              </span>
            </p>
            {found.note && <p>{found.note}</p>}
            {found.acknowledged?.codes.includes(':backtest_missing:backtest') && (
              <p className={styles['badge']}>{say('backtests.untested')}</p>
            )}
            {found.acknowledged && (
              <p className={styles['hint']}>
                {say('rules.acknowledged', { reason: found.acknowledged.reason })}
              </p>
            )}
            <span className={styles['pair']}>
              <Button
                weight="quiet"
                aria-expanded={open === found.version}
                onClick={() => setOpen(open === found.version ? null : found.version)}
              >
                {say('rules.changes')}
              </Button>
              {found.canaryFrom && (
                <Button
                  weight="quiet"
                  aria-expanded={isShown(found, canary)}
                  onClick={() => setCanary(isShown(found, canary) ? 0 : found.version)}
                >
                  {say('canary.title')}
                </Button>
              )}
              {found.publishedAt && (
                <Button
                  weight="quiet"
                  aria-expanded={days === found.version}
                  onClick={() => setDays(days === found.version ? null : found.version)}
                >
                  {say('firstDays.title')}
                </Button>
              )}
              {mayPublish && (found.canaryFrom ?? found.publishedAt) && (
                <Button
                  weight="quiet"
                  aria-expanded={made === found.version}
                  onClick={() => setMade(made === found.version ? null : found.version)}
                >
                  {say('undoFirings.title')}
                </Button>
              )}
              {mayPublish && ENDED.includes(found.state) && (
                <Button weight="quiet" onClick={() => goBack(found.version)}>
                  {say('rules.goBack')}
                </Button>
              )}
            </span>
            {isShown(found, canary) && (
              <CanaryFares version={found.version} isOn={found.state === 'canary'} onEnd={reload} />
            )}
            {days === found.version && <FirstDays version={found.version} />}
            {made === found.version && <UndoFirings version={found.version} />}
            {open === found.version && <Changes version={found.version} />}
          </li>
        ))}
      </ol>
      {pages.hasMore && <Button onClick={pages.loadMore}>{say('list.more')}</Button>}
    </Modal>
  )
}

const ENDED: readonly RulebookVersion['state'][] = ['superseded', 'rolled_back']

function isJudging({ state }: RulebookVersion): boolean {
  return state === 'published' || state === 'canary'
}

/** The one that judges a share is open until it is closed: what is to be decided is about it. */
function isShown({ state, version, canaryFrom }: RulebookVersion, chosen: number | null): boolean {
  if (canaryFrom === null) return false
  return chosen === null ? state === 'canary' : chosen === version
}

function Changes({ version }: { version: number }) {
  const { data, error } = useQuery({
    queryKey: ['rules', 'diff', version, 'parent'],
    queryFn: () => call<RulebookDiff>('GET', `/rulebook/versions/${version}/diff`),
  })
  if (error) return <p role="alert">{reasonOf(error)}</p>
  return data ? <Diff diff={data} /> : null
}

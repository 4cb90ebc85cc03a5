// The rules in the order in which they run, by section, with how they fare; and what of them is drafted but not live.
import { Link, useNavigate } from '@tanstack/react-router'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useState } from 'react'

import type { RuleItem, Rulebook } from '../../../src/api/contract/rules.ts'
import { Button, IconButton } from '../../parts/Button.tsx'
import { Empty, Skeleton } from '../../parts/Empty.tsx'
import { Age } from '../../parts/Marks.tsx'
import { dayAndTime, number, wholeDay } from '../../parts/time.ts'
import { call, reasonOf } from '../../wire/call.ts'
import { useMay } from '../../wire/session.ts'
import { say, sayName } from '../../words/say.ts'
import { AskBacktest } from '../backtests/AskBacktest.tsx'
import { Page } from '../Page.tsx'
import { attempt } from '../saving.ts'
import { usePages } from '../usePages.ts'
import { swapped } from './model.ts'
import { Publish } from './Publish.tsx'
import styles from './rules.module.css'
import { SectionForm } from './SectionForm.tsx'
import { Templates } from './Templates.tsx'
import { Versions } from './Versions.tsx'
import { reloadRules, useRulebook } from './wire.ts'

type Dialog = 'publish' | 'backtest' | 'versions' | 'templates' | 'section' | null

export function Rules() {
  const pages = usePages<RuleItem>('rules')
  const book = useRulebook()
  const [dialog, setDialog] = useState<Dialog>(null)
  const mayWrite = useMay('rules.write')
  const close = () => setDialog(null)
  return (
    <Page
      title={say('admin.rules')}
      changesOf="rulebook,rule"
      about={say('rules.about')}
      action={
        <span className={styles['pair']}>
          <Link to={'/reports/automation' as '/admin'}>{say('rules.fare')}</Link>
          <Button onClick={() => setDialog('templates')}>{say('rules.templates')}</Button>
          <Button onClick={() => setDialog('versions')}>{say('rules.versions')}</Button>
          {mayWrite && book && book.sections.length > 0 && <AddRule />}
        </span>
      }
    >
      {book && (
        <State
          book={book}
          onPublish={() => setDialog('publish')}
          onBacktest={() => setDialog('backtest')}
          onVersions={() => setDialog('versions')}
        />
      )}
      <List pages={pages} book={book} mayWrite={mayWrite} onSection={() => setDialog('section')} />
      {dialog === 'backtest' && <AskBacktest onClose={close} />}
      {dialog === 'publish' && <Publish onClose={close} onBacktest={() => setDialog('backtest')} />}
      {dialog === 'versions' && <Versions onClose={close} />}
      {dialog === 'templates' && <Templates onClose={close} />}
      {dialog === 'section' && book && <SectionForm book={book} rules={pages.items} onClose={close} />}
    </Page>
  )
}

function AddRule() {
  const navigate = useNavigate()
  return (
    <Button weight="primary" onClick={() => void navigate({ to: '/admin/rules/new' as '/admin' })}>
      {say('rules.add')}
    </Button>
  )
}

type StateProps = {
  book: Rulebook
  onPublish: () => void
  onBacktest: () => void
  onVersions: () => void
}

function State({ book: { live, canary, draft }, onPublish, onBacktest, onVersions }: StateProps) {
  const mayWrite = useMay('rules.write')
  const mayPublish = useMay('rules.publish')
  const drop = () =>
    void attempt(
      () => call('DELETE', '/rulebook/draft'),
      say('rules.dropped'),
      () => void reloadRules(),
    )
  return (
    <div className={styles['state']} data-draft={draft ? true : undefined}>
      <p>
        {live
          ? say('rules.liveSince', {
              version: live.version,
              when: dayAndTime(live.publishedAt ?? live.createdAt),
            })
          : say('rules.noneLive')}
        {canary && (
          <>
            {' '}
            {say('canary.runs', {
              version: canary.version,
              percent: canary.percent ?? 0,
              when: dayAndTime(canary.canaryFrom ?? canary.createdAt),
            })}
          </>
        )}
        {draft && <> {say('rules.drafted', { version: draft.version, when: dayAndTime(draft.changedAt) })}</>}
      </p>
      {canary && <Button onClick={onVersions}>{say('canary.look')}</Button>}
      {draft && mayWrite && (
        <span className={styles['pair']}>
          <Button onClick={drop}>{say('rules.drop')}</Button>
          {mayPublish && <Button onClick={onBacktest}>{say('backtests.ask')}</Button>}
          <Button weight="primary" onClick={onPublish}>
            {say('rules.review')}
          </Button>
        </span>
      )}
    </div>
  )
}

type ListProps = {
  pages: ReturnType<typeof usePages<RuleItem>>
  book: Rulebook | undefined
  mayWrite: boolean
  onSection: () => void
}

function List({ pages, book, mayWrite, onSection }: ListProps) {
  if (pages.error && pages.items.length === 0)
    return (
      <Empty title={say('list.failed')}>
        <p>{reasonOf(pages.error)}</p>
        <Button onClick={pages.retry}>{say('action.retry')}</Button>
      </Empty>
    )
  if (pages.loading || !book) return <Skeleton rows={6} height={56} />
  const order = (rules: readonly RuleItem[]) =>
    void attempt(
      () =>
        call('PUT', '/rules/order', {
          body: { sections: book.sections, rules: rules.map(({ id, section }) => ({ id, section })) },
        }),
      say('rules.ordered'),
      () => void reloadRules(),
    )
  return (
    <>
      {book.sections.length === 0 && <Empty title={say('rules.empty')} />}
      {book.sections.map(({ key, title }) => {
        const rules = pages.items.filter(({ section }) => section === key)
        return (
          <section key={key} className={styles['section']} aria-label={title}>
            <h2 className={styles['sectionTitle']}>{title}</h2>
            {rules.length === 0 && <p className={styles['hint']}>{say('rules.emptySection')}</p>}
            <ol className={styles['list']}>
              {rules.map((rule, index) => (
                <li key={rule.id}>
                  <Row
                    rule={rule}
                    position={pages.items.indexOf(rule) + 1}
                    {...(mayWrite && !pages.hasMore
                      ? {
                          onMove: (by: 1 | -1) => {
                            const other = rules[index + by]
                            if (other)
                              order(
                                swapped(pages.items, pages.items.indexOf(rule), pages.items.indexOf(other)),
                              )
                          },
                        }
                      : {})}
                    isFirst={index === 0}
                    isLast={index === rules.length - 1}
                  />
                </li>
              ))}
            </ol>
          </section>
        )
      })}
      <p className={styles['pair']}>
        {pages.hasMore && <Button onClick={pages.loadMore}>{say('list.more')}</Button>}
        {mayWrite && !pages.hasMore && (
          <Button weight="quiet" onClick={onSection}>
            {say('rules.addSection')}
          </Button>
        )}
      </p>
    </>
  )
}

type RowProps = {
  rule: RuleItem
  position: number
  onMove?: (by: 1 | -1) => void
  isFirst: boolean
  isLast: boolean
}

function Row({ rule, position, onMove, isFirst, isLast }: RowProps) {
  const { id, title, sentence, kind, enabled, owner, health, change, errors, warnings } = rule
  return (
    <article className={styles['rule']} data-off={!enabled || undefined}>
      <span className={styles['position']}>{position}</span>
      <div className={styles['what']}>
        <Link to={`/admin/rules/${id}` as '/admin'} className={styles['name']}>
          {title}
        </Link>
        {change !== 'live' && <span className={styles['badge']}>{sayName('ruleChange', change)}</span>}
        {!enabled && <span className={styles['badge']}>{say('rules.off')}</span>}
        {kind !== 'trigger' && <span className={styles['badge']}>{sayName('ruleKind', kind)}</span>}
        <p className={styles['sentenceSmall']}>{sentence}</p>
        <p className={styles['hint']}>
          {owner?.name ?? say('rules.noOwner')} ·{' '}
          {say('rules.reviewOn', { day: wholeDay(`${rule.reviewBy}T12:00`) })}
        </p>
      </div>
      <Health health={health} errors={errors} warnings={warnings} />
      {onMove && (
        <span className={styles['rowButtons']}>
          <IconButton label={say('rules.up')} disabled={isFirst} onClick={() => onMove(-1)}>
            <ArrowUp size={14} aria-hidden />
          </IconButton>
          <IconButton label={say('rules.down')} disabled={isLast} onClick={() => onMove(1)}>
            <ArrowDown size={14} aria-hidden />
          </IconButton>
        </span>
      )}
    </article>
  )
}

function Health({ health, errors, warnings }: Pick<RuleItem, 'health' | 'errors' | 'warnings'>) {
  return (
    <div className={styles['fares']}>
      <p title={say('rules.in30Days')}>
        {health.fired === 0 ? say('rules.neverIn30') : say('rules.firedTimes', { count: health.fired })}
        {health.lastFiredAt && (
          <>
            {' · '}
            <Age at={health.lastFiredAt} />
          </>
        )}
      </p>
      <p className={styles['marks']}>
        {errors > 0 && <span data-tone="bad">{say('rules.errors', { count: errors })}</span>}
        {warnings > 0 && <span data-tone="warn">{say('rules.warningCount', { count: warnings })}</span>}
        {health.refused > 0 && (
          <span data-tone="warn">{say('rules.refusedCount', { count: number(health.refused) })}</span>
        )}
        {health.conflicts > 0 && (
          <span data-tone="warn">{say('rules.conflictCount', { count: number(health.conflicts) })}</span>
        )}
        {health.circuitOpened > 0 && (
          <span data-tone="bad">{say('rules.circuitCount', { count: health.circuitOpened })}</span>
        )}
        {health.heldMails > 0 && (
          <span data-tone="bad">{say('rules.heldCount', { count: health.heldMails })}</span>
        )}
      </p>
    </div>
  )
}

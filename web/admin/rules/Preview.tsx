// What the rule means, live beside it: how many recent tickets it matches, which test leaves how many, some of them, warnings.
import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

import type { Preview as Answer, RuleProblem } from '../../../src/api/contract/rules.ts'
import { number } from '../../parts/time.ts'
import { call, reasonOf } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import { type Draft, finished } from './model.ts'
import styles from './rules.module.css'

const REST_MS = 250

/** The preview of a rule, asked for when the typing rests. */
export function usePreview(rule: Draft) {
  const [rested, setRested] = useState(rule)
  const text = JSON.stringify(rule)
  useEffect(() => {
    const timer = setTimeout(() => setRested(JSON.parse(text) as Draft), REST_MS)
    return () => clearTimeout(timer)
  }, [text])
  const { rule: asked, placeOf } = finished(rested)
  return useQuery({
    queryKey: ['rulePreview', JSON.stringify(asked)],
    queryFn: ({ signal }) => call<Answer>('POST', '/rules/preview', { body: { rule: shown(asked) }, signal }),
    select: (answer) => ({
      ...answer,
      problems: answer.problems.map((each) => ({ ...each, place: placeOf(each.place) })),
    }),
    placeholderData: (before) => before,
    gcTime: 60_000,
    retry: false,
  })
}

/** A rule that has no name yet can be previewed all the same. */
function shown(rule: Draft): Draft {
  return { ...rule, key: rule.key || 'new-rule', title: rule.title || '–' }
}

export function Preview({
  answer,
  error,
  stale,
}: {
  answer: Answer | undefined
  error: unknown
  stale: boolean
}) {
  if (error)
    return (
      <p className={styles['why']} data-level="error" role="status">
        {reasonOf(error)}
      </p>
    )
  if (!answer) return <p className={styles['hint']}>{say('rules.counting')}</p>
  const share = answer.of === 0 ? 0 : answer.matches / answer.of
  return (
    <div data-stale={stale || undefined} className={styles['preview']}>
      <p className={styles['big']} role="status">
        {say('rules.matches', { matches: number(answer.matches), of: number(answer.of) })}{' '}
        <span className={styles['share']}>({percent(share)})</span>
      </p>
      {answer.overdue !== null && <p>{say('rules.overdueNow', { count: answer.overdue })}</p>}
      <Spark weeks={answer.weeks} />
      <Funnel funnel={answer.funnel} />
      <Warnings answer={answer} />
      {answer.sample.length > 0 && <Sample answer={answer} />}
    </div>
  )
}

function percent(share: number): string {
  return new Intl.NumberFormat(document.documentElement.lang, {
    style: 'percent',
    maximumFractionDigits: 1,
  }).format(share)
}

/** Twelve weeks as bars; the numbers are in its name. */
export function Spark({ weeks }: { weeks: readonly number[] }) {
  const most = Math.max(1, ...weeks)
  return (
    <svg
      className={styles['spark']}
      viewBox={`0 0 ${weeks.length * 10} 32`}
      role="img"
      aria-label={say('rules.weeks', { weeks: weeks.join(', ') })}
    >
      {weeks.map((count, index) => {
        const height = count === 0 ? 1 : Math.max(2, (count / most) * 30)
        // Weeks have no name but their place.
        // oxlint-disable-next-line react/no-array-index-key
        return <rect key={index} x={index * 10 + 1} y={32 - height} width="8" height={height} rx="1" />
      })}
    </svg>
  )
}

function Funnel({ funnel }: Pick<Answer, 'funnel'>) {
  const most = Math.max(1, funnel[0]?.left ?? 1)
  return (
    <ol className={styles['funnel']} aria-label={say('rules.funnel')}>
      {funnel.map(({ place, words, left }, index) => {
        const before = funnel[index - 1]?.left
        const isDead = index > 0 && left === 0 && before !== 0
        return (
          <li key={place} data-dead={isDead || undefined}>
            <span className={styles['funnelWords']}>
              {index === 0 ? say('rules.listened') : words || say('rules.always')}
            </span>
            <span className={styles['bar']} aria-hidden>
              <span style={{ inlineSize: `${(left / most) * 100}%` }} />
            </span>
            <span className={styles['count']}>{number(left)}</span>
          </li>
        )
      })}
    </ol>
  )
}

function Warnings({ answer }: { answer: Answer }) {
  const own: { key: string; level: RuleProblem['level']; message: string }[] = []
  if (answer.of > 0 && answer.matches === 0)
    own.push({ key: 'none', level: 'warning', message: say('rules.matchesNone') })
  if (answer.of > 20 && answer.matches === answer.of)
    own.push({ key: 'all', level: 'warning', message: say('rules.matchesAll') })
  for (const { ruleId, title, share } of answer.overlaps)
    own.push({
      key: `overlap${ruleId}`,
      level: 'warning',
      message: say('rules.overlaps', { title, share: percent(share) }),
    })
  const found = answer.problems.map((problem) => ({ ...problem, key: `${problem.place} ${problem.code}` }))
  const all = [...found, ...own]
  if (all.length === 0) return null
  return (
    <ul className={styles['warnings']} aria-label={say('rules.warnings')}>
      {all.map(({ key, level, message }) => (
        <li key={key} data-level={level}>
          {message}
        </li>
      ))}
    </ul>
  )
}

function Sample({ answer: { sample } }: { answer: Answer }) {
  return (
    <section aria-label={say('rules.sample')}>
      <h3 className={styles['small']}>{say('rules.sample')}</h3>
      <ul className={styles['sample']}>
        {sample.map(({ id, subject, requester, marked }) => (
          <li key={id}>
            <Link to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(id) }} target="_blank">
              #{id}
            </Link>
            <span className={styles['sampleSubject']}>
              <Marked text={subject} words={marked} />
            </span>
            <span className={styles['hint']}>{requester}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Marked({ text, words }: { text: string; words: readonly string[] }) {
  const wanted = words.map((word) => word.toLowerCase()).filter(Boolean)
  const parts =
    wanted.length === 0 ? [text] : text.split(new RegExp(`(${wanted.map(escaped).join('|')})`, 'i'))
  // Parts of one text have no name but their place.
  // oxlint-disable-next-line react/no-array-index-key
  return parts.map((part, index) =>
    wanted.includes(part.toLowerCase()) ? <mark key={index}>{part}</mark> : part,
  )
}

function escaped(word: string): string {
  return word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}

// The ladder: of each category the rung it stands on, what the next one waits for in a sentence, and what is watched meanwhile.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import type { Ladder, LadderRow } from '../../../src/api/contract/ladder.ts'
import { rungs, type Rung } from '../../../src/assistant/words.ts'
import styles from '../../assistant/assistant.module.css'
import { forgetAssistant, ladderQuery, takeStep } from '../../assistant/wire.ts'
import { Arrived } from '../../parts/Arrived.tsx'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Age } from '../../parts/Marks.tsx'
import { number } from '../../parts/time.ts'
import { useMay } from '../../wire/session.ts'
import { say, sayName } from '../../words/say.ts'
import { Page } from '../Page.tsx'
import { attempt } from '../saving.ts'

const tenths = (value: number) => number(Math.round(value * 1000) / 10)
const hundredths = (value: number) => number(Math.round(value * 100) / 100)

export function AssistantLadder() {
  const query = useQuery(ladderQuery)
  return (
    <Page title={say('admin.assistantLadder')} about={say('ladder.about')} changesOf="assistant">
      <Arrived query={query} rows={4} height={120}>
        {(data) => (
          <>
            <p className={styles['help']}>
              {agreementWords(data.agreement)}{' '}
              <Link to={'/admin/assistant-review' as '/admin'}>{say('admin.assistantReview')}</Link>
            </p>
            {data.items.length === 0 && (
              <Empty title={say('ladder.empty')}>
                <p>{say('ladder.emptyHelp')}</p>
                <Link to={'/admin/assistant' as '/admin'}>{say('admin.assistant')}</Link>
              </Empty>
            )}
            <ul className={styles['ladder']}>
              {data.items.map((row) => (
                <Place key={`${row.categoryId} ${row.brandId} ${row.channel}`} row={row} limit={data.limit} />
              ))}
            </ul>
          </>
        )}
      </Arrived>
    </Page>
  )
}

/** How far reviewers mean the same; said when it is too little. */
export function agreementWords({ n, kappa, ac1 }: Ladder['agreement']): string {
  if (ac1 === null) return say('ladder.agreementFew', { n })
  const told = { n, kappa: kappa === null ? '–' : hundredths(kappa), ac1: hundredths(ac1) }
  return say(ac1 < 0.6 ? 'ladder.agreementLow' : 'ladder.agreement', told)
}

function Place({ row, limit }: { row: LadderRow; limit: number }) {
  const { category, brand, channel, rung, since, reason, fell, judged, wrong, bound } = row
  return (
    <li>
      <h2 className={styles['head']}>
        {category}
        {brand !== null && ` · ${say('ladder.onlyBrand', { brand })}`}
        {channel !== null && ` · ${say('ladder.onlyChannel', { channel: sayName('channel', channel) })}`}
      </h2>
      <ol className={styles['rungs']} aria-label={category}>
        {rungs.map((each) => (
          <li key={each} aria-current={each === rung ? 'step' : undefined}>
            {sayName('rung', each)}
          </li>
        ))}
      </ol>
      {rung !== 'off' && (
        <p className={styles['help']}>
          {since !== null && (
            <>
              {say('ladder.cameHere')} <Age at={since} />
            </>
          )}
          {fell !== null &&
            ` · ${say('ladder.fell', { from: sayName('rung', fell.from), why: sayName('stepReason', fell.why) })}`}
          {reason !== null && ` · ${say('ladder.byHand', { reason })}`}
          {judged > 0 && ` · ${say('ladder.judged', { judged, wrong, bound: tenths(bound) })}`}
        </p>
      )}
      <Next row={row} />
      <Watched row={row} limit={limit} />
    </li>
  )
}

function Next({ row }: { row: LadderRow }) {
  const { rung, next } = row
  // Of nothing judged the bound is everything: that more must be judged says enough.
  const missing = row.missing.filter(
    ({ what }, _, all) => what !== 'wrong' || row.judged > 0 || all.length === 1,
  )
  const mayWrite = useMay('assistant.write')
  const below = rungs[rungs.indexOf(rung) - 1]
  const step = (to: Rung) => void attempt(() => takeStep(row, to), say('ladder.taken'), forgetAssistant)
  return (
    <>
      <p>
        {next === null
          ? say('ladder.missing.nowhere')
          : missing.length === 0
            ? say('ladder.open')
            : say('ladder.waits', {
                rung: sayName('rung', next),
                missing: missing.map(missingWords).join('; '),
              })}
      </p>
      {mayWrite && (
        <div className={styles['actions']}>
          {next !== null && missing.length === 0 && (
            <Button weight="primary" onClick={() => step(next)}>
              {say('ladder.up', { rung: sayName('rung', next) })}
            </Button>
          )}
          {below !== undefined && (
            <Button onClick={() => step(below)}>
              {say('ladder.back', { rung: sayName('rung', below) })}
            </Button>
          )}
        </div>
      )}
    </>
  )
}

function missingWords({ what, has, needs }: LadderRow['missing'][number]): string {
  const isShare = what === 'wrong' || what === 'reopened'
  const told = isShare ? tenths : hundredths
  return say(`ladder.missing.${what}`, {
    has: what === 'harmful' || what === 'package' ? has : told(has),
    needs: told(needs),
  })
}

/** The nearer a sum to its limit, the nearer a step back. */
function Watched({ row: { signals }, limit }: { row: LadderRow; limit: number }) {
  const seen = signals.filter(({ n }) => n > 0)
  if (seen.length === 0) return null
  return (
    <dl className={styles['watched']} aria-label={say('ladder.watched')}>
      {seen.map(({ signal, n, hits, accepted, sum }) => (
        <div key={signal}>
          <dt>{sayName('ladderSignal', signal)}</dt>
          <dd>
            <meter
              min={0}
              max={limit}
              high={limit / 2}
              value={sum}
              aria-label={sayName('ladderSignal', signal)}
            />{' '}
            {say('ladder.accepted', { hits: number(hits), n: number(n), percent: tenths(accepted) })}
          </dd>
        </div>
      ))}
    </dl>
  )
}

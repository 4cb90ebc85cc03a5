// Answers of a week's sample, one at a time: what was asked, what was answered, and a verdict by the keys 1 to 4. Whose words they are is
// told afterwards.
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

import type { Review, ReviewedAnswer } from '../../../src/api/contract/ladder.ts'
import { verdicts } from '../../../src/assistant/words.ts'
import styles from '../../assistant/assistant.module.css'
import { forgetAssistant, judge, reviewQuery, waitingQuery, type Verdict } from '../../assistant/wire.ts'
import { Arrived } from '../../parts/Arrived.tsx'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { SelectField, TextField } from '../../parts/Form.tsx'
import { say, sayName } from '../../words/say.ts'
import admin from '../admin.module.css'
import { Page } from '../Page.tsx'
import { attempt } from '../saving.ts'
import { agreementWords } from './Ladder.tsx'

const [WEEKS, WEEK_MS] = [9, 7 * 86_400_000]

export function AssistantReview() {
  const [week, setWeek] = useState<string | undefined>(undefined)
  const query = useQuery(reviewQuery(week))
  return (
    <Page title={say('admin.assistantReview')} about={say('review.about')}>
      <Arrived query={query} rows={6} height={60}>
        {(data) => (
          <>
            <div className={admin['filters']}>
              <SelectField
                label={say('review.week')}
                value={data.week}
                onChange={(event) => setWeek(event.target.value)}
                options={weeksAround(data.week).map((value) => ({ value, label: value }))}
              />
            </div>
            <Waiting key={data.week} data={data} />
            <Progress data={data} />
          </>
        )}
      </Arrived>
    </Page>
  )
}

/** The weeks up to this one, and the one that is shown. */
function weeksAround(shown: string): string[] {
  const now = Date.now()
  const monday = now - ((new Date(now).getUTCDay() + 6) % 7) * 86_400_000
  const days = Array.from({ length: WEEKS }, (_, back) =>
    new Date(monday - back * WEEK_MS).toISOString().slice(0, 10),
  )
  return days.includes(shown) ? days : [shown, ...days]
}

function Waiting({ data: { week, items } }: { data: Review }) {
  const query = useQuery(waitingQuery(week))
  const [last, setLast] = useState<ReviewedAnswer | null>(null)
  const [again, setAgain] = useState<ReviewedAnswer | null>(null)
  const done = (answer: ReviewedAnswer) => {
    setLast(answer)
    setAgain(null)
    forgetAssistant()
  }
  return (
    <>
      {last !== null && (
        <p role="status">
          {say('review.last', {
            verdict: sayName('runVerdict', last.mine ?? 'correct'),
            author: say(`review.author.${last.author ?? 'person'}`),
          })}{' '}
          <Button weight="quiet" onClick={() => setAgain(last)}>
            {say('review.again')}
          </Button>
        </p>
      )}
      <Arrived query={query} rows={4} height={60}>
        {({ items: [first] }) => {
          const answer = again ?? first
          if (answer !== undefined)
            return <Answer key={answer.key} answer={answer} week={week} onJudged={done} />
          return items.length === 0 ? (
            <Empty title={say('review.empty')} />
          ) : (
            <Empty title={say('review.done')}>
              <p>{say('review.doneHelp')}</p>
            </Empty>
          )
        }}
      </Arrived>
    </>
  )
}

type AnswerProps = { answer: ReviewedAnswer; week: string; onJudged: (answer: ReviewedAnswer) => void }

function Answer({ answer: { key, subject, question, answer, note: before }, week, onJudged }: AnswerProps) {
  const [note, setNote] = useState(before ?? '')
  const tell = (verdict: Verdict) =>
    void attempt(
      async () => onJudged(await judge(week, key, verdict, note)),
      null,
      () => undefined,
    )
  useEffect(() => {
    const press = ({ key: pressed, target, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
      const isTyping = target instanceof HTMLElement && target.matches('input, textarea, select')
      const verdict = verdicts[Number(pressed) - 1]
      if (verdict !== undefined && !isTyping && !ctrlKey && !metaKey && !altKey) tell(verdict)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  })
  return (
    <section aria-label={subject}>
      <h2 className={styles['head']}>{subject}</h2>
      <div className={styles['beside']}>
        <section>
          <h3>{say('review.asked')}</h3>
          <p className={styles['words']}>{question ?? say('review.noQuestion')}</p>
        </section>
        <section>
          <h3>{say('review.answer')}</h3>
          <p className={styles['words']}>{answer}</p>
        </section>
      </div>
      <TextField
        label={say('review.note')}
        value={note}
        maxLength={2000}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className={styles['actions']}>
        {verdicts.map((verdict, index) => (
          <Button key={verdict} aria-keyshortcuts={String(index + 1)} onClick={() => tell(verdict)}>
            <kbd>{index + 1}</kbd> {sayName('runVerdict', verdict)}
          </Button>
        ))}
        <span className={styles['help']}>{say('review.keys')}</span>
      </div>
    </section>
  )
}

function Progress({ data: { items, agreement } }: { data: Review }) {
  return (
    <section>
      <h2 className={styles['head']}>{say('review.progress')}</h2>
      <p className={styles['help']}>{agreementWords(agreement)}</p>
      <ul className={styles['progress']}>
        {items.map(({ categoryId, path, judged, sampled }) => (
          <li key={categoryId}>
            <span>{path}</span>
            <progress value={judged} max={sampled} aria-label={path} />
            <span>{say('review.of', { judged, sampled })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

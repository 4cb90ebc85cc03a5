// Why this answer, or why none: the evidence by number, each sentence with its own, and what every step saw.
import type { AssistantRun } from '../../src/api/contract/assistant.ts'
import { attempt } from '../admin/saving.ts'
import { Modal } from '../parts/Modal.tsx'
import { Button } from '../parts/Button.tsx'
import { decimal } from '../parts/time.ts'
import { say, sayName } from '../words/say.ts'
import { useMay } from '../wire/session.ts'
import { forgetAssistant, scenarioOf } from './wire.ts'
import styles from './assistant.module.css'
import { Trace } from './ByProcedure.tsx'

export function WhyRun({ run, onClose }: { run: AssistantRun; onClose: () => void }) {
  const mayJudge = useMay('assistant.judge')
  const keep = () => void attempt(() => scenarioOf(run.id), say('scenario.kept'), forgetAssistant)
  return (
    <Modal
      title={say('assistant.whyTitle')}
      open
      onClose={onClose}
      actions={
        <>
          {mayJudge && <Button onClick={keep}>{say('scenario.fromRun')}</Button>}
          <Button onClick={onClose}>{say('action.close')}</Button>
        </>
      }
    >
      <p>
        <strong>{outcomeWords(run)}</strong>
      </p>
      {run.pCorrect !== null && <p>{chanceWords(run)}</p>}
      {run.procedure !== null && <Trace procedure={run.procedure} />}
      {run.evidence.length > 0 && (
        <>
          <h3>{say('assistant.evidence')}</h3>
          <Evidence run={run} />
        </>
      )}
      {run.sentences.length > 0 && (
        <ul className={styles['sentences']}>
          {run.sentences.map(({ sentence, evidence }) => (
            <li key={sentence}>
              {sentence} <sup>[{evidence ?? '–'}]</sup>
            </li>
          ))}
        </ul>
      )}
      <h3>{say('assistant.steps')}</h3>
      <dl className={styles['steps']}>
        {run.steps.map(({ step, saw }) => (
          <div key={step}>
            <dt>{sayName('assistantStep', step)}</dt>
            <dd>{sawWords(saw)}</dd>
          </div>
        ))}
      </dl>
      <p className={styles['help']}>
        {say('assistant.ranUnder', { version: run.configVersion, ms: run.ms, seq: run.seq })}
      </p>
    </Modal>
  )
}

export function Evidence({ run, most }: { run: AssistantRun; most?: number }) {
  return (
    <ol className={styles['evidence']}>
      {run.evidence.slice(0, most).map(({ id, title, heading, path, score }) => (
        <li key={id}>
          <a href={path} target="_blank" rel="noreferrer">
            {heading === '' ? title : `${title}: ${heading}`}
          </a>{' '}
          <span className={styles['help']}>{decimal(score, 1)}</span>
        </li>
      ))}
    </ol>
  )
}

/** What a run came to, with its reason. */
export function outcomeWords({ decision, reason }: { decision: string; reason: string | null }): string {
  const did = sayName('assistantDecision', decision)
  return reason === null ? did : `${did}: ${sayName('assistantReason', reason)}`
}

export function chanceWords({ pCorrect, threshold }: AssistantRun): string {
  const percent = Math.round((pCorrect ?? 0) * 100)
  return threshold === null
    ? say('assistant.chance', { percent })
    : say('assistant.chanceOf', { percent, least: Math.round(threshold * 100) })
}

function sawWords(saw: AssistantRun['steps'][number]['saw']): string {
  const shown = Object.entries(saw).filter(([, value]) => value !== null && value !== false)
  return shown
    .map(([key, value]) => `${key}: ${Array.isArray(value) ? value.join(', ') || '–' : String(value)}`)
    .join(' · ')
}

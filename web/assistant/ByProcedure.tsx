// What a procedure came to on a ticket: each step with what became of it, what is known by now, and what it proposes, done at a press.
import { useQuery } from '@tanstack/react-query'

import type { AssistantRun } from '../../src/api/contract/assistant.ts'
import type { Proposal } from '../../src/api/contract/procedures.ts'
import type { Ticket } from '../../src/api/contract/tickets.ts'
import { attempt } from '../admin/saving.ts'
import { Button } from '../parts/Button.tsx'
import { ScrollBox } from '../parts/ScrollBox.tsx'
import { call } from '../wire/call.ts'
import { useMay } from '../wire/session.ts'
import { say, sayName } from '../words/say.ts'
import styles from './assistant.module.css'
import { plainOf } from './plain-of.ts'
import { forgetAssistant, proposalQuery, sayVerdict } from './wire.ts'

type Gone = NonNullable<AssistantRun['procedure']>

/** What it knows, and every step with its outcome. */
export function Trace({ procedure }: { procedure: Gone }) {
  return (
    <>
      <h3>{say('procedure.of', { name: procedure.name })}</h3>
      <Known procedure={procedure} />
      {procedure.outside.map(({ key, failed }) =>
        failed === null ? null : (
          <p key={key} className={styles['help']}>
            {say('lookUps.failed', { key, why: sayName('lookUpProblem', failed) })}
          </p>
        ),
      )}
      <ol className={styles['evidence']}>
        {procedure.trace.map(({ step, kind, did, fact }) => (
          <li key={step} value={step}>
            {kind !== null && `${sayName('procedureStep', kind)}${fact === null ? '' : ` (${fact})`}: `}
            {sayName('stepOutcome', did)}
          </li>
        ))}
      </ol>
    </>
  )
}

function Known({ procedure: { facts } }: { procedure: Gone }) {
  if (facts.length === 0) return null
  return (
    <dl className={styles['facts']}>
      {facts.map(({ fact, value }) => (
        <div key={fact}>
          <dt>{fact}</dt>
          <dd>{value ?? say('procedure.notKnown')}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What it proposes, as it would be done by who looks at it. */
export function Proposed({ run, ticket }: { run: AssistantRun; ticket: Ticket }) {
  const { data, error } = useQuery(proposalQuery(run.id, ticket.seq))
  const mayUpdate = useMay('ticket.update')
  const mayReply = useMay('ticket.reply')
  if (run.procedure === null) return null
  if (run.use !== null) return <p className={styles['help']}>{say(`procedure.use.${run.use}`)}</p>
  if (error) return <p>{say('procedure.lost')}</p>
  if (data === undefined) return null
  const approve = () =>
    void attempt(
      () => call('POST', `/assistant/runs/${run.id}/proposal`, { body: { shown: data.shown } }),
      say('procedure.done', { name: data.macro.name }),
      forgetAssistant,
    )
  const refuse = () =>
    void attempt(() => sayVerdict(run.id, 'wrong'), say('assistant.noted'), forgetAssistant)
  const mayPress = mayUpdate && (data.message?.kind !== 'reply' || mayReply)
  return (
    <>
      <p>
        <strong>{data.macro.name}</strong>
      </p>
      <Changes data={data} />
      {data.message !== null && (
        <ScrollBox label={sayName('composer', data.message.kind)} className={styles['answer']}>
          {plainOf(data.message.body).text}
        </ScrollBox>
      )}
      {mayPress && (
        <div className={styles['actions']}>
          <Button weight="primary" onClick={approve}>
            {say('procedure.approve')}
          </Button>
          {run.verdict === null && (
            <Button weight="quiet" onClick={refuse}>
              {sayName('runVerdict', 'wrong')}
            </Button>
          )}
        </div>
      )}
    </>
  )
}

function Changes({ data: { changes } }: { data: Proposal }) {
  if (changes.length === 0) return null
  return (
    <dl className={styles['facts']} aria-label={say('procedure.wouldChange')}>
      {changes.map(({ field, from, to }) => (
        <div key={field}>
          <dt>{isProperty(field) ? sayName('property', field) : field}</dt>
          <dd>{[from, to].filter(Boolean).join(' → ') || say('value.none')}</dd>
        </div>
      ))}
    </dl>
  )
}

const isProperty = (field: string) =>
  ['status', 'priority', 'assignee', 'team', 'category', 'tags', 'assistant'].includes(field)

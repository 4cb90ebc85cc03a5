// The assistant beside a ticket: the answer it suggests with its evidence, fields it would set, and whether it may answer at all. What
// people do with a suggestion is what it learns from.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { AssistantRun, TicketAssistant } from '../../src/api/contract/assistant.ts'
import type { Ticket } from '../../src/api/contract/tickets.ts'
import { escapeHtml } from '../../src/api/contract/variables.ts'
import { attempt } from '../admin/saving.ts'
import { Button } from '../parts/Button.tsx'
import { ScrollBox } from '../parts/ScrollBox.tsx'
import { Card } from '../ticket/beside/Card.tsx'
import { insertHtml } from '../ticket/composer/insert.ts'
import { call } from '../wire/call.ts'
import { useCategories, useTeams } from '../wire/desk.ts'
import { languageName } from '../parts/time.ts'
import { useMay } from '../wire/session.ts'
import { say, sayName } from '../words/say.ts'
import { AlikeOffer } from './AlikeOffer.tsx'
import styles from './assistant.module.css'
import { Proposed } from './ByProcedure.tsx'
import { forgetAssistant, sayVerdict, setEnabled, ticketAssistantQuery, type Verdict } from './wire.ts'
import { chanceWords, Evidence, outcomeWords, WhyRun } from './WhyRun.tsx'

export function Beside({ ticket }: { ticket: Ticket }) {
  const { data } = useQuery(ticketAssistantQuery(ticket.id, ticket.seq))
  const [isAsking, setAsking] = useState(false)
  const mayUpdate = useMay('ticket.update')
  const run = data?.runs.find(({ id }) => id === data.proposes) ?? data?.runs[0]
  if (!data || !data.isLive) return null
  const ask = mayUpdate && data.mention !== null && <Ask ticket={ticket} />
  if (run === undefined)
    return (
      ask && (
        <Card name="assistant">
          <div className={styles['actions']}>{ask}</div>
        </Card>
      )
    )
  // What the ticket has moved on from is not offered; what was done is told.
  const isProposal =
    typeof run.procedure?.macroId === 'number' && (run.id === data.proposes || run.use !== null)
  const hasLooked = run.decision !== 'triage_only' && run.decision !== 'skip'
  return (
    <Card name="assistant">
      <p>
        {isProposal ? say('procedure.proposesHere', { name: run.procedure?.name ?? '' }) : outcomeWords(run)}
      </p>
      {run.answer !== null && run.messageId === null && <Suggested run={run} ticket={ticket} />}
      {isProposal && <Proposed run={run} ticket={ticket} />}
      {data.alike !== null && <AlikeOffer alike={data.alike} ticket={ticket} />}
      <SuggestedFields run={run} ticket={ticket} data={data} />
      {run.verdict !== null && (
        <p className={styles['help']}>
          {say('assistant.judged', { verdict: sayName('runVerdict', run.verdict) })}
        </p>
      )}
      <div className={styles['actions']}>
        {!hasLooked && ask}
        <Button weight="quiet" onClick={() => setAsking(true)}>
          {say('assistant.why')}
        </Button>
        <Enable ticket={ticket} data={data} />
      </div>
      {isAsking && <WhyRun run={run} onClose={() => setAsking(false)} />}
    </Card>
  )
}

/** Where it has not looked for an answer, it can be asked to. */
function Ask({ ticket }: { ticket: Ticket }) {
  const ask = () =>
    void attempt(() => setEnabled(ticket.id, true), say('assistant.willLook'), forgetAssistant)
  return <Button onClick={ask}>{say('ask.assistant')}</Button>
}

function Suggested({ run, ticket }: { run: AssistantRun; ticket: Ticket }) {
  const mayReply = useMay('ticket.reply')
  const judge = (verdict: Verdict) =>
    void attempt(() => sayVerdict(run.id, verdict), say('assistant.noted'), forgetAssistant)
  // What is sent in the end says what it was worth.
  const take = () => insertHtml(ticket.id, asHtml(run))
  return (
    <>
      <ScrollBox label={say('assistant.suggested')} className={styles['answer']}>
        {run.answer}
      </ScrollBox>
      {run.pCorrect !== null && <p className={styles['help']}>{chanceWords(run)}</p>}
      <Evidence run={run} most={3} />
      {mayReply && (
        <div className={styles['actions']}>
          <Button onClick={take}>{say('assistant.insert')}</Button>
          {(['incomplete', 'wrong', 'harmful'] as const).map((verdict) => (
            <Button key={verdict} weight="quiet" onClick={() => judge(verdict)}>
              {sayName('runVerdict', verdict)}
            </Button>
          ))}
        </div>
      )}
    </>
  )
}

/** The words with links to where they stand; the greeting is the agent's own. */
function asHtml({ sentences, evidence, steps }: AssistantRun): string {
  const said = sentences.map(({ sentence }) => escapeHtml(sentence))
  // An article's lines stay lines; a model writes a paragraph.
  const isWorded = steps.some(({ step }) => step === 'model')
  const words = (isWorded ? [said.join(' ')] : said).map((each) => `<p>${each}</p>`).join('')
  const cited = new Set(sentences.flatMap(({ evidence: number }) => number ?? []))
  const sources = evidence.filter((_, at) => cited.has(at + 1) || (cited.size === 0 && at === 0))
  const links = new Map(sources.map(({ path, title }) => [path, title]))
  return (
    words +
    [...links]
      .map(
        ([path, title]) => `<p><a href="${escapeHtml(location.origin + path)}">${escapeHtml(title)}</a></p>`,
      )
      .join('')
  )
}

type FieldsProps = { run: AssistantRun; ticket: Ticket; data: TicketAssistant }

/** One press takes a suggestion; what the ticket has already is not suggested. */
function SuggestedFields({ run, ticket, data }: FieldsProps) {
  const categories = useCategories()
  const teams = useTeams()
  const mayUpdate = useMay('ticket.update')
  if (!mayUpdate) return null
  const known = run.guesses.filter(({ field, isKnown }) => isKnown && data.triage[field] !== 'off')
  const wanted = known.flatMap(({ field, label }) => {
    const value = {
      category: categories.find(({ id }) => String(id) === label)?.path,
      team: teams.find(({ id }) => String(id) === label)?.name,
      priority: label,
      tags: label,
      language: label,
      skill: undefined,
    }[field]
    const now = {
      category: ticket.category,
      team: ticket.team?.name,
      priority: ticket.priority,
      tags: ticket.tags.includes(label) ? label : null,
      // Whatever they have said of themselves stays.
      language: data.language === null ? null : label,
      skill: null,
    }[field]
    return value === undefined || value === (now ?? null) ? [] : [{ field, value }]
  })
  const skills = known.filter(({ field }) => field === 'skill').map(({ label }) => Number(label))
  const named = data.skills.filter(({ id }) => skills.includes(id)).map(({ name }) => name)
  return (
    <>
      {named.length > 0 && (
        <p className={styles['help']}>
          {say('assistant.suggestsField', {
            field: sayName('assistantField', 'skill'),
            value: named.join(', '),
          })}
        </p>
      )}
      {wanted.length > 0 && (
        <div className={styles['actions']}>
          {wanted.map(({ field, value }) => (
            <Button key={`${field} ${value}`} onClick={() => takeField(ticket, field, value)}>
              {say('assistant.suggestsField', {
                field: sayName('assistantField', field),
                value: field === 'language' ? languageName(value) : value,
              })}
            </Button>
          ))}
        </div>
      )}
    </>
  )
}

function takeField(
  { id, requester }: Ticket,
  field: AssistantRun['guesses'][number]['field'],
  value: string,
) {
  const [path, body] =
    field === 'language'
      ? [`/people/${requester.id}`, { language: value }]
      : [`/tickets/${id}`, field === 'tags' ? { addTags: [value] } : { [field]: value }]
  void attempt(() => call('PATCH', path, { body }), say('assistant.taken'), forgetAssistant)
}

function Enable({ ticket, data }: { ticket: Ticket; data: TicketAssistant }) {
  const mayUpdate = useMay('ticket.update')
  if (!mayUpdate) return null
  const isOn = data.state === 'on'
  return (
    <Button
      weight="quiet"
      onClick={() =>
        void attempt(() => setEnabled(ticket.id, !isOn), say('assistant.noted'), forgetAssistant)
      }
    >
      {say(isOn ? 'assistant.takeAway' : 'assistant.giveBack')}
    </Button>
  )
}

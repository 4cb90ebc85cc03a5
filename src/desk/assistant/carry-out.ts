// Carries out what a run decided, through the same door as everybody: fields, an answer, a draft as a note, or a hand-over. What the
// ticket's laws refuse is handed over too.
import type { Considered } from '#assistant/consider.ts'
import { lacksOf, packageText } from '#assistant/package.ts'
import { noteLacks, noteWritten } from '#assistant/run-store.ts'
import { useOf } from '#assistant/triage.ts'
import { reaches, type EscalationReason, type PackagePart, type TriageField } from '#assistant/words.ts'
import { act } from '#desk/act.ts'
import { answerOf, type Answer } from '#desk/answer.ts'
import { packageFacts } from '#desk/assistant/package-facts.ts'
import { byAssistant } from '#desk/assistant/principal.ts'
import type { Gathered } from '#desk/assistant/standing.ts'
import type { Desk } from '#desk/desk.ts'
import { isOurs } from '#desk/outbound/mails.ts'
import { recipientsNow } from '#desk/outbound/reply-recipients.ts'
import type { Outcome } from '#desk/update.ts'
import type { CategoryId, PersonId } from '#kit/ids.ts'
import { plus } from '#kit/time.ts'
import { findTeam } from '#people/agent-store.ts'
import { tellLanguage } from '#people/person-store.ts'
import type { Transaction } from '#store/database.ts'
import type { Changes } from '#tickets/command.ts'
import type { NewFact } from '#tickets/event.ts'
import { eventsAfter } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { priorities, type Priority } from '#tickets/vocabulary.ts'

/** Shorter leaves no time to take a mail back. */
const LEAST_DELAY_SECONDS = 30

export type ToCarryOut = {
  readonly runId: number
  readonly configVersion: number
  readonly ticket: Ticket
  readonly considered: Considered
  readonly gathered: Gathered
}

/** Carries out a run. In shadow, and for suggestions, nothing but the fields changes; a draft, and what is left to people, are noted as such. */
export async function carryOut(desk: Desk, tx: Transaction, run: ToCarryOut): Promise<void> {
  const { considered } = run
  const { personId } = (await desk.setup.now()).assistant
  if (personId === null) return
  const isNoted = await setFields(desk, tx, run, personId)
  const { decision, mode, reason } = considered
  if (!reaches(mode, 'draft')) return
  if ((reason === 'holdout' || decision === 'draft') && !isNoted) await noteRun(desk, tx, run, personId)
  if (decision === 'auto_resolve' || decision === 'answer_stay_open' || decision === 'ask') {
    const outcome = await answer(desk, tx, run, personId)
    if (outcome.ok && !isNoted) await noteRun(desk, tx, run, personId)
    if (!outcome.ok) await handOver(desk, tx, run, personId, { reason: 'tool_failed', isNoted })
  } else if (decision === 'draft') await note(desk, tx, run, personId)
  else if (decision === 'escalate') {
    const because = (reason ?? 'low_confidence') as EscalationReason
    await handOver(desk, tx, run, personId, { reason: because, isNoted })
  }
}

/** What it is sure of and may set; what people have set stays. True when that notes the run. */
async function setFields(desk: Desk, tx: Transaction, run: ToCarryOut, personId: PersonId): Promise<boolean> {
  const { ticket, considered } = run
  const { config } = (await desk.setup.now()).assistant
  if (config === null) return false
  const all = (field: TriageField) =>
    considered.guesses
      .filter((each) => each.field === field && useOf(each, config.triage[field]) === 'set')
      .map(({ label }) => label)
  const [[category], [priority], [team]] = [all('category'), all('priority'), all('team')]
  // What was learnt yesterday may be gone today.
  const found = team === undefined ? null : await findTeam(tx, Number(team))
  const teamId = found === null || found.archived ? undefined : found.id
  const changes: Changes = {
    ...(category !== undefined && ticket.categoryId === null
      ? { categoryId: Number(category) as CategoryId }
      : {}),
    ...(teamId !== undefined && ticket.teamId === null ? { teamId } : {}),
    ...(priority !== undefined && ticket.priority === 'normal' && isPriority(priority) ? { priority } : {}),
    ...(await newTags(desk, tx, ticket, all('tags'))),
  }
  const read = await readOfPerson(tx, ticket, { language: all('language')[0], skills: all('skill') })
  if (Object.keys(changes).length + Object.keys(read).length === 0) return false
  const command = { kind: 'set', ...changes, facts: [ran(run, considered.reason, read)] } as const
  return (await act(desk, tx, ticket.id, command, byAssistant(personId))).ok
}

/** Tags in use that it has not; what people took away stays away. */
async function newTags(
  desk: Desk,
  tx: Transaction,
  ticket: Ticket,
  tags: readonly string[],
): Promise<Pick<Changes, 'addTags'>> {
  const missing = tags.filter((tag) => !ticket.tags.includes(tag))
  if (missing.length === 0) return {}
  const log = await eventsAfter(tx, ticket.id, 0, null)
  const removed = log.flatMap((event) => (event.kind === 'tags_changed' ? event.payload.removed : []))
  const { tags: inUse } = await desk.setup.now()
  const addTags = missing.filter((tag) => inUse.has(tag) && !removed.includes(tag))
  return addTags.length === 0 ? {} : { addTags }
}

type Read = { readonly language?: string; readonly skillIds?: readonly number[] }

/** The language of who asks, where nobody has said theirs, and what whoever takes the ticket had better know. */
async function readOfPerson(
  tx: Transaction,
  { requesterId }: Ticket,
  { language, skills }: { readonly language: string | undefined; readonly skills: readonly string[] },
): Promise<Read> {
  const isTold = language !== undefined && (await tellLanguage(tx, requesterId, language))
  return {
    ...(isTold ? { language } : {}),
    ...(skills.length === 0 ? {} : { skillIds: skills.map(Number) }),
  }
}

async function noteRun(desk: Desk, tx: Transaction, run: ToCarryOut, personId: PersonId): Promise<void> {
  await act(desk, tx, run.ticket.id, { kind: 'record', facts: [ran(run)] }, byAssistant(personId))
}

function isPriority(word: string): word is Priority {
  return (priorities as readonly string[]).includes(word)
}

async function answer(desk: Desk, tx: Transaction, run: ToCarryOut, personId: PersonId): Promise<Outcome> {
  const { ticket, considered } = run
  const setup = await desk.setup.now()
  const { to } = await recipientsNow(tx, ticket)
  const reachable = to.filter(({ email }) => !isOurs(email, setup))
  const delay = Math.max(LEAST_DELAY_SECONDS, setup.assistant.config?.sendDelaySeconds ?? 0)
  const at = desk.clock.now()
  return say(desk, tx, run, personId, {
    kind: 'reply',
    channel: ticket.channel,
    words: { bodyText: considered.answer ?? '' },
    recipients: { to: reachable, cc: [] },
    sendAt: plus(at, delay),
    also: { set: { status: considered.decision === 'auto_resolve' ? 'resolved' : 'pending' } },
  })
}

async function note(
  desk: Desk,
  tx: Transaction,
  run: ToCarryOut,
  personId: PersonId,
): Promise<{ readonly isWritten: boolean; readonly lacks: readonly PackagePart[] }> {
  const { ticket, considered } = run
  const facts = await packageFacts(desk, tx, run)
  const outcome = await say(desk, tx, run, personId, {
    kind: 'note',
    channel: ticket.channel,
    words: { bodyText: packageText(considered, facts) },
  })
  return { isWritten: outcome.ok, lacks: lacksOf(considered, facts) }
}

/** The ticket is people's now: open, with nobody, its place in line kept; the note and the fact are one with it. */
async function handOver(
  desk: Desk,
  tx: Transaction,
  run: ToCarryOut,
  personId: PersonId,
  { reason, isNoted }: { reason: EscalationReason; isNoted: boolean },
): Promise<void> {
  const { ticket, runId } = run
  const isOwn = ticket.assigneeId === personId
  const escalated: NewFact = { kind: 'assistant_escalated', payload: { runId, reason } }
  const changes: Changes = {
    ...(ticket.status === 'open' ? {} : { status: 'open' }),
    ...(isOwn ? { assigneeId: null, assigneeReason: 'escalation' } : {}),
  }
  const facts = isNoted ? [escalated] : [ran(run, reason), escalated]
  await act(desk, tx, ticket.id, { kind: 'set', ...changes, facts }, byAssistant(personId))
  const considered = { ...run.considered, decision: 'escalate', reason } as const
  const { isWritten, lacks } = await note(desk, tx, { ...run, considered }, personId)
  await noteLacks(tx, runId, isWritten ? lacks : [...lacks, 'note'])
}

/** Writes a message of the assistant, and notes with the run that it did. */
async function say(
  desk: Desk,
  tx: Transaction,
  { runId, ticket }: ToCarryOut,
  personId: PersonId,
  what: Pick<Answer, 'kind' | 'channel' | 'words' | 'recipients' | 'sendAt' | 'also'>,
): Promise<Outcome> {
  const { message, command, content } = await answerOf(desk, {
    ticket,
    author: { authorId: personId, authorType: 'assistant' },
    at: desk.clock.now(),
    ...what,
  })
  const outcome = await act(desk, tx, ticket.id, command, byAssistant(personId), content)
  if (outcome.ok) await noteWritten(tx, runId, { messageId: message.id, updateId: outcome.updateId })
  return outcome
}

function ran(
  { runId, configVersion, considered }: ToCarryOut,
  reason: string | null = considered.reason,
  read: Read = {},
): NewFact {
  const { decision } = considered
  const why = reason === null ? {} : { reason }
  return { kind: 'assistant_ran', payload: { runId, decision, ...why, configVersion, ...read } }
}

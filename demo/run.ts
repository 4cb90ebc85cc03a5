// Plays the stories on a desk, through the same `act` as everybody, at their own times. Nothing is mailed.
import { begin as beginTicket } from '#desk/begin.ts'
import { act } from '#desk/act.ts'
import { asParticipant, asRequester, bySystem, type By, type Content } from '#desk/update.ts'
import { merge } from '#desk/act-many.ts'
import { readAgain, newInHand, writeInHand, type InHand } from '#desk/in-hand.ts'
import { passTime } from '#desk/pass-time.ts'
import type { Desk } from '#desk/desk.ts'
import type { MessageId, PersonId, TicketId } from '#kit/ids.ts'
import { instant, type Instant } from '#kit/time.ts'
import { safeHtmlOf } from '#mail/body.ts'
import { identify } from '#people/person-store.ts'
import type { Transaction } from '#store/database.ts'
import type { Command } from '#tickets/command.ts'
import type { NewFact } from '#tickets/event.ts'
import { canBeRated, episodeOf } from '#tickets/survey.ts'
import { addSurvey, keepRating, surveyOfEpisode } from '#tickets/survey-store.ts'
import { newTicketIds } from '#tickets/ticket-store.ts'
import { plainText, type NewMessageRow } from '#tickets/write/message-store.ts'
import { askCarrier, asksCarrier, carrierAnswers, type Aside } from './asides.ts'
import { agents, company } from './company.ts'
import { fileOf, pictureIn } from './files.ts'
import type { Cast } from './set-up.ts'
import { DOUBTED, type Step, type Story } from './story.ts'
import { chats, comes, readToEnd } from './visitors.ts'

/** A story whose tickets are open. */
export type Begun = {
  readonly story: Story
  readonly requesterId: PersonId
  readonly ccId: PersonId | null
  readonly inHand: InHand
  /** The ticket of the mail that asked again. */
  again: InHand | null
  lastReplyId: MessageId | null
  /** What the carrier was asked and has not answered yet. */
  aside: Aside | null
}

/** Opens the tickets of some stories in order of time, those of mails that ask again among them. */
export async function begin(
  desk: Desk,
  tx: Transaction,
  cast: Cast,
  some: readonly Story[],
): Promise<Begun[]> {
  const begun = new Map<Story, Begun>()
  const openings = some.flatMap((story) => [
    { story, at: story.at, text: story.text, isFirst: true },
    ...(story.again === null ? [] : [{ story, ...story.again, isFirst: false }]),
  ])
  const ids = await newTicketIds(tx, openings.length)
  for (const [index, opening] of openings.toSorted((a, b) => a.at - b.at).entries()) {
    const { story, at, text, isFirst } = opening
    const inHand = newInHand(ids[index] ?? (0 as TicketId))
    const opened = await openTicket(
      desk,
      tx,
      cast,
      inHand,
      isFirst ? story : { ...story, at, text, cc: null },
    )
    const first = begun.get(story)
    if (first === undefined)
      begun.set(story, { story, ...opened, inHand, again: null, lastReplyId: null, aside: null })
    else first.again = inHand
  }
  return [...begun.values()]
}

/** Tells the stories to their end, one after the other; their clocks are looked at when they are due. */
export async function goOn(
  desk: Desk,
  tx: Transaction,
  cast: Cast,
  begun: readonly Begun[],
  until: Instant,
): Promise<void> {
  for (const each of begun) {
    for (const step of each.story.steps) {
      await passTime(desk, tx, each.inHand, instant(step.at))
      if (each.again !== null && step.does === 'merge') await passTime(desk, tx, each.again, instant(step.at))
      await take(desk, tx, cast, each, step)
    }
    await passTime(desk, tx, each.inHand, until)
    await writeInHand(tx, each.inHand)
    await writeInHand(tx, each.again ?? undefined)
    if (each.story.chat !== null) await readToEnd(tx, each.inHand.id, each.inHand.ticket?.seq ?? 0)
  }
}

async function openTicket(desk: Desk, db: Transaction, cast: Cast, inHand: InHand, story: Story) {
  const at = instant(story.at)
  const came = story.chat === null ? null : await comes(db, cast.widgetId ?? 0, story)
  const requesterId = came?.requesterId ?? (await identify(db, story.requester.email, story.requester.name))
  const ccId = story.cc === null ? null : await identify(db, story.cc.email, story.cc.name)
  const message = await row(desk, {
    at,
    direction: 'inbound',
    kind: 'reply',
    authorId: requesterId,
    text: story.text,
    html: story.html,
    channel: story.channel,
    to: came === null ? [{ name: company.name, email: company.address }] : [],
    cc: story.cc === null ? [] : [story.cc],
  })
  const attachments = story.attachment ? [await fileOf(desk, story)] : []
  const bodyHtml = message.bodyHtml === null ? null : safeHtmlOf(message.bodyHtml + pictureIn(story))
  const outcome = await beginTicket(desk, db, {
    requesterId,
    message: { ...message, bodyHtml, attachments, ...(story.chat === null ? {} : checkOf(story.chat)) },
    subject: story.subject,
    by: asRequester(requesterId),
    set: cast.mark === undefined ? {} : { addTags: [cast.mark] },
    from: {
      brandId: cast.brandId,
      ...(came === null ? { mailboxId: cast.mailboxId } : {}),
      ...(ccId === null ? {} : { participants: [{ personId: ccId, role: 'cc' }] }),
    },
    content: { at, inHand, silent: true },
  })
  if (!outcome.ok) throw new Error(`A story could not begin: ${outcome.refusal.name}`)
  if (came !== null) await chats(db, inHand.id, came, story)
  return { requesterId, ccId }
}

const checkOf = ({ isKnown }: { readonly isKnown: boolean }) => ({
  senderCheck: isKnown ? ('verified' as const) : ('unverified' as const),
})

type Said = {
  at: Instant
  direction: 'inbound' | 'outbound' | 'internal'
  kind: 'reply' | 'note'
  authorId: PersonId
  text: string
  channel: Story['channel']
  quoted?: string | null
  html?: boolean
  to?: readonly { name: string; email: string }[]
  cc?: readonly { name: string; email: string }[]
}

async function row(desk: Desk, words: Said): Promise<NewMessageRow> {
  return {
    ...plainText,
    id: (await desk.ids.next()) as MessageId,
    kind: words.kind,
    direction: words.direction,
    authorId: words.authorId,
    authorType: words.direction === 'inbound' ? 'requester' : 'agent',
    channel: words.channel,
    at: words.at,
    bodyText: words.text,
    // Cleaned, as every mail is before it is kept.
    bodyHtml: words.html === true ? safeHtmlOf(htmlOf(words.text)) : null,
    quotedText: words.quoted ?? null,
    recipients: { to: words.to ?? [], cc: words.cc ?? [] },
  }
}

/** As mail programs write it: a block a paragraph, lines broken, order numbers bold. */
function htmlOf(text: string): string {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const paragraphs = safe.split('\n\n').map((part) => `<p>${part.replaceAll('\n', '<br>')}</p>`)
  return paragraphs.join('').replace(/LL-\d{5}/g, '<b>$&</b>')
}

/** Refusals are part of life: an agent who comes too late simply does not. */
async function take(desk: Desk, tx: Transaction, cast: Cast, begun: Begun, step: Step): Promise<void> {
  const at = instant(step.at)
  if (step.does === 'merge') {
    if (begun.again !== null) await join(desk, tx, begun, begun.again, at, byAgent(cast, step.agent))
    return
  }
  if (step.does === 'ask' || step.does === 'rate') return survey(desk, tx, cast, begun, step, at)
  const { command, by, content } = await asCommand(desk, cast, begun, step, at)
  const { inHand, aside, story } = begun
  if (aside !== null && (await carrierAnswers(desk, tx, { inHand, aside, at }))) begun.aside = null
  await act(desk, tx, inHand.id, command, by, { ...content, at, inHand, silent: true })
  if (asksCarrier(story, step))
    begun.aside = await askCarrier(desk, tx, { inHand, order: story.fields.orderNumber, by, at })
}

/** Asks whether it helped, if it is resolved still; or says so. */
async function survey(
  desk: Desk,
  tx: Transaction,
  cast: Cast,
  begun: Begun,
  step: Extract<Step, { does: 'ask' | 'rate' }>,
  at: Instant,
): Promise<void> {
  const { inHand, requesterId } = begun
  const { ticket } = inHand
  if (ticket === null || !canBeRated(ticket)) return
  const episode = episodeOf(ticket)
  const record = (facts: readonly NewFact[], by: By) =>
    act(desk, tx, inHand.id, { kind: 'record', facts }, by, { at, inHand, silent: true })
  if (step.does === 'ask') {
    const { assigneeId, teamId } = ticket
    const asked = { ticketId: inHand.id, episode, brandId: cast.brandId, personId: requesterId, at }
    const id = await desk.ids.next()
    const outcome = begun.story.chat === null ? 'sent' : 'chat'
    await addSurvey(tx, { id, ...asked, outcome, scale: 2, assigneeId, teamId })
    await record([{ kind: 'csat_sent', payload: { surveyId: id, episode } }], bySystem)
    return
  }
  const found = await surveyOfEpisode(tx, inHand.id, episode)
  if (found === null) return
  const { score, comment } = step
  await keepRating(tx, found.id, { score, comment, at })
  const payload = { surveyId: found.id, episode, score }
  await record([{ kind: 'csat_answered', payload }], asRequester(requesterId))
}

/** Merges the ticket of the second mail into the first. */
async function join(desk: Desk, tx: Transaction, begun: Begun, again: InHand, at: Instant, by: By) {
  await writeInHand(tx, begun.inHand)
  await writeInHand(tx, again)
  const merging = { sourceIds: [again.id], targetId: begun.inHand.id, acknowledgedNewReaders: readers(begun) }
  await merge({ ...desk, clock: { now: () => at } }, tx, merging, by)
  await readAgain(tx, begun.inHand)
}

/** Who reads something new by the merge: whoever was copied on the first mail only. */
function readers({ ccId }: Begun): PersonId[] {
  return ccId === null ? [] : [ccId]
}

async function asCommand(
  desk: Desk,
  cast: Cast,
  begun: Begun,
  step: Exclude<Step, { does: 'merge' | 'ask' | 'rate' }>,
  at: Instant,
): Promise<{ command: Command; by: By; content: Content }> {
  const { story, requesterId } = begun
  const agent = 'agent' in step ? byAgent(cast, step.agent) : bySystem
  const plain = (command: Command) => ({ command, by: agent, content: {} })
  switch (step.does) {
    case 'triage': {
      const categoryId = cast.categories.get(step.category) ?? null
      const teamId = cast.teams.get(step.team) ?? null
      const fields = Object.fromEntries(
        Object.entries(story.fields).flatMap(([key, value]) => {
          const fieldId = cast.fields.get(key)
          return fieldId === undefined ? [] : [[String(fieldId), value]]
        }),
      )
      const sorted = { categoryId, teamId, priority: step.priority }
      const left = step.agrees ? setByRules(cast, begun.inHand) : []
      const own = Object.fromEntries(Object.entries(sorted).filter(([field]) => !left.includes(field)))
      return plain({ kind: 'set', ...own, addTags: step.tags, fields })
    }
    case 'assign':
      return plain({ kind: 'set', assigneeId: cast.agents[step.to] ?? null })
    case 'snooze':
      return plain({ kind: 'snooze', until: instant(step.until) })
    case 'spam':
      return plain({ kind: 'markSpam' })
    case 'bounce': {
      const result = step.hard ? 'bounced_permanent' : 'bounced_temporary'
      const messageId = begun.lastReplyId ?? (0 as MessageId)
      return plain({ kind: 'deliver', messageId, recipientId: requesterId, result })
    }
    case 'note':
    case 'reply':
      return said(desk, cast, begun, step, at)
    case 'customer':
    case 'cc':
      return heard(desk, begun, step, at)
  }
}

/** The fields of a ticket that rules have set; nobody believes the category of a rule that is wrong on purpose. */
function setByRules({ categories }: Cast, { ticket, log }: InHand): string[] {
  const fields = { category_changed: 'categoryId', team_changed: 'teamId', priority_changed: 'priority' }
  const doubted = ticket?.categoryId === categories.get(DOUBTED)
  return log.flatMap(({ kind, actor }) =>
    actor.type === 'rule' && kind in fields && !(doubted && kind === 'category_changed')
      ? [fields[kind as keyof typeof fields]]
      : [],
  )
}

/** What an agent writes: a reply to all, or a note. */
async function said(
  desk: Desk,
  cast: Cast,
  begun: Begun,
  step: Extract<Step, { does: 'note' | 'reply' }>,
  at: Instant,
) {
  const { requester, cc } = begun.story
  const isNote = step.does === 'note'
  const message = await row(desk, {
    at,
    kind: step.does,
    direction: isNote ? 'internal' : 'outbound',
    authorId: cast.agents[step.agent] ?? begun.requesterId,
    text: step.text,
    channel: wayOf(begun),
    to: isNote || begun.story.chat !== null ? [] : [requester],
    cc: isNote || cc === null ? [] : [cc],
  })
  if (!isNote) begun.lastReplyId = message.id
  const recipientCount = message.recipients.to.length + message.recipients.cc.length
  const about = { messageId: message.id, channel: wayOf(begun), attachmentCount: 0, recipientCount } as const
  const command: Command = isNote
    ? { kind: 'note', ...about }
    : { kind: 'reply', ...about, set: { status: step.status } }
  return { command, by: byAgent(cast, step.agent), content: { messages: [message] } }
}

/** What the requester writes, or whoever was copied. */
async function heard(
  desk: Desk,
  begun: Begun,
  step: Extract<Step, { does: 'customer' | 'cc' }>,
  at: Instant,
): Promise<{ command: Command; by: By; content: Content }> {
  const isCc = step.does === 'cc' && begun.ccId !== null
  const authorId = isCc ? (begun.ccId ?? begun.requesterId) : begun.requesterId
  const message = await row(desk, {
    at,
    kind: 'reply',
    direction: 'inbound',
    authorId,
    text: step.text,
    html: begun.story.html,
    channel: wayOf(begun),
    quoted: step.does === 'customer' ? step.quoted : null,
  })
  const command: Command = {
    kind: 'receive',
    authorId,
    messageId: message.id,
    channel: wayOf(begun),
    thanks: step.does === 'customer' && step.thanks,
    attachmentCount: 0,
    recipientCount: 0,
  }
  const by: By = isCc ? asParticipant(authorId) : asRequester(authorId)
  return { command, by, content: { messages: [message] } }
}

/** Chats go on as chats, everything else by mail. */
const wayOf = ({ story }: Begun) => (story.chat === null ? 'email' : 'chat')

function byAgent(cast: Cast, index: number): By {
  const id = cast.agents[index] ?? null
  return {
    actor: { type: 'agent', id },
    role: agents[index]?.role ?? 'agent',
    personId: id,
    mayReopenClosed: true,
  }
}

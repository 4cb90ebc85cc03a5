// Mails of a box as a source: gone through once for who answers whom, then told conversation by conversation, each read when it is its turn.
import { z } from 'zod'
import { agentAddresses, agentNames } from '#imports/cast-store.ts'
import { ticketsFrom } from '#imports/import-store.ts'
import type { Box } from '#imports/mails/box.ts'
import { indexBox, reader, type Index } from '#imports/mails/index-box.ts'
import type { MailMap } from '#imports/mails/map.ts'
import type { Ours } from '#imports/mails/read-letter.ts'
import {
  requesterOf,
  storyOf,
  userOf,
  versionOfConversation,
  type Whole,
} from '#imports/mails/read-thread.ts'
import { conversationsOf, type Conversation } from '#imports/mails/threads.ts'
import { toldBefore, type ToldBefore } from '#imports/mails/told-store.ts'
import type { ReadyItem } from '#imports/ready.ts'
import type { Batch, Ending, Source } from '#imports/run.ts'
import type { Item, TicketStory } from '#imports/story.ts'
import { teller } from '#imports/teller.ts'
import { versionOf } from '#imports/version.ts'
import { ourAddresses } from '#desk/inbound/understand.ts'
import { shownBody, storedFiles } from '#desk/inbound/receive-message.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'
import { createTurns } from '#kit/turns.ts'
import { addressKey } from '#mail/address.ts'
import { ticketsByRfcIds } from '#tickets/message-store.ts'

export const mailKinds = ['mbox', 'maildir'] as const
export type MailKind = (typeof mailKinds)[number]

const AT_ONCE = 50
const TOLD_AT_ONCE = 1_000
const LARGE_BYTES = 2_000_000

/** What mails are called among the sources: by the name of where they come from, whatever file they lie in this time. */
export function mailName(name: string): string {
  return `mail:${name}`
}

/** Mails of a box under the name that they are known by. */
export function mailSource(
  desk: Desk,
  kind: MailKind,
  box: Box,
  name: string,
  map: MailMap,
): Source<Item, ReadyItem> {
  return {
    name: mailName(name),
    kind,
    batches: (from) => batchesOf({ desk, box, map, name: mailName(name) }, from),
    ...teller(desk, mailName(name), null),
  }
}

type Telling = { readonly desk: Desk; readonly box: Box; readonly map: MailMap; readonly name: string }

/** Which addresses are the desk's own, with those that a map names. */
export async function oursOf(desk: Desk, map: Pick<MailMap, 'mailboxes' | 'agents'>): Promise<Ours> {
  const mailboxes = ourAddresses(await desk.setup.now()).map(addressKey)
  return {
    mailboxes: new Set([...mailboxes, ...map.mailboxes]),
    agents: new Set([...(await agentAddresses(desk.database)), ...map.agents]),
  }
}

const placeIn = z.object({ at: z.int().nonnegative(), of: z.string() })

/** What was set aside, then people, then conversations; the place is how many of them were told, of which box. */
async function* batchesOf(telling: Telling, from: unknown): AsyncGenerator<Batch<Item>, Ending> {
  const { desk, box, map } = telling
  const index = await indexBox(box, await oursOf(desk, map), desk.clock.now())
  if (index.mails.length > 0 && !index.isOurs)
    throw new Fault('No mail in it is from or to an address of this desk: say whose box it is', {
      retryable: false,
      code: 'NOBODY',
    })
  const conversations = conversationsOf(index.mails, await allToldBefore(telling))
  const people = peopleIn(conversations)
  const agents = new Map(
    (await agentNames(desk.database)).map((each) => [each.name.toLowerCase(), each.email]),
  )
  const [asides, before] = [index.aside.length, index.aside.length + people.length]
  const end = before + conversations.length
  // A box that has changed since is gone through anew: what was told is known by its refs.
  const digest = versionOf([asides, people, conversations.map(({ mails }) => mails.map(({ key }) => key))])
  const place = placeIn.safeParse(from).data
  for (let start = place?.of === digest ? place.at : 0; start < end;) {
    const limit = start < asides ? asides : start < before ? before : end
    const stop = Math.min(start + AT_ONCE, limit)
    const items =
      start < asides
        ? asidesOf(box, index, start, stop)
        : start < before
          ? people.slice(start - asides, stop - asides).flatMap((number) => {
              const met = index.people.get(number)
              return met === undefined ? [] : [userOf(number, met, agents)]
            })
          : await ticketsOf(telling, conversations.slice(start - before, stop - before))
    const here = start
    yield { items, positionAfter: (done) => ({ at: here + done, of: digest }) }
    start = stop
  }
  return { complete: true, problems: [] }
}

async function allToldBefore({ desk, name }: Telling): Promise<ToldBefore[]> {
  const found: ToldBefore[] = []
  for (;;) {
    const some = await toldBefore(desk.database, name, found.at(-1)?.id ?? '', TOLD_AT_ONCE)
    found.push(...some)
    if (some.length < TOLD_AT_ONCE) return found
  }
}

function asidesOf(box: Box, { aside }: Index, start: number, stop: number): Item[] {
  return aside.slice(start, stop).map(({ where, reason }) => {
    const place = box.placeOf(where)
    return { kind: 'mails', id: place, place, skipped: reason }
  })
}

/** Who speaks in conversations, or is asked in them first. */
function peopleIn(conversations: readonly Conversation[]): number[] {
  const found = new Set<number>()
  for (const each of conversations) {
    found.add(requesterOf(each))
    for (const { author } of each.mails) found.add(author)
  }
  return [...found]
}

async function ticketsOf(telling: Telling, conversations: readonly Conversation[]): Promise<Item[]> {
  const { box, map } = telling
  const items: Item[] = []
  for (const conversation of conversations) {
    const [first] = conversation.mails
    if (first === undefined) continue
    const place = box.placeOf(first.where)
    // Mails that came later may be older: a conversation keeps the name it was told under.
    const id = conversation.told?.id ?? first.key
    const elsewhere = conversation.told === null ? await onDesk(telling, conversation) : null
    if (elsewhere !== null)
      items.push({ kind: 'tickets', id, place, skipped: `it is on this desk already as ticket ${elsewhere}` })
    else
      items.push({
        kind: 'tickets',
        id,
        place,
        version: versionOfConversation(conversation, map),
        life: () => lifeOf(telling, conversation),
      })
  }
  return items
}

/** The ticket on which a mail of a conversation lies that did not come from this box; null when there is none. */
async function onDesk({ desk, name }: Telling, { mails }: Conversation): Promise<number | null> {
  const ids = mails.flatMap(({ messageId }) => messageId ?? [])
  const found = await ticketsByRfcIds(desk.database, ids)
  if (found.length === 0) return null
  const ours = await ticketsFrom(desk.database, name, found)
  return found.find((id) => !ours.has(id)) ?? null
}

const inTurn = createTurns()

async function lifeOf(telling: Telling, conversation: Conversation): Promise<TicketStory> {
  const { desk, map } = telling
  const mails: Whole[] = []
  let mended: string | null = null
  for (const noted of conversation.mails) {
    const { start, end } = noted.where
    const read = () => wholeOf(telling, noted)
    // Large ones take turns: lives are read beside each other.
    const whole = end - start > LARGE_BYTES ? await inTurn(read) : await read()
    if (typeof whole === 'string') mended = `a mail of it could not be read: ${whole}`
    else mails.push(whole)
  }
  if (mails.length === 0) throw new Fault(mended ?? 'it has no mails', { retryable: false })
  return storyOf(conversation, mails, map, { now: desk.clock.now(), mended })
}

async function wholeOf({ desk, box }: Telling, noted: Whole['noted']): Promise<Whole | string> {
  const parsed = await reader.parse(await box.read(noted.where))
  if (!parsed.ok) return parsed.detail
  const { attachments, ...mail } = parsed.mail
  const files = (await storedFiles(desk, attachments)).map((kept) => ({ kept }))
  return { noted, mail: { ...mail, attachments: [] }, body: shownBody(parsed.mail), files }
}

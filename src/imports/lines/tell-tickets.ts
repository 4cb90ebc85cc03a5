// Tickets from our lines, told as they were written down: many in one statement.
import {
  changeImport,
  movedBefore,
  putRefs,
  refsOf,
  type Import,
  type NewRef,
  type Ref,
} from '#imports/import-store.ts'
import { outcomeOf, type Result } from '#imports/counts.ts'
import { forgetTold } from '#assistant/forget-store.ts'
import { forgetKept } from '#backtest/kept-store.ts'
import { putAgain, putBesides, putLater, reserve, roomFor, takenIds } from '#imports/lines/in-store.ts'
import {
  goingOn,
  isUnmoved,
  moved,
  UNMOVED,
  type Moving,
  type Offsets,
  type Piece,
} from '#imports/lines/moved.ts'
import { plural, tables } from '#imports/lines/tables.ts'
import type { TicketLine } from '#imports/lines/read-line.ts'
import {
  brokenOf,
  resultOf,
  type Ahead,
  type Ready,
  type Telling,
  type Whole,
} from '#imports/lines/telling.ts'
import { erasedAmong, WAS_ERASED } from '#desk/privacy/mark-store.ts'
import { wholeOf, writeOn, writeWhole, type InHand } from '#desk/in-hand.ts'
import { retold } from '#desk/retell.ts'
import type { Setup } from '#desk/setup-cache.ts'
import type { Instant } from '#kit/time.ts'
import { safeHtml } from '#imports/safe-html.ts'
import { putJudgedBySince } from '#setup/settings-store.ts'
import type { Transaction } from '#store/database.ts'
import { eventsOfTickets, lockTickets } from '#tickets/ticket-store.ts'
import { plainText, type NewMessageRow } from '#tickets/write/message-store.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { upcast, type StoredEvent } from '#tickets/upcast.ts'

/** Tells tickets; one that has been worked on here since stays as it is. */
export async function tellTickets(
  tx: Transaction,
  telling: Telling,
  run: Import,
  ready: readonly Ready[],
): Promise<Result[]> {
  const whole = ready.filter((each): each is Whole => !('problem' in each))
  const gone = await erasedAmong(
    tx,
    telling.desk,
    { source: telling.name, kind: 'tickets' },
    whole.map(({ id }) => id),
  )
  const lines = whole.filter(({ id }) => !gone.has(id))
  const refs = await refsOf(
    tx,
    telling.name,
    'tickets',
    lines.map(({ id }) => id),
  )
  const moving = await movingOf(tx, telling, run)
  const setup = await telling.desk.setup.now()
  const now = telling.desk.clock.now()
  const fresh = lines.filter(({ id }) => !refs.has(id)).map((each) => here(each, moving))
  const taken = await takenIds(
    tx,
    'ticket',
    'id',
    fresh.map(({ line }) => line.id),
  )
  const free = fresh.filter(({ line }) => !taken.has(line.id))
  await writeWhole(
    tx,
    free.flatMap(({ ready: { ahead }, line }) =>
      ahead?.setup === setup && ahead.line === line
        ? ahead.life
        : (wholeOf(inHandOf(line, setup, now), setup) ?? []),
    ),
  )
  await keepBesides(
    tx,
    free.map(({ line }) => line),
  )
  const told = free.map(({ ready: each, line }) => refOf(each, line))
  const results = [...ready.flatMap(brokenOf), ...free.map((each) => resultOf(each.ready, 'created'))]
  for (const each of whole.filter(({ id }) => gone.has(id)))
    results.push({ ...resultOf(each, 'skipped'), reason: WAS_ERASED })
  for (const { ready: each, line } of fresh)
    if (taken.has(line.id)) results.push({ ...resultOf(each, 'failed'), reason: 'its number is taken here' })
  const later: TicketLine[] = []
  for (const each of lines.filter(({ id }) => refs.has(id))) {
    const ref = refs.get(each.id)
    if (ref === undefined || outcomeOf(ref.version, each.version) === 'unchanged') {
      results.push(resultOf(each, 'unchanged'))
      continue
    }
    const { line } = here(each, moving)
    later.push(line)
    const left = await goOn(tx, line, ref, setup, now)
    if (left === null) told.push({ ...refOf(each, line), made: false })
    results.push(left === null ? resultOf(each, 'updated') : { ...resultOf(each, 'skipped'), reason: left })
  }
  await reserveBeyond(tx, moving, [...free.map(({ line }) => line), ...later])
  await putRefs(tx, { source: telling.name, importId: run.id }, told)
  return results
}

/** Reckons new tickets before their turn: it takes a processor, while the database writes those before them. */
export async function reckonAhead(telling: Telling, ready: readonly Ready[]): Promise<readonly Ready[]> {
  const { desk, name, movings } = telling
  // Once it is settled how numbers are moved: all that tickets lean on has come by then.
  const [moving] = movings.values()
  const tickets = ready.filter(({ kind }) => kind === 'tickets')
  if (moving === undefined || tickets.length === 0) return ready
  const refs = await refsOf(
    desk.database,
    name,
    'tickets',
    tickets.flatMap((each) => ('id' in each ? each.id : [])),
  )
  const setup = await desk.setup.now()
  const now = desk.clock.now()
  const ahead = (each: Whole): Ahead | null => {
    const line = moved(each.line as TicketLine, moving)
    const life = wholeOf(inHandOf(line, setup, now), setup)
    return life && { line, life, setup }
  }
  return ready.map((each) => {
    if ('problem' in each || each.kind !== 'tickets' || refs.has(each.id)) return each
    try {
      const reckoned = ahead(each)
      return reckoned === null ? each : { ...each, ahead: reckoned }
    } catch {
      // Said where it is told.
      return each
    }
  })
}

function here(ready: Whole, moving: Moving): { ready: Whole; line: TicketLine } {
  return { ready, line: ready.ahead?.line ?? moved(ready.line as TicketLine, moving) }
}

function refOf({ id, version }: Whole, line: TicketLine): NewRef {
  return { kind: 'tickets', sourceId: id, localId: line.id, version, seq: line.events.length, made: true }
}

/** How the numbers of this run are moved: not at all on an empty desk, else beyond all there are. Said once and kept. */
async function movingOf(tx: Transaction, telling: Telling, run: Import): Promise<Moving> {
  const known = telling.movings.get(run.id)
  if (known !== undefined) return known
  const pieces = piecesOf(run.movedBy) ?? (await piecesFor(tx, telling, run))
  await changeImport(tx, run.id, { movedBy: pieces })
  await putJudgedBySince(tx, telling.desk.clock.now())
  const { last } = telling.header
  const by = pieces.at(-1)?.by ?? UNMOVED
  await reserve(tx, {
    tickets: by.tickets + last.tickets,
    content: by.content + last.content,
    events: by.events + last.events,
    asides: by.asides + last.asides,
  })
  const others = new Map(
    tables.map(({ kind }) => [kind, telling.others.get(plural(kind)) ?? new Map<number, number>()]),
  )
  const moving = { pieces, others, withoutFacts: !isUnmoved(pieces.slice(0, 1)) }
  // Only what is committed is kept in memory.
  if (run.movedBy !== null) telling.movings.set(run.id, moving)
  return moving
}

async function piecesFor(tx: Transaction, { name, header }: Telling, run: Import): Promise<readonly Piece[]> {
  const earlier = piecesOf((await movedBefore(tx, name))?.movedBy)
  if (earlier !== null) return goingOn(earlier, header.last, await roomFor(tx))
  return [{ upTo: header.last, by: run.options['whole'] === true ? UNMOVED : await roomFor(tx) }]
}

/** As a run noted it; earlier versions moved all numbers by the same. */
function piecesOf(movedBy: unknown): readonly Piece[] | null {
  if (movedBy == null) return null
  return Array.isArray(movedBy) ? (movedBy as Piece[]) : [{ upTo: null, by: movedBy as Offsets }]
}

/** Draws what came beyond the last numbers that the file named: whoever is next here must not get one of them. */
async function reserveBeyond(
  tx: Transaction,
  { pieces }: Moving,
  lines: readonly TicketLine[],
): Promise<void> {
  const most = { ...UNMOVED } as Record<keyof Offsets, number>
  const note = (space: keyof Offsets, id: number) => (most[space] = Math.max(most[space], id))
  for (const { id, events, messages, subjects, values, asides } of lines) {
    note('tickets', id)
    for (const event of events) {
      note('events', event.id)
      note('content', event.updateId)
    }
    for (const each of [...messages, ...subjects, ...values]) note('content', each.id)
    for (const each of asides) note('asides', each.id)
  }
  const { upTo = null, by = UNMOVED } = pieces.at(-1) ?? {}
  const isBeyond = (space: keyof Offsets) => upTo === null || most[space] > by[space] + upTo[space]
  if ((Object.keys(most) as (keyof Offsets)[]).some(isBeyond)) await reserve(tx, most)
}

function inHandOf(line: TicketLine, setup: Setup, now: Instant, known = 0): InHand {
  const log = line.events.map((event): TicketEvent =>
    upcast({ ...event, ticketId: line.id } as unknown as StoredEvent),
  )
  return retold(log, wordsOf(line), setup, now, known)
}

function wordsOf({ messages, subjects, values }: TicketLine) {
  return {
    messages: messages.map(messageOf),
    subjects: subjects as never,
    fieldValues: values as never,
  }
}

function messageOf(line: TicketLine['messages'][number]): NewMessageRow {
  const { files, asideId, fromEmail, redactedAt: _, voidedAt: __, ...message } = line
  return {
    ...plainText,
    ...(message as unknown as NewMessageRow),
    bodyHtml: line.bodyHtml === null ? null : safeHtml(line.bodyHtml),
    attachments: files,
    uploadIds: [],
    ...(asideId === null ? {} : { sideConversationId: asideId as never }),
    ...(fromEmail === null ? {} : { fromEmail }),
  }
}

/** Goes on with a ticket that stands here as it was told, or says why not. */
async function goOn(
  tx: Transaction,
  line: TicketLine,
  ref: Ref,
  setup: Setup,
  now: Instant,
): Promise<string | null> {
  const ticket = (await lockTickets(tx, [ref.localId])).get(ref.localId)?.ticket
  if (ticket === undefined || ticket.seq !== ref.seq || line.events.length < ticket.seq)
    return 'it was worked on here since'
  const log = (await eventsOfTickets(tx, [ticket.id])).get(ticket.id) ?? []
  const isSame = log.every(({ id, at, kind }, index) => {
    const there = line.events[index]
    return there?.id === id && there.at === at && there.kind === kind
  })
  if (!isSame) return 'its past is another one than when it came'
  const had = await takenIds(
    tx,
    'message',
    'id',
    line.messages.map(({ id }) => id),
  )
  const hadSubjects = await takenIds(
    tx,
    'subject_revision',
    'id',
    line.subjects.map(({ id }) => id),
  )
  const hadValues = await takenIds(
    tx,
    'field_value',
    'id',
    line.values.map(({ id }) => id),
  )
  const rest = {
    ...line,
    messages: line.messages.filter(({ id }) => !had.has(id)),
    subjects: line.subjects.filter(({ id }) => !hadSubjects.has(id)),
    values: line.values.filter(({ id }) => !hadValues.has(id)),
  }
  if (line.events.length > ticket.seq) {
    await writeOn(tx, inHandOf(rest, setup, now, ticket.seq), setup)
    await keepBesides(tx, [{ ...rest, checklist: [] }])
  }
  // What was taken back there since is taken back here.
  await putAgain(tx, ticket.id, {
    messages: line.messages.filter(({ id }) => had.has(id)).map(cleaned),
    subjects: line.subjects.filter(({ id }) => hadSubjects.has(id)),
    values: line.values.filter(({ id }) => hadValues.has(id)),
  })
  await forgetKept(tx, [ticket.id])
  await forgetTold(tx, [ticket.id])
  return null
}

function cleaned<Said extends { readonly bodyHtml: string | null }>(said: Said): Said {
  return { ...said, bodyHtml: said.bodyHtml === null ? null : safeHtml(said.bodyHtml) }
}

async function keepBesides(tx: Transaction, lines: readonly TicketLine[]): Promise<void> {
  const asides = lines.flatMap(({ id, asides: own }) => own.map((each) => ({ ...each, ticketId: id })))
  const checks = lines.flatMap(({ id, checklist }) => checklist.map((each) => ({ ...each, ticketId: id })))
  await putBesides(tx, asides, checks)
  const later = lines.flatMap(({ messages }) =>
    messages.filter(({ redactedAt, voidedAt }) => redactedAt !== null || voidedAt !== null),
  )
  await putLater(tx, later)
}

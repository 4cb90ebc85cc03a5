// A simulation: each ticket of a window meets the assistant as it would have been when the ticket came. Articles are the versions from
// before that moment, classifiers and chances learnt from what had happened by then; the ticket's own later words are never read.
import { calibrate } from '#assistant/confidence.ts'
import type { AssistantConfig } from '#assistant/config.ts'
import { decideCase, readCase, type Considered } from '#assistant/consider.ts'
import { considerRecorded } from '#assistant/procedure-case.ts'
import { outsideOf } from '#assistant/look-up.ts'
import { recordedOf } from '#assistant/procedure.ts'
import { freshTicket } from '#assistant/gate.ts'
import type { PastAnswer } from '#assistant/answerable.ts'
import { pastAnswersOf, SURVIVED_SECONDS } from '#assistant/past.ts'
import { saysTheSame } from '#assistant/proxy.ts'
import { reportOf, type Simulated } from '#assistant/simulation.ts'
import { pastTickets, type PastTicket } from '#assistant/simulation-store.ts'
import type { Guessed } from '#assistant/triage.ts'
import { isWrongVerdict } from '#assistant/words.ts'
import { openLibrary, type Library } from '#desk/assistant/library.ts'
import type { AssistantReader } from '#desk/assistant/reader.ts'
import { sureCategory, todayAt } from '#desk/assistant/run.ts'
import { sortingBy } from '#desk/assistant/simulated-sorting.ts'
import type { Desk } from '#desk/desk.ts'
import { plus, type Instant } from '#kit/time.ts'
import { openHistory, type OpenText } from '#knowledge/public-store.ts'

/** Classifiers and chances are learnt anew so many times along the way; of very many tickets the next some hundred teach little more. */
const [FOLDS, FEWER_FOLDS, MANY] = [6, 4, 5_000]
/** Where thresholds are found along the way, more often: what one fold earns only the next one uses. */
const EARNING_FOLDS = 8
/** What one person writes twice in a day is one question. */
const [NEAR_SECONDS, BEFORE_SECONDS] = [86_400, 365 * 86_400]

export type Lived = Simulated & Pick<Considered, 'answer' | 'evidence'>

export type Simulating = {
  readonly total: number
  readonly done: () => number
  /** Lives through the next tickets; null when there are no more. */
  readonly next: () => Promise<readonly Lived[] | null>
}

export type Window = {
  readonly from: Instant
  readonly to: Instant
  /** Thresholds are found along the way, of what came before, as by a desk that lets it answer alone as soon as it may. */
  readonly earns?: boolean
  /** The title of the article that answers a text, where that is known: then what people did says nothing. */
  readonly truth?: (text: string) => string | null
}

/** Gathers the past of a window, and lives through it fold by fold. */
export async function beginSimulation(
  desk: Desk,
  reader: AssistantReader,
  config: AssistantConfig,
  window: Window,
): Promise<Simulating> {
  const db = desk.database
  const before = await pastTickets(db, plus(window.from, -BEFORE_SECONDS), window.from)
  const tickets = withoutDoubles(await pastTickets(db, window.from, window.to))
  const sorting = await sortingBy(desk, reader, config, window.to)
  const library = await historicLibrary(desk, reader)
  const { language } = (await desk.setup.now()).desk
  const folds = window.earns === true ? EARNING_FOLDS : tickets.length < MANY ? FOLDS : FEWER_FOLDS
  const size = Math.max(1, Math.ceil(tickets.length / folds))
  const lived: Lived[] = []
  let at = 0
  const next = async () => {
    const fold = tickets.slice(at, at + size)
    const [first] = fold
    if (first === undefined) return null
    const known = [...before, ...tickets.slice(0, at)].filter(
      ({ resolvedAt }) => resolvedAt !== null && resolvedAt < first.at,
    )
    const past = await witnesses(reader, known, first.at)
    await sorting.learn(known)
    const calibration = calibrate(
      lived.flatMap(({ features, isRight }) =>
        features === null || isRight === null ? [] : [{ features, isRight }],
      ),
    )
    const thresholds =
      window.earns === true ? reportOf(lived, config.maxWrong).measured.thresholds : config.thresholds
    const texts = fold.map(({ subject, text }) => `${subject}\n${text}`)
    const { guesses } = await reader.ask({ kind: 'guess', texts })
    const found: Lived[] = []
    for (const [index, ticket] of fold.entries()) {
      await library.turnTo(ticket.at)
      const then = { ...config, calibration: calibration ?? config.calibration, thresholds, holdout: 0 }
      const own = guesses[index] ?? []
      const told = {
        config: then,
        guesses: own,
        sorted: sorting.heldTo(ticket, own),
        language,
        past,
        truth: window.truth,
      }
      const each = await live(desk, library, ticket, told)
      if (each !== null) found.push(each)
    }
    lived.push(...found)
    at += size
    return found
  }
  return { total: tickets.length, done: () => Math.min(at, tickets.length), next }
}

/** Of what one person asked twice within a day, nearly word by word, the first. */
function withoutDoubles(tickets: readonly PastTicket[]): PastTicket[] {
  const last = new Map<string, Instant>()
  return tickets.filter(({ requesterId, text, at }) => {
    const key = `${requesterId} ${text.replace(/\W+/g, ' ').trim().toLowerCase()}`
    const earlier = last.get(key)
    last.set(key, at)
    return earlier === undefined || plus(earlier, NEAR_SECONDS) < at
  })
}

type Witnesses = (question: string, ticket: PastTicket) => Promise<readonly PastAnswer[]>

/** What had been over for long enough at a moment, to be asked by later tickets of the same brand. */
async function witnesses(
  reader: AssistantReader,
  known: readonly PastTicket[],
  at: Instant,
): Promise<Witnesses> {
  const over = known.filter(
    ({ survived, resolvedAt }) => survived && resolvedAt !== null && plus(resolvedAt, SURVIVED_SECONDS) <= at,
  )
  const replies = over.flatMap(({ ticketId, reply, resolvedAt }) =>
    reply === null || resolvedAt === null ? [] : [{ ticketId, reply, resolvedAt }],
  )
  const byBrand = Map.groupBy(over, ({ brandId }) => brandId)
  for (const [brandId, tickets] of byBrand) {
    const asked = tickets.map(({ ticketId, subject, text }) => ({ ticketId, text: `${subject}\n${text}` }))
    await reader.ask({ kind: 'index_past', brandId, asked })
  }
  return async (question, ticket) => {
    if (!byBrand.has(ticket.brandId)) return []
    const { found } = await reader.ask({ kind: 'find_past', brandId: ticket.brandId, text: question })
    return pastAnswersOf(found, replies, ticket.at)
  }
}

/** A library that holds what strangers could read at a moment, indexed anew when that changed. Moments only go on. */
async function historicLibrary(desk: Desk, reader: AssistantReader) {
  const history = await openHistory(desk.database)
  const { fill, find } = openLibrary(reader)
  const open = new Map<number, OpenText>()
  let place = 0
  const turnTo = async (at: Instant) => {
    const began = place
    for (let next = history[place]; next !== undefined && next.at < at; next = history[++place])
      if (next.open) open.set(next.id, next)
      else open.delete(next.id)
    if (place !== began) await fill([...open.values()])
  }
  return { turnTo, find }
}

type Known = {
  readonly config: AssistantConfig
  readonly guesses: readonly Guessed[]
  readonly sorted: Lived['triage']
  readonly language: string
  readonly past: Witnesses
  readonly truth: Window['truth']
}

async function live(
  desk: Desk,
  library: Pick<Library, 'find'>,
  ticket: PastTicket,
  known: Known,
): Promise<Lived | null> {
  const beganAt = performance.now()
  const { config, guesses, past } = known
  const categoryId = ticket.firstCategory ?? sureCategory(guesses)
  const recorded = ticket.lookedUp ?? { facts: [] }
  // Another system's answers hold for what it was asked, and nobody asks it again.
  const inside = Object.entries(recordedOf(recorded)).filter(([from]) => outsideOf(from) === null)
  const outside = { recorded: recorded.outside ?? [], asks: false }
  const standing = { ...freshTicket, ...ticket, categoryId, deskFacts: Object.fromEntries(inside), outside }
  const spoken = [ticket.language, known.language].filter((each) => each !== null && each !== '')
  const incoming = {
    subject: ticket.subject,
    text: ticket.text,
    quoted: null,
    attachmentNames: [],
    spoken: spoken as string[],
  }
  const each = { standing, incoming, config, guesses }
  const read = readCase(each)
  const considered =
    'decision' in read
      ? read
      : (considerRecorded(each, read, await todayAt(desk, ticket.at)) ??
        (await answered(desk, library, each, read, (question) => past(question, ticket))))
  // What the desk knew at that moment was not written down: nobody can say what it would have come to.
  if (considered.procedure?.trace.at(-1)?.did === 'unknown') return null
  const [best] = considered.evidence
  // A person's word on just this answer is a label; what people did is a stand-in for one.
  const isJudged = best !== undefined && ticket.verdict !== null && best.id === ticket.judgedSection
  const same = best === undefined ? null : saysTheSame(best, ticket.reply)
  const likely = same === null ? null : same && ticket.survived
  const isTrue =
    best === undefined || known.truth === undefined ? null : known.truth(ticket.text) === best.title
  const { decision, reason, pCorrect, features, answer, evidence } = considered
  return {
    ticketId: ticket.ticketId,
    decision,
    reason,
    categoryId,
    pCorrect,
    features,
    answer,
    evidence,
    question: ticket.subject,
    isRight: isTrue ?? (isJudged && ticket.verdict !== null ? !isWrongVerdict(ticket.verdict) : likely),
    triage: known.sorted,
    ms: performance.now() - beganAt,
  }
}

async function answered(
  desk: Desk,
  library: Pick<Library, 'find'>,
  each: Parameters<typeof decideCase>[0],
  read: Parameters<typeof decideCase>[1],
  pastOf: (question: string) => Promise<readonly PastAnswer[]>,
): Promise<Considered> {
  const { language, question } = read.normal
  const found = await library.find(language, question)
  const known = { history: 0.5, baseUrl: desk.baseUrl }
  return decideCase(each, read, { ...found, past: await pastOf(question) }, known)
}

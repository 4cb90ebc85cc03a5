// What a life leaves behind for the next backtest: which values its ticket ever had while rules looked at it. From that alone it is told,
// without the record, that other rules could have had no part in it. It never says so wrongly: what it does not know counts as possible.
import { isTouched, type Watch } from '#backtest/watch.ts'
import type { Replay } from '#backtest/replay.ts'
import type { Step } from '#backtest/life.ts'
import type { Instant } from '#kit/time.ts'
import { isLeaf, leavesOf, type Cond, type Leaf } from '#rules/condition.ts'
import type { Directory } from '#rules/directory.ts'
import { holdsOf } from '#rules/evaluate.ts'
import type { ReadyRulebook } from '#rules/rulebook.ts'
import type { MessageText, OrganizationFacts, PersonFacts, UpdateKind } from '#rules/scene.ts'
import type { ReadyRule } from '#rules/settle.ts'
import { kindsOf, messagesMentioned } from '#rules/update-kinds.ts'
import { ofPeople, ofTicket, type Seen } from '#rules/values.ts'
import { evolve } from '#tickets/evolve.ts'
import { isFact } from '#tickets/evolve/fact.ts'
import { propertyNames, wordFor } from '#tickets/property.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** Paths of a ticket's own state that no passing of time changes. */
const PATHS: readonly string[] = [
  'status',
  'channel',
  'assignee',
  'mailbox',
  'onHoldLabel',
  'tags',
  'flag',
  'snoozed',
  'count.reopens',
  'count.publicReplies',
  'count.inbound',
  ...propertyNames.map(wordFor),
]

/** What people typed into a field is not kept a second time: rules that look at it have every ticket lived again. */
const TYPED: readonly string[] = ['text', 'long_text', 'url']

/** More values than that are not told one from another. */
const MOST_VALUES = 20

/** Part of a life. */
export type Seeing = {
  readonly kinds: readonly UpdateKind[]
  /** The values that each path had; null: too many of them. A field that is not named was empty. */
  readonly values: Readonly<Record<string, readonly Seen[] | null>>
  /** Revisions of the subject, and messages. */
  readonly subjects: readonly number[]
  readonly messages: readonly number[]
}

export type Footprint = {
  /** Rules of the baseline that had a part in it. */
  readonly touched: readonly number[]
  /** Its opening, and everything since. */
  readonly parts: readonly Seeing[]
}

/** Reads off a life what of it rules could have looked at. */
export function footprintOf({ steps }: Replay, rulebook: ReadyRulebook, directory: Directory): Footprint {
  const timers = new Set(rulebook.timers.map(({ rule }) => rule.id))
  const touched = steps.flatMap(({ considered }) =>
    considered.flatMap(({ ruleId, outcome }) => (isTouched(outcome) || timers.has(ruleId) ? [ruleId] : [])),
  )
  const looking = new Looking(directory)
  const [opening, ...later] = steps
  return {
    touched: distinct(touched),
    parts: [opening === undefined ? [] : [opening], later].flatMap((part) =>
      part.length === 0 ? [] : [looking.at(part)],
    ),
  }
}

/** Goes through a life from state to state: rules look at it between two events of an update, too. */
class Looking {
  private readonly directory: Directory
  private ticket: Ticket | null = null
  private readonly messages: number[] = []

  constructor(directory: Directory) {
    this.directory = directory
  }

  at(steps: readonly Step[]): Seeing {
    const events = steps.flatMap((step) => step.events)
    const part = new Part(this.directory)
    for (const [index, event] of events.entries()) {
      this.ticket = evolve(this.ticket, event)
      if (index === 0 || !isFact(event)) part.note(this.ticket)
    }
    // Rules look back at earlier messages, too.
    this.messages.push(...events.flatMap(messagesMentioned))
    return { ...part.seen(), kinds: kindsOf(events), messages: distinct(this.messages) }
  }
}

/** The values of one part, each once. */
class Part {
  private readonly directory: Directory
  private readonly byPath = new Map<string, { last: Seen; all: Map<string, Seen> }>()
  private readonly subjects = new Set<number>()

  constructor(directory: Directory) {
    this.directory = directory
  }

  note(ticket: Ticket): void {
    this.subjects.add(ticket.subjectRevisionId ?? -1)
    for (const path of PATHS) this.add(path, ticket)
    if (Object.keys(ticket.fields).length === 0) return
    for (const { id, key, type } of this.directory.fields)
      if (ticket.fields[id] !== undefined && !TYPED.includes(type)) this.add(`field.${key}`, ticket)
  }

  private add(path: string, ticket: Ticket): void {
    const seen = ofTicket(path, ticket, this.directory) ?? null
    const { last, all } = this.byPath.get(path) ?? { last: undefined, all: new Map<string, Seen>() }
    if (last === seen) return
    this.byPath.set(path, { last: seen, all: all.set(JSON.stringify(seen), seen) })
  }

  seen(): Pick<Seeing, 'values' | 'subjects'> {
    const values = [...this.byPath].map(([path, { all }]) => {
      // Before it was filled, or after, a field was empty.
      const each = path.startsWith('field.') ? [null, ...all.values()] : [...all.values()]
      return [path, each.length > MOST_VALUES ? null : each] as const
    })
    return { values: Object.fromEntries(values), subjects: [...this.subjects] }
  }
}

function distinct<Value extends number>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)]
}

/** What is read around a life: texts by id, and whoever its values name. */
export type Surroundings = {
  readonly subjects: ReadonlyMap<number, string>
  readonly messages: ReadonlyMap<number, MessageText>
  readonly people: ReadonlyMap<number, PersonFacts>
  readonly organizations: ReadonlyMap<number, OrganizationFacts>
}

/** Which ticket it was, and under what it was lived. */
export type Place = Surroundings & {
  readonly ticketId: number
  readonly directory: Directory
  readonly zone: string
  readonly at: Instant
}

/** Which texts have to be at hand to tell. */
export function textsAskedFor({ fresh }: Watch): { readonly subjects: boolean; readonly messages: boolean } {
  const leaves = [...fresh.byId.values()].flatMap(({ rule }) => leavesOf(rule.if))
  const asks = (...paths: readonly string[]) => leaves.some(({ leaf }) => paths.includes(leaf.field))
  return { subjects: asks('subject', 'text'), messages: asks(...TEXTS) }
}

/** Whether a candidate's rules may have had a part in a life; false only where they surely had none. */
export function mayTouch({ fresh, gone }: Watch, { touched, parts }: Footprint, place: Place): boolean {
  if (touched.some((id) => gone.has(id))) return true
  return parts.some((part) => {
    const may = ({ rule }: ReadyRule) => mayHold(rule.if, part, place).may
    return fresh.listening(part.kinds).some(may) || fresh.timers.some(may)
  })
}

/** Whether a condition may have held, and whether it may have failed, at some moment. */
type Possible = { readonly may: boolean; readonly mayNot: boolean }

const ANYTHING: Possible = { may: true, mayNot: true }

function mayHold(cond: Cond, part: Seeing, place: Place): Possible {
  if (isLeaf(cond)) return leafMayHold(cond, part, place)
  if ('not' in cond) {
    const { may, mayNot } = mayHold(cond.not, part, place)
    return { may: mayNot, mayNot: may }
  }
  if ('all' in cond) {
    let mayNot = false
    for (const each of cond.all) {
      const found = mayHold(each, part, place)
      if (!found.may) return { may: false, mayNot: true }
      mayNot ||= found.mayNot
    }
    return { may: true, mayNot }
  }
  const all = cond.any.map((each) => mayHold(each, part, place))
  return { may: all.some(({ may }) => may), mayNot: all.every(({ mayNot }) => mayNot) }
}

function leafMayHold(leaf: Leaf, part: Seeing, place: Place): Possible {
  const seen = seenBy(leaf.field, part, place)
  if (seen === null) return ANYTHING
  const around = { ...place, reader: null }
  const results = seen.values.map((value) => holdsOf(leaf, value, around))
  if (results.includes(null)) return ANYTHING
  const may = results.includes(true)
  // A rule sees some of several texts, or none.
  if (seen.isSomeOf) return leaf.op === 'empty' ? ANYTHING : { may, mayNot: true }
  return { may, mayNot: results.includes(false) }
}

type Possibly = { readonly values: readonly Seen[]; readonly isSomeOf?: true }

/** The values that a path can have had; null: nobody knows. */
function seenBy(path: string, part: Seeing, place: Place): Possibly | null {
  if (Object.hasOwn(part.values, path)) {
    const values = part.values[path] ?? null
    return values === null ? null : { values }
  }
  if (path.startsWith('field.')) {
    const field = place.directory.fields.find(({ key }) => path === `field.${key}`)
    return field === undefined || TYPED.includes(field.type) ? null : { values: [null] }
  }
  if (path === 'subject') return { values: subjectsOf(part, place) }
  const [requesters, organizations] = [part.values['requester'], part.values['organization']]
  if (!requesters || !organizations) return null
  const people = requesters.map((id) => place.people.get(Number(id)) ?? null)
  if (TEXTS.includes(path)) return textsSeen(path, people, part, place)
  const all =
    path === 'language' || path.startsWith('requester.')
      ? people.map((requester) => ofPeople(path, { requester, organization: null }))
      : organizations.map((id) => {
          const organization = place.organizations.get(Number(id)) ?? null
          return ofPeople(path, { requester: null, organization })
        })
  return all.some((each) => each === undefined) ? null : { values: all.map((each) => each ?? null) }
}

const TEXTS: readonly string[] = ['text', 'anyMessage.text', 'message.text']

function subjectsOf({ subjects }: Seeing, place: Place): readonly string[] {
  return subjects.map((id) => place.subjects.get(id) ?? '')
}

function textsSeen(
  path: string,
  people: readonly (PersonFacts | null)[],
  part: Seeing,
  place: Place,
): Possibly | null {
  const messages = part.messages.map((id) => place.messages.get(id))
  // What was erased is marked: the record tells.
  if (messages.some((each) => each === undefined || each.text === null)) return null
  const named = people.flatMap((each) => (each === null ? [] : [each.name, each.email ?? '']))
  const more = path === 'text' ? [String(place.ticketId), ...subjectsOf(part, place), ...named] : []
  const texts = [...more, ...messages.flatMap((each) => each?.text ?? [])]
  return { values: [{ texts, redacted: false }], isSomeOf: true }
}

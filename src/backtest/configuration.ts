// Configurations to replay under: the versions that were in force at their time, or one that holds from beginning to end.
import { isDeepStrictEqual } from 'node:util'
import type { Configuration, Configurations } from '#backtest/past-ticket.ts'
import type { Instant } from '#kit/time.ts'
import type { ReadyRulebook } from '#rules/rulebook.ts'
import type { MemberTime } from '#rules/scene-store.ts'
import type { AddressTime } from '#setup/mailbox-store.ts'
import type { RequiredTime } from '#setup/taxonomy-store.ts'
import type { PolicyTime } from '#sla/agreement-store.ts'
import { keyOf, type SlaBook } from '#sla/book.ts'

/** A rulebook with the time in which it was live. */
export type LiveRulebook = {
  readonly from: Instant
  readonly to: Instant | null
  readonly rulebook: ReadyRulebook
}

/** One configuration for all time. */
export function always(configuration: Configuration): Configurations {
  return { at: () => configuration, turns: [], keptSince: null }
}

/** Settings from a moment on, until the next. */
export type SettingsTime = Pick<Configuration, 'settings' | 'zone'> & { readonly from: Instant }

/** What is known of how things were. */
export type PastTimes = {
  /** Of two of one time the first counts. */
  readonly rulebooks: readonly LiveRulebook[]
  readonly policies: readonly PolicyTime[]
  /** Oldest first. Before the first one it held as well: pasts that were told go further back. */
  readonly settings: readonly SettingsTime[]
  readonly members: readonly MemberTime[]
  readonly addresses: readonly AddressTime[]
  readonly required: readonly RequiredTime[]
  /** From when on all this is kept; null where the desk began with it. */
  readonly keptSince: Instant | null
}

/**
 * The configuration of each instant: rulebook, policies, settings, required fields, own addresses and who was in which team by what
 * held then, everything else as in `today`. `empty` is the rulebook before the first.
 */
export function asItWas(today: Configuration, past: PastTimes, empty: ReadyRulebook): Configurations {
  const { rulebooks, policies, settings, addresses, required, keptSince } = past
  // Who is in a team is asked by few rules; where none does it is no other configuration.
  const members = rulebooks.some(({ rulebook }) => asksForMembers(rulebook)) ? past.members : null
  const turns = [
    ...new Set([
      ...rulebooks.flatMap(({ from, to }) => (to === null ? [from] : [from, to])),
      ...policies.flatMap(({ at, archivedAt }) => (archivedAt === null ? [at] : [at, archivedAt])),
      ...settings.slice(1).map(({ from }) => from),
      ...[...(members ?? []), ...addresses, ...required].flatMap(({ from, to }) =>
        [from, to].filter((each) => each !== null),
      ),
    ]),
  ].toSorted()
  const known = new Map<number, Configuration>()
  const at = (instant: Instant) => {
    const turn = turns.findLastIndex((each) => each <= instant)
    const found = known.get(turn)
    if (found !== undefined) return found
    const since = turns[turn] ?? instant
    const rulebook =
      rulebooks.find(({ from, to }) => from <= since && (to === null || to > since))?.rulebook ?? empty
    const configuration = sameAs(today, {
      ...today,
      rulebook,
      sla: bookAt(today.sla, policies, since),
      ...settingsAt(today, settings, required, since),
      ownAddresses: new Set(addresses.filter(heldAt(since)).map(({ address }) => address)),
      ...(members === null ? {} : peopleAt(today, members, since)),
    })
    known.set(turn, configuration)
    return configuration
  }
  return { at, turns, keptSince }
}

function asksForMembers({ rulebook, weighsLoad }: ReadyRulebook): boolean {
  return weighsLoad || rulebook.rules.some((rule) => /"team:\d+"/.test(JSON.stringify(rule.do)))
}

/** What held at an instant of what held from one moment to another. */
function heldAt(at: Instant) {
  return ({ from, to }: { readonly from: Instant | null; readonly to: Instant | null }) =>
    (from === null || from <= at) && (to === null || to > at)
}

function settingsAt(
  today: Configuration,
  all: readonly SettingsTime[],
  required: readonly RequiredTime[],
  at: Instant,
): Pick<Configuration, 'settings' | 'zone'> {
  const { settings, zone } = all.findLast(({ from }) => from <= at) ?? all[0] ?? today
  const requiredOnResolve = required.filter(heldAt(at)).map(({ fieldId }) => ({ fieldId }))
  return { settings: { ...settings, requiredOnResolve }, zone }
}

/** Who was in which team, and that whoever was had not left the desk. */
function peopleAt(
  { directory }: Configuration,
  all: readonly MemberTime[],
  at: Instant,
): Pick<Configuration, 'members' | 'directory'> {
  const then = all.filter(heldAt(at))
  const byTeam = Map.groupBy(then, ({ teamId }) => teamId)
  const members = new Map([...byTeam].map(([teamId, own]) => [teamId, own.map(({ agentId }) => agentId)]))
  const here = new Set(then.map(({ agentId }) => agentId))
  const agents = directory.agents.map((each) => (here.has(each.id) ? { ...each, archived: false } : each))
  return { members, directory: { ...directory, agents } }
}

/** What holds today itself, where it held then, too: equal configurations are one, and need no second replay. */
function sameAs(today: Configuration, then: Configuration): Configuration {
  const isSame =
    then.rulebook.version === today.rulebook.version &&
    samePromises(then.sla, today.sla) &&
    then.sla.versions.size === today.sla.versions.size &&
    then.zone === today.zone &&
    isDeepStrictEqual(then.settings, today.settings) &&
    isDeepStrictEqual(then.ownAddresses, today.ownAddresses) &&
    isDeepStrictEqual(then.members, today.members)
  return isSame ? today : then
}

/** Whether new tickets come under the same versions of the same policies. */
export function samePromises(a: Pick<SlaBook, 'live'>, b: Pick<SlaBook, 'live'>): boolean {
  return a.live.map(keyOf).join() === b.live.map(keyOf).join()
}

/** Whether one configuration was in force all the time between two instants. */
export function sameThroughout(
  { at, turns }: Configurations,
  configuration: Configuration,
  from: Instant,
  to: Instant,
): boolean {
  return [from, ...turns.filter((turn) => turn > from && turn <= to)].every(
    (instant) => at(instant) === configuration,
  )
}

/** The book with the policies that were live at an instant, in their present order. */
function bookAt(book: SlaBook, policies: readonly PolicyTime[], at: Instant): SlaBook {
  const newest = new Map<number, PolicyTime>()
  for (const each of policies)
    if (each.at <= at && (newest.get(each.id)?.version ?? 0) < each.version) newest.set(each.id, each)
  const live = [...newest.values()]
    .filter(({ archivedAt }) => archivedAt === null || archivedAt > at)
    .toSorted((a, b) => a.position - b.position || a.id - b.id)
  const versions = new Map(
    [...book.versions].filter(([key]) => policies.some((each) => each.at <= at && keyOf(each) === key)),
  )
  return { ...book, live: live.flatMap((each) => book.versions.get(keyOf(each)) ?? []), versions }
}

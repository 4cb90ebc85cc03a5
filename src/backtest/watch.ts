// Whether a candidate's rules could touch a ticket at all: asked at each update while the ticket lives under the baseline. Where they
// could not, both lives are the same one, and it is lived once.
import type { Configuration } from '#backtest/past-ticket.ts'
import type { UpdateScene } from '#backtest/scene.ts'
import type { UpdateId } from '#kit/ids.ts'
import type { Directory } from '#rules/directory.ts'
import { holds } from '#rules/evaluate.ts'
import { byWords } from '#rules/by-words.ts'
import { hashOf, makeReady, type ReadyRulebook } from '#rules/rulebook.ts'
import type { Scene } from '#rules/scene.ts'
import { settle, type ReadyRule, type Settled, type Settling } from '#rules/settle.ts'
import { episodesOf } from '#rules/timers.ts'
import { stamp } from '#tickets/decide/draft.ts'
import type { Actor } from '#tickets/event.ts'
import { evolve } from '#tickets/evolve.ts'
import { isFact } from '#tickets/evolve/fact.ts'
import type { Ticket } from '#tickets/ticket.ts'

export type Watch = {
  readonly candidate: ReadyRulebook
  /** The candidate's triggers and timers that the baseline has not, or not in this form. */
  readonly fresh: ReadyRulebook
  /** The triggers of these that listen to some kinds, and may hold by the words in a scene. */
  readonly mayHold: (scene: UpdateScene) => readonly ReadyRule[]
  /** Rules of the baseline that the candidate has not in this form. */
  readonly gone: ReadonlySet<number>
}

/** What to watch for; null when more than rules has changed, or their order, so that every ticket has to be lived twice. */
export function watchFor(baseline: Configuration, candidate: Configuration): Watch | null {
  const others = ['sla', 'settings', 'directory', 'zone', 'roles', 'members', 'ownAddresses'] as const
  if (others.some((part) => baseline[part] !== candidate[part])) return null
  const [before, after] = [baseline.rulebook, candidate.rulebook]
  if (hashOf(before.rulebook.templates) !== hashOf(after.rulebook.templates)) return null
  const kept = (one: ReadyRulebook, other: ReadyRulebook) =>
    living(one).filter(({ rule, version }) => {
      const same = other.byId.get(rule.id)
      return same?.rule.enabled === true && same.version === version && hashOf(same.rule) === hashOf(rule)
    })
  const order = (rules: readonly ReadyRule[]) => rules.map(({ rule }) => rule.id).join()
  const common = new Set(kept(after, before).map(({ rule }) => rule.id))
  if (order(kept(before, after)) !== order(kept(after, before))) return null
  const rules = after.rulebook.rules.filter(({ id }) => !common.has(id))
  const fresh = makeReady({ ...after.rulebook, rules: [...rules, ...macrosOf(after)] })
  return {
    candidate: after,
    fresh,
    mayHold: mayHoldOf(fresh, candidate.directory),
    gone: new Set(living(before).flatMap(({ rule }) => (common.has(rule.id) ? [] : [rule.id]))),
  }
}

function mayHoldOf(fresh: ReadyRulebook, directory: Directory): Watch['mayHold'] {
  const known = new Map<readonly ReadyRule[], ReturnType<typeof byWords>>()
  return (scene) => {
    const rules = fresh.listening(scene.update.kinds)
    const among = known.get(rules) ?? byWords(rules, directory)
    known.set(rules, among)
    return among(scene)
  }
}

function living({ byId }: ReadyRulebook): readonly ReadyRule[] {
  return [...byId.values()].filter(({ rule }) => rule.enabled && rule.kind !== 'macro')
}

/** Fresh rules may run macros, which are put in by their key. */
function macrosOf({ rulebook }: ReadyRulebook) {
  return rulebook.rules.filter(({ kind }) => kind === 'macro')
}

/** Whether the candidate would make something else of an update than the baseline made. */
export function wouldDiffer(watch: Watch, settling: Settling, settled: Settled): boolean {
  if (settled.considered.some(({ ruleId, outcome }) => watch.gone.has(ruleId) && isTouched(outcome)))
    return true
  const { scene } = settling
  const mayHold = (now: Ticket) => {
    const then = { ...scene, now }
    return watch.mayHold(then).some(({ rule }) => holds(rule.if, then))
  }
  // Where no fresh one holds in any state that the ticket had on the way, none has a part in it.
  if (watch.fresh.listening(scene.update.kinds).length === 0) return false
  if (!statesOf(scene, settled).some(mayHold)) return false
  const rules = watch.candidate.listening(scene.update.kinds)
  const other = settle({ ...settling, rules, rulebook: { ...settling.rulebook } })
  return hashOf(other.events) !== hashOf(settled.events)
}

/** The ticket before its rules answered, and after each of their events that changed it. */
function statesOf({ now, at }: Scene, { events }: Settled): readonly Ticket[] {
  const states = [now]
  let state = now
  for (const event of events) {
    const how = { ticketId: now.id, firstSeq: state.seq + 1, at, updateId: 0 as UpdateId, actor: BY_RULES }
    const stamped = stamp([event], how)
    state = stamped.reduce<Ticket>(evolve, state)
    if (!stamped.every(isFact)) states.push(state)
  }
  return states
}

const BY_RULES: Actor = { type: 'system', id: null }

/** Whether a rule with this outcome had a part in an update. */
export function isTouched(outcome: string): boolean {
  return outcome !== 'event_not_matched' && outcome !== 'condition_false' && outcome !== 'stopped_by'
}

/** Whether a fresh timer rule has begun to wait for its moment on a ticket. */
export function mayWait({ fresh }: Watch, scene: Scene): boolean {
  return fresh.timers.length > 0 && episodesOf(fresh.timers, scene, []).some(({ dueAt }) => dueAt !== null)
}

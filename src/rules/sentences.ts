// Given, when, then for rules: short rules, and a story whose updates settle.
import { noCalendars } from '#rules/calendar.ts'
import type { Cond } from '#rules/condition.ts'
import { emptyDirectory, type Directory } from '#rules/directory.ts'
import type { Action } from '#rules/action.ts'
import type { Rule } from '#rules/rule.ts'
import { noContent, type Content, type UpdateKind, type Via } from '#rules/scene.ts'
import { noPast, settle, type Past, type ReadyRule, type Settled } from '#rules/settle.ts'
import { kindsOf } from '#rules/update-kinds.ts'
import type { NewEvent } from '#tickets/event.ts'
import { monday, Story, type Step } from '#tickets/sentences.ts'
import { defaultSettings } from '#tickets/settings.ts'
import { plus } from '#kit/time.ts'

const named = (id: number, name: string) => ({ id, name, archived: false })
export const directory: Directory = {
  ...emptyDirectory,
  teams: [named(1, 'North'), named(2, 'South')],
  agents: [{ ...named(1, 'Ada'), email: 'ada@desk.example' }],
}

/** A trigger that listens to anything; the rest as said. */
export function rule(id: number, more: Partial<Rule> & { readonly do: readonly Action[] }): ReadyRule {
  const base: Rule = {
    id,
    key: `rule-${id}`,
    kind: 'trigger',
    title: `Rule ${id}`,
    description: '',
    ownerId: 1,
    reviewBy: '2026-12-01',
    section: 'all',
    enabled: true,
    on: ['any'],
    if: { all: [] },
    stop: false,
    do: [],
  }
  return { rule: { ...base, ...more }, version: `v${id}` }
}

export const is = (field: string, value: string | number): Cond => ({ field, op: 'is', value })
export const tagged = (...tags: string[]): Cond => ({ field: 'tags', op: 'has_any', value: tags })

/** Tells the step and settles it; the story then holds the rules' events too. */
export function tellSettled(
  told: Story,
  step: Step,
  rules: readonly ReadyRule[],
  more: { past?: Past; via?: Via; content?: Partial<Content>; kinds?: readonly UpdateKind[] } = {},
): Settled {
  const before = told.ticket
  const from = told.log.length
  const decision = told.tell(step)
  if (!decision.ok) throw new Error(`refused: ${decision.refusal.name}`)
  const settled = settle({
    rules,
    rulebook: { version: 1, templates: [] },
    scene: {
      before,
      now: told.now,
      at: plus(monday, step.at ?? 0),
      zone: 'UTC',
      update: {
        kinds: more.kinds ?? kindsOf(told.log.slice(from)),
        actor: step.by.actor,
        actorRole: step.by.actorRole,
        via: more.via ?? 'ui',
        messageIds: [],
        rating: null,
      },
      content: { ...noContent, ...more.content },
      directory,
      calendars: noCalendars,
      reader: null,
    },
    past: more.past ?? noPast,
    settings: { ...defaultSettings, ...step.settings },
    facts: { assigneeAvailable: true, activeChildren: 0 },
    actingAgentId: step.by.actorPersonId,
    causeSeq: from + 1,
  })
  told.append(settled.events, step)
  return settled
}

/** What became of each rule, in order. */
export function outcomes({ considered }: Settled): readonly string[] {
  return considered.map(({ ruleId, outcome, by, refusal }) => {
    const reason = by ?? refusal
    return reason === undefined ? `${ruleId} ${outcome}` : `${ruleId} ${outcome}(${reason})`
  })
}

/** The firings with their passes. */
export function firings(events: readonly NewEvent[]): readonly string[] {
  return events.flatMap((event) =>
    event.kind === 'rule_fired' ? [`${event.payload.ruleId} in pass ${event.payload.pass}`] : [],
  )
}

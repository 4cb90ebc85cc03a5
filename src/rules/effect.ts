// What rules ask for outside the ticket: notes and mails with a text, and webhooks. Rendered after the run, with what the
// ticket then is.
import type { Recipient, Template } from '#rules/template.ts'
import type { LinkType } from '#tickets/vocabulary.ts'

type By = {
  readonly ruleId: number
  readonly ruleVersion: string
  /** The action's place in its rule: part of the key that keeps an effect from being queued twice. */
  readonly index: number
}

export type AskedEffect =
  | { readonly kind: 'note'; readonly template: string }
  | { readonly kind: 'reply'; readonly template: string; readonly to: 'requester' | 'all' }
  | {
      readonly kind: 'notify'
      readonly template: string
      readonly to: readonly Recipient[]
      readonly allowMany: boolean
    }
  | { readonly kind: 'webhook'; readonly endpoint: string }
  | { readonly kind: 'link'; readonly linkType: LinkType; readonly ticketId: number }
  | { readonly kind: 'assistant'; readonly config: string }

export type Effect = By & AskedEffect

/** An update has so many effects at most; the rest are dropped and said. */
export const MOST_EFFECTS = 100

/** The family of a template: its own key unless it says another. */
export function familyOf(key: string, templates: readonly Template[]): string {
  return templates.find((each) => each.key === key)?.family ?? key
}

/** Effects without mails that a recipient would get a second time from the same family. */
export function withoutRepeats(
  effects: readonly Effect[],
  templates: readonly Template[],
): readonly Effect[] {
  const seen = new Set<string>()
  const isFirst = (template: string, to: string) => {
    const key = `${familyOf(template, templates)} ${to}`
    return !seen.has(key) && seen.add(key) !== undefined
  }
  return effects.slice(0, MOST_EFFECTS).flatMap((effect): readonly Effect[] => {
    if (effect.kind === 'reply') return isFirst(effect.template, effect.to) ? [effect] : []
    if (effect.kind !== 'notify' || effect.allowMany) return [effect]
    const to = effect.to.filter((recipient) => isFirst(effect.template, recipient))
    return to.length === 0 ? [] : [{ ...effect, to }]
  })
}

/** How many of each kind: what the log says of a firing. */
export function countsOf(
  effects: readonly Effect[],
): readonly { readonly kind: string; readonly count: number }[] {
  const counts = new Map<string, number>()
  for (const { kind } of effects) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => ({ kind, count }))
}

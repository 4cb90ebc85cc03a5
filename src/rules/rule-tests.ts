// Tests that stand in rules: a ticket as given, an event, and what must come of it. Run before a rulebook goes live.
import type { PersonId, TicketId } from '#kit/ids.ts'
import { instant } from '#kit/time.ts'
import { noCalendars } from '#rules/calendar.ts'
import { idOf, type Directory } from '#rules/directory.ts'
import { specOf } from '#rules/paths.ts'
import { propertyCalled } from '#tickets/property.ts'
import type { Effect } from '#rules/effect.ts'
import type { Problem } from '#rules/problem.ts'
import type { Rule, RuleTest } from '#rules/rule.ts'
import type { Template } from '#rules/template.ts'
import { noContent, type Content, type MessageText } from '#rules/scene.ts'
import { noPast, settle, type Settled } from '#rules/settle.ts'
import { stamp } from '#tickets/decide/draft.ts'
import { evolve } from '#tickets/evolve.ts'
import { defaultSettings } from '#tickets/settings.ts'
import type { Ticket } from '#tickets/ticket.ts'

const at = instant(Date.parse('2026-03-02T09:00:00Z'))

/** What fails of a rule's tests, each with its place. */
export function failingTests(
  rule: Rule,
  templates: readonly Template[],
  directory: Directory,
): readonly Problem[] {
  return (rule.tests ?? []).flatMap((test, index) => {
    const wrong = (message: string): Problem => ({
      place: `tests[${index}]`,
      code: 'test_failed',
      level: 'error',
      message,
    })
    const settled = run(rule, test, templates, directory)
    if (typeof settled === 'string') return [wrong(settled)]
    return differences(test, settled, directory).map(wrong)
  })
}

function run(
  rule: Rule,
  test: RuleTest,
  templates: readonly Template[],
  directory: Directory,
): Settled | string {
  const { before: earlier, ...given } = test.given
  const now = ticketFrom(given, directory)
  if (typeof now === 'string') return now
  const before = test.on === 'created' ? null : ticketFrom({ ...given, ...(earlier as object) }, directory)
  if (typeof before === 'string') return before
  return settle({
    rules: [
      {
        rule: { ...rule, kind: 'trigger', enabled: true, on: rule.kind === 'trigger' ? rule.on : ['any'] },
        version: '',
      },
    ],
    rulebook: { version: 0, templates },
    scene: {
      before,
      now,
      at,
      zone: 'UTC',
      update: {
        kinds: [test.on, 'any'],
        actor: { type: 'agent', id: 1 },
        actorRole: 'agent',
        via: 'ui',
        messageIds: [1],
        rating: typeof given['rating'] === 'number' ? given['rating'] : null,
      },
      content: contentFrom(given),
      directory,
      calendars: noCalendars,
      reader: null,
    },
    past: noPast,
    settings: defaultSettings,
    facts: { assigneeAvailable: true, activeChildren: 0, availableAgents: [] },
    actingAgentId: 1 as PersonId,
    causeSeq: 1,
  })
}

/** What a test can give and expect beside the plain fields. */
const stateKeys: Readonly<Record<string, keyof Ticket>> = {
  status: 'status',
  channel: 'channel',
  tags: 'tags',
  assignee: 'assigneeId',
}
const stateOf = (key: string) => stateKeys[key] ?? propertyCalled(key)
const contentKeys = ['subject', 'text', 'requester', 'organization']

/** The ticket that a test gives, or what of it is not understood. */
function ticketFrom(given: Readonly<Record<string, unknown>>, directory: Directory): Ticket | string {
  let ticket: Ticket = blank()
  for (const [key, value] of Object.entries(given)) {
    if (contentKeys.includes(key)) continue
    const state = stateOf(key)
    if (state !== null) {
      const refers = specOf(key, directory)?.refers
      const meant = refers === undefined || value === null ? value : idOf(refers, String(value), directory)
      if (meant === null && value !== null) return `There is no ${key} "${String(value)}"`
      ticket = { ...ticket, [state]: meant }
    } else if (key.startsWith('field.')) {
      const field = directory.fields.find((each) => `field.${each.key}` === key)
      if (field === undefined) return `There is no ${key}`
      ticket = { ...ticket, fields: { ...ticket.fields, [field.id]: value as string } }
    } else return `A test cannot give "${key}"`
  }
  return ticket
}

function blank(): Ticket {
  const [opened] = stamp(
    [
      {
        kind: 'ticket_opened',
        payload: {
          messageId: 1 as never,
          messageKind: 'reply',
          direction: 'inbound',
          status: 'new',
          priority: 'normal',
          brandId: 1 as never,
          channel: 'email',
          requesterId: 2 as PersonId,
        },
      },
    ],
    { ticketId: 1 as TicketId, firstSeq: 1, at, updateId: 0 as never, actor: { type: 'requester', id: 2 } },
  )
  if (opened === undefined) throw new Error('Bug: an event was lost')
  return evolve(null, opened)
}

function contentFrom({
  subject = '',
  text = '',
  requester,
  organization,
}: Readonly<Record<string, unknown>>): Content {
  const person = { id: 2, name: 'Cy', email: 'cy@example.org', language: null, tags: [], createdAt: at }
  const message: MessageText = {
    id: 1,
    kind: 'reply',
    direction: 'inbound',
    authorId: 2,
    authorRole: 'requester',
    text: String(text),
    thanks: false,
    attachmentCount: 0,
    recipients: [],
    isAutoReply: false,
  }
  return {
    ...noContent,
    subject: String(subject),
    messages: [message],
    requester: { ...person, ...(requester as object) },
    organization:
      organization === undefined ? null : { id: 1, name: '', tags: [], ...(organization as object) },
  }
}

function differences({ expect }: RuleTest, settled: Settled, directory: Directory): readonly string[] {
  const fired = settled.considered.some(({ outcome }) => outcome === 'fired' || outcome === 'fired_no_op')
  const refused = settled.considered.find(({ outcome }) => outcome === 'refused')
  if (refused !== undefined) return [`The ticket refuses it: ${refused.refusal}`]
  return Object.entries(expect).flatMap(([key, wanted]) => {
    if (key === 'fires') return fired === wanted ? [] : [`It ${fired ? 'fires' : 'does not fire'}`]
    if (!fired) return [`It does not fire, so ${key} stays as it is`]
    const found = foundFor(key, wanted, settled, directory)
    if (found === undefined) return [`A test cannot expect "${key}"`]
    return isAsWanted(key, wanted, found)
      ? []
      : [`${key} is ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`]
  })
}

function foundFor(key: string, wanted: unknown, { ticket, effects }: Settled, directory: Directory): unknown {
  if (key === 'effects') return effects.map(effectText)
  const state = contentKeys.includes(key) ? null : stateOf(key)
  if (state !== null) {
    const refers = specOf(key, directory)?.refers
    const isMeant =
      refers !== undefined && wanted !== null && idOf(refers, String(wanted), directory) === ticket[state]
    return isMeant ? wanted : ticket[state]
  }
  if (!key.startsWith('field.')) return undefined
  const field = directory.fields.find((each) => `field.${each.key}` === key)
  return field === undefined ? undefined : (ticket.fields[field.id] ?? null)
}

/** Of tags and effects all that are named must be there; more may be. */
function isAsWanted(key: string, wanted: unknown, found: unknown): boolean {
  if ((key === 'tags' || key === 'effects') && Array.isArray(wanted) && Array.isArray(found))
    return wanted.every((each) => found.includes(each))
  return JSON.stringify(wanted) === JSON.stringify(found)
}

/** `notify:vip-alert`, `webhook:crm`. */
function effectText(effect: Effect): string {
  if ('template' in effect) return `${effect.kind}:${effect.template}`
  if (effect.kind === 'webhook') return `webhook:${effect.endpoint}`
  return effect.kind
}

// Automation: rules, the rulebook in its versions, templates, previews and traces; webhooks and their deliveries.
// A rule's condition is the tree of spec/rules.md; actions are objects with one key.
import { z } from 'zod'
import { ruleKinds, rulebookStates } from '#rules/rule.ts'
import { rule, ruleDraft, section, template } from '#rules/rule-schema.ts'
import { referredKinds, thingKinds } from '#rules/thing.ts'
import { id, instant, name, nameRef, pageOf, pageQuery } from './shapes.ts'

export const ruleProblem = z.object({
  ruleId: z.number().int().nullable(),
  /** The rule's name, where the problem is a rule's. */
  title: z.string().nullable().optional(),
  /** Where: `if.all[2].value`, `do[0]`. */
  place: z.string(),
  code: z.string(),
  level: z.enum(['error', 'warning']),
  message: z.string(),
})
export type RuleProblem = z.infer<typeof ruleProblem>

/** Counts of the last thirty days. */
export const ruleHealth = z.object({
  fired: z.number().int(),
  noOp: z.number().int(),
  refused: z.number().int(),
  suppressed: z.number().int(),
  conflicts: z.number().int(),
  circuitOpened: z.number().int(),
  lastFiredAt: instant.nullable(),
  /** Mails that wait for an administrator. */
  heldMails: z.number().int(),
})
export type RuleHealth = z.infer<typeof ruleHealth>

/** How a rule of the draft differs from the live one. */
export const ruleChange = z.enum(['live', 'added', 'changed', 'moved', 'removed'])

export const ruleItem = z.object({
  id,
  key: z.string(),
  kind: z.enum(ruleKinds),
  title: z.string(),
  /** The rule as one sentence. */
  sentence: z.string(),
  section: z.string(),
  enabled: z.boolean(),
  owner: nameRef.nullable(),
  reviewBy: z.string(),
  change: ruleChange,
  health: ruleHealth,
  errors: z.number().int(),
  warnings: z.number().int(),
})
export type RuleItem = z.infer<typeof ruleItem>
export const rulePage = pageOf(ruleItem)
/** GET /rules, in the order in which they run: those of the draft where there is one. */
export const ruleQuery = pageQuery.extend({
  q: z.string().max(200).optional(),
  kind: z.enum(ruleKinds).optional(),
})

/** GET /rules/:id; POST and PUT take `ruleBody` and answer this. */
export const ruleView = z.object({
  rule: rule.extend({ if: z.unknown().optional() }),
  sentence: z.string(),
  change: ruleChange,
  owner: nameRef.nullable(),
  health: ruleHealth,
  /** Firings by week, the present one last. */
  weeks: z.array(z.number().int()),
  problems: z.array(ruleProblem),
  /** For a timer rule that went live: how many tickets it has been put to, and on how many it was overdue. */
  scan: z
    .object({
      done: z.number().int(),
      total: z.number().int(),
      overdue: z.number().int(),
      finishedAt: instant.nullable(),
    })
    .nullable(),
  /** Send it back as `edition` to be told when somebody else has changed the draft. */
  edition: z.number().int(),
})
export type RuleView = z.infer<typeof ruleView>
export type Rule = RuleView['rule']
export const ruleBody = z.strictObject({ rule: ruleDraft, edition: z.int32().optional() })
export type { Action, ActionName, ActionValues } from '#rules/action.ts'
export type RuleBody = z.input<typeof ruleBody>

export const ruleOrder = z.strictObject({
  sections: z.array(section).min(1).max(100),
  /** Every rule once, in the order in which they are to run, with its section. */
  rules: z.array(z.strictObject({ id, section: z.string().max(60) })).max(8_000),
  edition: z.int32().optional(),
})

export const firing = z.object({
  id,
  at: instant,
  ticket: z.object({ id, subject: z.string() }),
  kind: z.enum(['rule_fired', 'action_refused', 'rule_suppressed', 'rule_conflict', 'rule_circuit_opened']),
  detail: z.unknown(),
})
export type Firing = z.infer<typeof firing>
export const firingPage = pageOf(firing)

export const heldMailsBody = z.strictObject({ decision: z.enum(['release', 'discard']) })
export const heldMailsAnswer = z.object({ mails: z.number().int() })

// Preview
export const previewBody = z.strictObject({ rule: ruleDraft })
const sampleTicket = z.object({
  id,
  subject: z.string(),
  status: z.string(),
  requester: z.string(),
  createdAt: instant,
})
export const preview = z.object({
  matches: z.number().int(),
  /** The newest tickets that were asked. */
  of: z.number().int(),
  /** For timers: on how many of them it would be overdue already when it goes live. */
  overdue: z.number().int().nullable(),
  funnel: z.array(z.object({ place: z.string(), words: z.string(), left: z.number().int() })),
  /** Matches among tickets opened in each of twelve weeks, the present one last. */
  weeks: z.array(z.number().int()),
  sample: z.array(sampleTicket.extend({ marked: z.array(z.string()) })),
  overlaps: z.array(z.object({ ruleId: id, title: z.string(), share: z.number() })),
  problems: z.array(ruleProblem),
  sentence: z.string(),
})
export type Preview = z.infer<typeof preview>

// Traces
type TraceShape =
  | {
      leaf: { field: string; op: string; value?: unknown; calendar?: string | undefined }
      words: string
      place: string
      actual: unknown
      before?: unknown
      holds: boolean
      redacted?: boolean | undefined
    }
  | { group: 'all' | 'any' | 'not'; holds: boolean; parts: TraceShape[] }
/** What a condition saw, down to its leaves. */
export const trace: z.ZodType<TraceShape> = z.lazy(() =>
  z.union([
    z.object({
      leaf: z.object({
        field: z.string(),
        op: z.string(),
        value: z.unknown().optional(),
        calendar: z.string().optional(),
      }),
      words: z.string(),
      place: z.string(),
      actual: z.unknown(),
      before: z.unknown().optional(),
      holds: z.boolean(),
      redacted: z.boolean().optional(),
    }),
    z.object({ group: z.enum(['all', 'any', 'not']), holds: z.boolean(), parts: z.array(trace) }),
  ]),
)
export type RuleTrace = TraceShape

export const explained = z.object({
  ruleId: id,
  title: z.string(),
  outcome: z.string(),
  /** The outcome in a sentence. */
  words: z.string(),
  by: z.number().int().nullable(),
  refusal: z.string().nullable(),
  trace: trace.nullable(),
  /** The places of a smallest set of tests that would have to come out otherwise; null when it fired or cannot. */
  toChange: z.array(z.string()).nullable(),
})
export type Explained = z.infer<typeof explained>
/** GET /tickets/:id/rules/explain?seq=: what became of each rule at an update, by default the newest. */
export const explainQuery = z.strictObject({ seq: z.coerce.number().pipe(z.int32().positive()).optional() })
export const explanation = z.object({
  ticketId: id,
  /** The first event of the update. */
  seq: z.number().int(),
  at: instant,
  kinds: z.array(z.string()),
  rulebookVersion: z.number().int(),
  /** Why nothing was settled, where nothing was: an undo, an import, a flagged ticket. */
  notSettled: z.string().nullable(),
  rules: z.array(explained),
})
export type Explanation = z.infer<typeof explanation>
/** POST /rules/try: a rule as it stands in the editor, on one ticket at one update. */
export const tryBody = z.strictObject({
  rule: ruleDraft,
  ticketId: id,
  seq: z.int32().positive().optional(),
})

// /rulebook
export const rulebookVersion = z.object({
  version: z.number().int(),
  state: z.enum(rulebookStates),
  edition: z.number().int(),
  parentVersion: z.number().int().nullable(),
  note: z.string(),
  acknowledged: z.object({ reason: z.string(), codes: z.array(z.string()) }).nullable(),
  createdBy: nameRef.nullable(),
  createdAt: instant,
  changedAt: instant,
  publishedBy: nameRef.nullable(),
  publishedAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** Of a hundred tickets so many, before it was for all; null for one that was for all at once. */
  percent: z.number().int().nullable(),
  canaryFrom: instant.nullable(),
})
export type RulebookVersion = z.infer<typeof rulebookVersion>
/** Of a route about one version. */
export const versionParams = z.object({ version: z.coerce.number().pipe(z.int32().min(0)) })
export const rulebookVersionPage = pageOf(rulebookVersion)
export const bookTemplate = template
export type BookTemplate = z.infer<typeof bookTemplate>
export const rulebook = z.object({
  live: rulebookVersion.nullable(),
  /** What judges a share of the tickets beside it. */
  canary: rulebookVersion.nullable(),
  draft: rulebookVersion.nullable(),
  sections: z.array(section),
  templates: z.array(template),
  /** Placeholders that templates may use. */
  placeholders: z.array(z.string()),
})
export type Rulebook = z.infer<typeof rulebook>
/** What a rule can say: for the builder. */
export const vocabulary = z.object({
  paths: z.array(
    z.object({
      path: z.string(),
      label: z.string(),
      type: z.string(),
      ops: z.array(z.string()),
      choices: z.array(z.string()).nullable(),
      refers: z.enum(referredKinds).nullable(),
      /** Asks about an update: not for timers. */
      ofUpdate: z.boolean(),
    }),
  ),
  events: z.array(z.string()),
  brands: z.array(nameRef),
  queues: z.array(nameRef),
  mailboxes: z.array(nameRef),
  webhooks: z.array(z.string()),
  /** Keys of shared actions, with their titles. */
  macros: z.array(z.object({ key: z.string(), title: z.string() })),
})
export type Vocabulary = z.infer<typeof vocabulary>
export const rulebookContent = z.object({
  version: rulebookVersion,
  sections: z.array(section),
  templates: z.array(template),
  rules: z.array(rule.extend({ if: z.unknown().optional() })),
})
export const rulebookDiff = z.object({
  from: z.number().int(),
  to: z.number().int(),
  rules: z.array(
    z.object({
      ruleId: id,
      key: z.string(),
      title: z.string(),
      change: z.enum(['added', 'removed', 'changed', 'moved']),
      parts: z.array(
        z.object({
          part: z.string(),
          from: z.unknown(),
          to: z.unknown(),
          /** Conditions, actions and owners in words; null for what is plain already. */
          words: z.object({ from: z.string(), to: z.string() }).nullable(),
        }),
      ),
    }),
  ),
  templates: z.array(z.string()),
})
export type RulebookDiff = z.infer<typeof rulebookDiff>
export const problemsAnswer = z.object({ problems: z.array(ruleProblem) })
export const publishBody = z.strictObject({
  note: z.string().trim().max(500).default(''),
  /** Needed while there are new warnings, findings of the backtest, or no backtest: why it goes live all the same. */
  reason: z.string().trim().min(3).max(500).optional(),
  /** Of a hundred tickets so many, by their numbers; without it all of them. */
  percent: z.number().int().min(1).max(99).optional(),
})
export const rollbackBody = z.strictObject({ version: z.int32().positive() })
export const templateBody = z.strictObject({ template, edition: z.int32().optional() })
/** POST /rulebook/replace: exchanges a thing in the draft for another of its kind. */
export const replaceBody = z.strictObject({
  kind: z.enum(['team', 'agent', 'category', 'queue', 'tag', 'field']),
  from: z.union([id, z.string().max(100)]),
  to: z.union([id, z.string().max(100)]),
})
export const replaceAnswer = z.object({ rules: z.array(nameRef), version: z.number().int() })
/** GET /rulebook/uses: where a thing is used, in the live version or the draft. */
export const usesQuery = z.strictObject({
  kind: z.enum(thingKinds),
  id: z.string().max(100),
})
export const uses = z.object({
  items: z.array(
    z.object({ in: z.enum(['live', 'draft']), ruleId: id, title: z.string(), place: z.string() }),
  ),
})

// /webhooks
export const webhook = z.object({
  id,
  key: z.string(),
  name: z.string(),
  /** Null for who may not change webhooks: an address like this is often a key. */
  url: z.string().nullable(),
  enabled: z.boolean(),
  archived: z.boolean(),
  createdAt: instant,
  waiting: z.number().int(),
  dead: z.number().int(),
  /** Delivered within a day. */
  delivered: z.number().int(),
})
export type Webhook = z.infer<typeof webhook>
export const webhookPage = pageOf(webhook)
const webhookUrl = z.url({ protocol: /^https?$/ }).max(2_000)
export const newWebhook = z.strictObject({
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be small letters, digits and dashes'),
  name,
  url: webhookUrl,
})
/** The secret is shown this once. */
export const createdWebhook = webhook.extend({ secret: z.string() })
export type CreatedWebhook = z.infer<typeof createdWebhook>
export const webhookPatch = z.strictObject({
  name: name.optional(),
  url: webhookUrl.optional(),
  enabled: z.boolean().optional(),
  archived: z.boolean().optional(),
})
export const deliveryState = z.enum(['queued', 'sending', 'delivered', 'dead', 'cancelled'])
export const delivery = z.object({
  id,
  state: deliveryState,
  ticketId: id,
  ruleId: id,
  attempts: z.number().int(),
  nextTryAt: instant.nullable(),
  createdAt: instant,
  settledAt: instant.nullable(),
})
export type Delivery = z.infer<typeof delivery>
export const deliveryPage = pageOf(delivery)
export const deliveryQuery = pageQuery.extend({ state: deliveryState.optional() })
export const deliveryDetail = delivery.extend({
  payload: z.unknown(),
  tries: z.array(
    z.object({
      at: instant,
      durationMs: z.number().int(),
      status: z.number().int().nullable(),
      detail: z.string(),
    }),
  ),
})
export type DeliveryDetail = z.infer<typeof deliveryDetail>
export const replayAnswer = z.object({ deliveries: z.number().int() })

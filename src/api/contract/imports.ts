// /imports: other desks' data coming in, run by run.
import { z } from 'zod'
import { csvMap } from '#imports/csv/map.ts'
import { csvTargets, dateOrders } from '#imports/csv/targets.ts'
import { mailMap } from '#imports/mails/map.ts'
import { outcomes } from '#imports/counts.ts'
import { importStates } from '#imports/import-store.ts'
import { apiKinds, apiMakes, databaseKinds, exportKinds, fitsMake, namesDesk } from '#imports/kinds.ts'
import { priorities, statuses } from '#tickets/vocabulary.ts'
import { id, instant, pageOf } from './shapes.ts'

const whole = z.number().int()

const meaning = {
  status: z.enum(statuses).nullable(),
  priority: z.enum(priorities).nullable(),
  assignee: z.string().nullable(),
}
/** An uploaded file: what stands in it, and the map that seems right here. Forgotten when it is imported, or after a week. */
export const importUpload = z.object({
  file: id,
  name: z.string(),
  rows: whole,
  encoding: z.string(),
  delimiter: z.string(),
  columns: z.array(
    z.object({
      heading: z.string(),
      filled: whole,
      samples: z.array(z.string()),
      /** Empty where there are too many to give each a meaning. */
      values: z.array(z.object({ value: z.string(), count: whole, ...meaning })),
      /** Cells that are no moment, by the order of dates. */
      unreadable: z.record(z.enum(dateOrders), whole),
    }),
  ),
  /** Columns, meanings of values, order and zone of dates, as they are suggested. */
  map: z.object({
    columns: z.record(z.string(), z.enum(csvTargets).nullable()),
    status: z.record(z.string(), z.enum(statuses)),
    priority: z.record(z.string(), z.enum(priorities)),
    assignee: z.record(z.string(), z.string().nullable()),
    dates: z.object({ order: z.enum(dateOrders), zone: z.string() }),
  }),
  agents: z.array(z.object({ name: z.string(), email: z.string() })),
})
export type ImportUpload = z.output<typeof importUpload>

/** An uploaded mbox: what lies in it, and what seems right to say of it. Forgotten when it is imported, or after a week. */
export const mailUpload = z.object({
  file: id,
  name: z.string(),
  mails: whole,
  conversations: whole,
  oldest: instant.nullable(),
  newest: instant.nullable(),
  /** Mails that become nothing here, by their reason. */
  aside: z.array(z.object({ reason: z.string(), count: whole })),
  /** Who takes part in the most mails, agents and mailboxes left out. */
  addresses: z.array(z.object({ address: z.string(), name: z.string(), count: whole })),
  map: z.object({
    mailboxes: z.array(z.string()),
    agents: z.array(z.string()),
    answered: z.enum(statuses),
    unanswered: z.enum(statuses),
    quietDays: whole.nullable(),
  }),
})
export type MailUpload = z.output<typeof mailUpload>

/** An uploaded file of Zendesk's own export: of what its records are, how many, and of which desk, where they say so. Forgotten like the others. */
export const exportUpload = z.object({
  file: id,
  name: z.string(),
  kind: z.enum(exportKinds),
  records: whole,
  host: z.string().nullable(),
})
export type ExportUpload = z.output<typeof exportUpload>

/** Only counts what would come. */
const look = z.boolean().default(true)

/** Another desk, by its API or its database, whose key is kept sealed until the run has ended; or a file that was uploaded, under the name its tickets are known by. */
export const newImport = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.enum(apiKinds),
      url: z.url({ protocol: /^https?$/ }).max(500),
      /** Whose key it is, or the id of the application whose secret it is, or of the workspace that it opens. */
      user: z.string().max(200).default(''),
      token: z.string().min(1).max(1_000),
      look,
    })
    .refine(({ kind, user }) => !namesDesk(apiMakes[kind]) || user !== '', {
      path: ['user'],
      error: 'is the id of the application or the workspace',
    }),
  z
    .strictObject({
      kind: z.enum(databaseKinds),
      /** Where its database is, with user and password; at its end what the make asks for: `?zone=…&prefix=…`, `?account=…`. */
      database: z.url({ protocol: /^(?:postgres(?:ql)?|mysql|mariadb)$/ }).max(500),
      look,
    })
    .refine(({ kind, database }) => fitsMake(kind, database), {
      path: ['database'],
      error: 'a desk of this make lies in no such database',
    }),
  z.strictObject({
    kind: z.literal('zendesk-export'),
    /** The address of the desk, by which an import by its API goes on. */
    name: z.string().trim().min(1).max(200),
    files: z
      .array(z.strictObject({ file: id, name: z.string().max(100) }))
      .min(1)
      .max(50),
    look,
  }),
  z.strictObject({
    kind: z.literal('csv'),
    name: z.string().trim().min(1).max(100),
    file: id,
    map: csvMap,
    look,
  }),
  z.strictObject({
    kind: z.literal('mbox'),
    name: z.string().trim().min(1).max(100),
    file: id,
    map: mailMap,
    look,
  }),
])
export type NewImport = z.input<typeof newImport>

export const importRun = z.object({
  id,
  source: z.string(),
  kind: z.string(),
  state: z.enum(importStates),
  /** Nothing is or was written. */
  look: z.boolean(),
  /** By kind of record; the outcomes add up to `seen`. */
  counts: z.record(
    z.string(),
    z.object(Object.fromEntries(['seen', ...outcomes].map((name) => [name, whole]))),
  ),
  problems: z.array(z.object({ kind: z.string(), reason: z.string(), count: whole, sample: z.string() })),
  complete: z.boolean(),
  /** How many records a look saw that came before; null without one. */
  expected: whole.nullable(),
  /** Records a second, while it is under way. */
  rate: whole.nullable(),
  createdAt: instant,
  endedAt: instant.nullable(),
})
export type ImportRun = {
  readonly id: number
  readonly source: string
  readonly kind: string
  readonly state: (typeof importStates)[number]
  readonly look: boolean
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly problems: readonly { kind: string; reason: string; count: number; sample: string }[]
  readonly complete: boolean
  readonly expected: number | null
  readonly rate: number | null
  readonly createdAt: string
  readonly endedAt: string | null
}
export const importPage = pageOf(importRun)

// The configuration of a desk as YAML: a file for each kind, its things in their order, what is usual left to the API.
import { stringify } from 'yaml'
import { z } from 'zod'
import { isAroundLiving, type Misfit, type Wanted } from '#programs/configuration/compare.ts'
import type { Live } from '#programs/configuration/gather.ts'
import { kinds, type Kind, type Thing } from '#programs/configuration/kinds.ts'

const API_VERSION = 'docket/v1'
const shape = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.enum(kinds.map(({ kind }) => kind)),
  items: z.array(z.record(z.string(), z.unknown())),
})

/** What of a desk stands in files: what is put away does not, but for categories around ones that are not. */
export function thingsInFiles(live: Live): Wanted {
  return new Map(
    kinds.flatMap((kind) => {
      const all = live.get(kind.kind) ?? []
      const found = all.filter((each) => !each.isPutAway || isAroundLiving(kind, each, all))
      const things = found.map(({ thing }) => inOrder(kind, thing))
      const items =
        kind.order !== undefined ? things : things.toSorted((a, b) => (kind.key(a) < kind.key(b) ? -1 : 1))
      return items.length === 0 ? [] : [[kind.kind, items]]
    }),
  )
}

/** A file for each kind that the desk has something of. */
export function writeConfiguration(
  things: Wanted,
): readonly { readonly name: string; readonly text: string }[] {
  return kinds.flatMap((kind) => {
    const items = things.get(kind.kind)
    const text = stringify({ apiVersion: API_VERSION, kind: kind.kind, items }, { lineWidth: 100 })
    return items === undefined ? [] : [{ name: `${fileNameOf(kind)}.yaml`, text }]
  })
}

/** Whether files of a kind are such files. */
export function isConfiguration(kind: string | null): boolean {
  return kinds.some((each) => each.kind === kind)
}

/** Takes what files say; what is wrong with one is said with its name. */
export function readConfiguration(files: readonly { readonly name: string; readonly said: unknown }[]): {
  readonly wanted: Wanted
  readonly problems: readonly Misfit[]
} {
  const wanted = new Map<string, Thing[]>()
  const problems: Misfit[] = []
  for (const { name, said } of files) {
    const read = shape.safeParse(said)
    if (read.success) wanted.set(read.data.kind, [...(wanted.get(read.data.kind) ?? []), ...read.data.items])
    else problems.push(...faultsOf(name, said, read.error))
  }
  return { wanted, problems }
}

/** What is wrong with a file, with its name. */
export function faultsOf(name: string, said: unknown, error: z.ZodError): readonly Misfit[] {
  const of = { kind: 'File', key: name }
  if (said instanceof Error) return [{ ...of, place: '', message: said.message.split('\n')[0] ?? '' }]
  return error.issues.map(({ path, message }) => ({ ...of, place: path.join('.'), message }))
}

/** `mail-templates` of MailTemplates. */
function fileNameOf({ kind }: Kind): string {
  return kind.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase()
}

/** The fields as the kind has them; of what lies in them the database keeps no order. */
function inOrder({ fields }: Kind, thing: Thing): Thing {
  return Object.fromEntries(
    fields.flatMap((field) => (field in thing ? [[field, sorted(thing[field])]] : [])),
  )
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  )
}

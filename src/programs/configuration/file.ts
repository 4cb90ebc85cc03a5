// The configuration of a desk as YAML: a file for each kind, its things in their order, what is usual left to the API.
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import type { Misfit, Wanted } from '#programs/configuration/compare.ts'
import type { Live } from '#programs/configuration/gather.ts'
import { kinds, type Kind, type Thing } from '#programs/configuration/kinds.ts'

const API_VERSION = 'docket/v1'
const shape = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.enum(kinds.map(({ kind }) => kind)),
  items: z.array(z.record(z.string(), z.unknown())).max(20_000),
})

/** A file for each kind that the desk has something of. What is put away is left out. */
export function writeConfiguration(live: Live): readonly { readonly name: string; readonly text: string }[] {
  return kinds.flatMap((kind) => {
    const found = (live.get(kind.kind) ?? []).filter(({ isPutAway }) => !isPutAway)
    const things = found.map(({ thing }) => inOrder(kind, thing))
    const items =
      kind.isOrdered === true ? things : things.toSorted((a, b) => (kind.key(a) < kind.key(b) ? -1 : 1))
    const text = stringify({ apiVersion: API_VERSION, kind: kind.kind, items }, { lineWidth: 100 })
    return items.length === 0 ? [] : [{ name: `${fileNameOf(kind)}.yaml`, text }]
  })
}

/** Whether a text is such a file. */
export function isConfiguration(text: string): boolean {
  const kind = /^kind: *['"]?(\w+)/m.exec(text)?.[1]
  return kinds.some((each) => each.kind === kind)
}

/** Reads files; what is wrong with one is said with its name. */
export function readConfiguration(files: readonly { readonly name: string; readonly text: string }[]): {
  readonly wanted: Wanted
  readonly problems: readonly Misfit[]
} {
  const wanted = new Map<string, Thing[]>()
  const problems: Misfit[] = []
  for (const { name, text } of files) {
    const said = yamlIn(text)
    const read = shape.safeParse(said)
    if (read.success) wanted.set(read.data.kind, [...(wanted.get(read.data.kind) ?? []), ...read.data.items])
    else
      for (const { path, message } of read.error.issues)
        problems.push({ kind: 'File', key: name, place: path.join('.'), message })
  }
  return { wanted, problems }
}

function yamlIn(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100 })
  } catch (error) {
    return (error as Error).message
  }
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

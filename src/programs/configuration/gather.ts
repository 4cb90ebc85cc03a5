// What a desk is set up with, by its API: every kind's things, put-away ones too, as the API takes them and as files have them.
import { z } from 'zod'
import { article } from '#api/contract/articles.ts'
import { assistantVersionDetail, assistantVersionPage } from '#api/contract/assistant.ts'
import type { calendarPage, Hours } from '#api/contract/sla.ts'
import { settings } from '#api/contract/settings.ts'
import { surveySetting } from '#api/contract/surveys.ts'
import { viewHealthPage } from '#api/contract/views.ts'
import type { Api } from '#programs/api-client.ts'
import { kinds, type Kind, type Thing } from '#programs/configuration/kinds.ts'
import {
  withNames,
  withoutPutAway,
  withoutShown,
  type Away,
  type Keys,
} from '#programs/configuration/names.ts'

export type Found = {
  readonly id: number
  readonly key: string
  readonly isPutAway: boolean
  /** The API puts it away never: others rest on it. */
  readonly stays?: true
  /** As the API takes it, and as a file has it. */
  readonly body: Thing
  readonly thing: Thing
}
export type Live = ReadonlyMap<string, readonly Found[]>

type Item = Thing & { readonly id: number }

const ASKED = { archived: { limit: 200, archived: 'true' }, pages: { limit: 200 }, whole: {} }
/** Views and macros of one person are theirs, not the desk's. */
const isOfDesk = ({ scope }: Thing) => scope !== 'personal'

/** All kinds as the desk has them. */
export async function gather(api: Api): Promise<Live> {
  const items = new Map<string, readonly Item[]>()
  for (const kind of kinds) items.set(kind.kind, await itemsOf(api, kind, items))
  const away: Away = new Map(
    kinds.map(({ kind }) => [kind, insteadOf((items.get(kind) ?? []).filter(isPutAway))]),
  )
  const keys = new Map<string, Map<number, string>>()
  for (const kind of kinds) {
    const known = new Map<number, string>()
    keys.set(kind.kind, known)
    // One after the other: what lies in another is known by that.
    for (const { id, ...item } of items.get(kind.kind) ?? [])
      known.set(id, kind.key(withNames(kind, bodyOf(kind, item, away), keys)))
  }
  return new Map(
    kinds.map((kind) => [
      kind.kind,
      (items.get(kind.kind) ?? []).map((each) => found(kind, each, away, keys)),
    ]),
  )
}

const isPutAway = ({ archived, status, active }: Thing) =>
  archived === true || status === 'archived' || active === false

/** In the place of each that is put away, the nearest around it that is not. */
function insteadOf(away: readonly Item[]): ReadonlyMap<number, number | null> {
  const parents = new Map(
    away.map(({ id, parentId }) => [id, typeof parentId === 'number' ? parentId : null]),
  )
  const nearest = (id: number | null): number | null => {
    const parent = id === null ? undefined : parents.get(id)
    return parent === undefined ? id : nearest(parent)
  }
  return new Map([...parents.keys()].map((id) => [id, nearest(id)]))
}

function found(kind: Kind, item: Item, away: Away, keys: Keys): Found {
  const body = bodyOf(kind, item, away)
  return {
    id: item.id,
    key: keys.get(kind.kind)?.get(item.id) ?? '',
    isPutAway: isPutAway(item),
    ...(item['isDefault'] === true ? { stays: true } : {}),
    body,
    thing: withNames(kind, body, keys),
  }
}

function bodyOf(kind: Kind, item: Thing, away: Away): Thing {
  const shown = withoutPutAway(kind, withoutShown(kind, item), away)
  const body = Object.fromEntries(
    kind.fields.flatMap((field) => (field in shown ? [[field, shown[field]]] : [])),
  )
  return kind.meant?.(body) ?? body
}

async function itemsOf(
  api: Api,
  kind: Kind,
  before: ReadonlyMap<string, readonly Item[]>,
): Promise<readonly Item[]> {
  const special = READ[kind.kind]
  const items = special === undefined ? await listed(api, kind) : await special(api, kind, before)
  return items.filter(isOfDesk)
}

async function listed(
  api: Api,
  { path, page, list }: Kind,
  query: Record<string, string> = {},
): Promise<readonly Item[]> {
  if (page === null) return []
  const all: Item[] = []
  let cursor: string | undefined
  do {
    const { items, nextCursor } = await api.get(path, page, { ...ASKED[list], ...query, cursor })
    all.push(...(items as Item[]))
    cursor = nextCursor ?? undefined
  } while (cursor !== undefined)
  return all
}

type Read = (api: Api, kind: Kind, before: ReadonlyMap<string, readonly Item[]>) => Promise<readonly Item[]>

/** Kinds that no list tells whole. */
const READ: Readonly<Record<string, Read>> = {
  Settings: async (api) => [{ id: 0, ...(await api.get('/settings', settings)) }],
  Agents: async (api, kind) =>
    (await listed(api, kind)).map((agent) => ({ ...agent, roleId: agent['customRole'] ?? null })),
  Calendars: async (api, kind) =>
    (await listed(api, kind)).map((each) => calendarItem(each as unknown as CalendarShown)),
  Surveys: async (api, _, before) =>
    Promise.all(
      (before.get('Brands') ?? []).map(async ({ id }) => ({
        id,
        brand: id,
        ...(await api.get(`/brands/${id}/survey`, surveySetting)),
      })),
    ),
  Macros: (api, kind) => listed(api, kind, { of: 'desk' }),
  Articles: async (api, kind) => {
    const listing = await Promise.all(
      ['draft', 'published', 'archived'].map((status) => listed(api, kind, { status })),
    )
    const all: Item[] = []
    for (const { id } of listing.flat()) all.push(articleItem(await api.get(`/articles/${id}`, article)))
    return all
  },
  // The list of views has those of the caller's own teams alone.
  Views: async (api) => (await api.get('/views/health', viewHealthPage)).items.map(({ view }) => view),
  Assistant: async (api) => {
    const [newest] = (await api.get('/assistant/versions', assistantVersionPage, { limit: 1 })).items
    if (newest === undefined) return []
    const { settings: kept } = await api.get(`/assistant/versions/${newest.version}`, assistantVersionDetail)
    return [{ id: newest.version, ...kept }]
  },
}

type CalendarShown = z.output<typeof calendarPage>['items'][number]

function calendarItem({ id, name, archived, versions, usedBy }: CalendarShown): Item {
  // One that begins later says nothing yet.
  const now = Date.now()
  const hours: Hours | undefined = versions.findLast(
    ({ effectiveFrom }) => effectiveFrom === null || Date.parse(effectiveFrom) <= now,
  )?.hours
  const users = (owner: string) => usedBy.filter((each) => each.owner === owner).map((each) => each.id)
  return { id, name, archived, hours, teams: users('team'), brands: users('brand') }
}

/** Of articles that say the same, those of the later languages translate that of the first that is not put away: the same on every desk. */
function articleItem({ translations, ...rest }: z.output<typeof article>): Item {
  const [first = rest] = [rest, ...translations]
    .filter(({ status }) => status !== 'archived')
    .toSorted((a, b) => (a.language === b.language ? a.id - b.id : a.language < b.language ? -1 : 1))
  return { ...rest, translationOf: first.id === rest.id ? null : first.id }
}

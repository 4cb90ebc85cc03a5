// Makes a desk as files say, a request for each thing. What names something that is made later is told once that stands. Each request is
// whole by itself: where one is refused the rest is left, and the same files applied again go on from there.
import { z } from 'zod'
import { assistantVersionDetail, assistantVersionPage } from '#api/contract/assistant.ts'
import { calendarPage } from '#api/contract/sla.ts'
import type { Api } from '#programs/api-client.ts'
import { pick, type Change } from '#programs/configuration/compare.ts'
import type { Live } from '#programs/configuration/gather.ts'
import type { Kind, Thing } from '#programs/configuration/kinds.ts'
import { withNumbers } from '#programs/configuration/names.ts'
import { Refused } from '#programs/refused.ts'

type Numbers = Map<string, Map<string, number>>
/** What policies and calendars are published with. */
export type Words = { readonly note: string; readonly reason: string | undefined }

/** Who is to be told of each change that is done. */
type Told = (change: Change) => void

const made = z.object({ id: z.number() })
const any = z.unknown()

/** Carries out the changes of some kinds, in their order. Throws `Refused` with the thing that was refused. */
export async function carryOut(
  api: Api,
  kinds: readonly Kind[],
  changes: readonly Change[],
  live: Live,
  words: Words,
  told: Told,
): Promise<void> {
  const numbers: Numbers = new Map(
    [...live].map(([kind, found]) => [kind, new Map(found.map(({ key, id }) => [key, id]))]),
  )
  const waiting: { kind: Kind; change: Change; fields: readonly string[] }[] = []
  const work = async (kind: Kind, change: Change, fields: readonly string[]) => {
    const { body, nameless } = withNumbers(kind, pick(change.thing, fields), numbers)
    const later = [...new Set(nameless.map(({ field }) => field))]
    if (later.length > 0) waiting.push({ kind, change, fields: later })
    await named(change, () => doOne(api, { kind, change, body, numbers, live, words }))
  }
  for (const kind of kinds)
    for (const change of changes.filter((each) => each.kind === kind.kind)) {
      await work(kind, change, change.does === 'add' ? Object.keys(change.thing) : change.fields)
      told(change)
    }
  for (const { kind, change, fields } of waiting.splice(0))
    await work(kind, { ...change, does: 'change', fields }, fields)
  const [lost] = waiting
  if (lost !== undefined)
    throw new Refused(`${lost.change.key}: ${lost.fields.join(', ')} names what is not there.`)
}

async function named(change: Change, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (error instanceof Refused) throw new Refused(`${change.kind} "${change.key}": ${error.message}`)
    throw error
  }
}

type One = {
  readonly kind: Kind
  readonly change: Change
  readonly body: Thing
  readonly numbers: Numbers
  readonly live: Live
  readonly words: Words
}

async function doOne(api: Api, one: One): Promise<void> {
  const { kind, change, body, numbers } = one
  if (change.does === 'order') return order(api, one)
  const own = numbers.get(kind.kind) ?? new Map<string, number>()
  const id = own.get(change.key)
  const at = `${kind.path}/${id}`
  if (change.does === 'put_away') {
    const away = kind.kind === 'Articles' ? { status: 'archived' } : { archived: true }
    return void (await api.send('PATCH', at, any, away))
  }
  if (change.does === 'add' && id === undefined) {
    const { id: fresh } = await (ADD[kind.kind] ?? add)(api, one)
    own.set(change.key, fresh)
    numbers.set(kind.kind, own)
    return
  }
  if (change.does === 'restore' && kind.kind !== 'Articles')
    await api.send('PATCH', at, any, { archived: false })
  if (Object.keys(body).length > 0) await (CHANGE[kind.kind] ?? patch)(api, one, id ?? 0)
}

/** Makes it of what the API takes at first, and tells it the rest. */
async function add(api: Api, one: One): Promise<{ id: number }> {
  const { kind, body } = one
  const first = pick(body, Object.keys(kind.given.shape))
  const answer = await api.send('POST', kind.path, made, first)
  const rest = pick(
    body,
    Object.keys(body).filter((field) => !(field in first)),
  )
  if (Object.keys(rest).length > 0) await (CHANGE[kind.kind] ?? patch)(api, { ...one, body: rest }, answer.id)
  return answer
}

async function patch(api: Api, { kind, body }: One, id: number): Promise<void> {
  await api.send('PATCH', `${kind.path}/${id}`, any, body)
}

/** Kinds that are made in another way. */
const ADD: Readonly<Record<string, (api: Api, one: One) => Promise<{ id: number }>>> = {
  Categories: async (api, { body, numbers, change }) => {
    const names = change.key.split('/')
    const name = names.pop()
    const parentId = names.length === 0 ? null : numbers.get('Categories')?.get(names.join('/'))
    if (parentId === undefined) throw new Refused(`There is no category ${names.join('/')} to put it into.`)
    const { definition } = body
    const said = definition === undefined || definition === '' ? {} : { definition, distinct: true }
    return api.send('POST', '/categories', made, { name, parentId, ...said })
  },
  Surveys: async (api, one) => {
    const id = one.numbers.get('Brands')?.get(one.change.key) ?? 0
    await CHANGE['Surveys']?.(api, one, id)
    return { id }
  },
  MailTemplates: async (api, { body }) => api.send('PUT', '/mail-templates', made, body),
  Settings: async (api, one) => {
    await CHANGE['Settings']?.(api, one, 0)
    return { id: 0 }
  },
  Assistant: async (api, one) => {
    await CHANGE['Assistant']?.(api, one, 0)
    return { id: 0 }
  },
}

/** Kinds that are changed in another way: published as a version, or told whole. */
const CHANGE: Readonly<Record<string, (api: Api, one: One, id: number) => Promise<void>>> = {
  Settings: async (api, { body }) => void (await api.send('PATCH', '/settings', any, body)),
  Calendars: async (api, { body, words }, id) => {
    const { hours } = body
    if (hours !== undefined) await api.send('POST', `/calendars/${id}/versions`, any, { hours, ...words })
    for (const owner of ['team', 'brand'] as const)
      await giveCalendar(api, id, owner, body[`${owner}s`] as readonly number[] | undefined)
  },
  Policies: async (api, one, id) => {
    const { kind: _, ...definition } = whole(one)
    await api.send('POST', `/policies/${id}/versions`, any, { ...definition, ...one.words })
  },
  MailTemplates: async (api, one) => void (await api.send('PUT', '/mail-templates', any, whole(one))),
  Surveys: async (api, one, id) => {
    const { brand: _, ...setting } = whole(one)
    await api.send('PUT', `/brands/${id}/survey`, any, setting)
  },
  // Whose model words drafts is the desk's own: a provider has a key, which is in no file.
  Assistant: async (api, one) => {
    const [newest] = (await api.get('/assistant/versions', assistantVersionPage, { limit: 1 })).items
    const kept =
      newest === undefined
        ? {}
        : (await api.get(`/assistant/versions/${newest.version}`, assistantVersionDetail)).settings
    const settings = { ...kept, ...one.body }
    await api.send('POST', '/assistant/versions', any, { settings, note: one.words.note })
  },
}

/** All of a thing that is told whole: where the file says nothing, as it is. */
function whole({ kind, change, body, live }: One): Thing {
  const here = live.get(kind.kind)?.find(({ key }) => key === change.key)
  return { ...here?.body, ...body }
}

/** Exactly these work by a calendar. Who has another one by now is left with it. */
async function giveCalendar(api: Api, id: number, owner: 'team' | 'brand', owners?: readonly number[]) {
  if (owners === undefined) return
  const { items } = await api.get('/calendars', calendarPage)
  const users = items.find((each) => each.id === id)?.usedBy.filter((each) => each.owner === owner) ?? []
  const now = users.map((each) => each.id)
  const put = (ownerId: number, calendarId: number | null) =>
    api.send('PUT', '/calendar-uses', any, { owner, ownerId, calendarId })
  for (const ownerId of owners) if (!now.includes(ownerId)) await put(ownerId, id)
  for (const ownerId of now) if (!owners.includes(ownerId)) await put(ownerId, null)
}

/** Policies are asked in their order: the first that fits is the one. */
async function order(api: Api, { kind, change, numbers }: One): Promise<void> {
  for (const [at, key] of (change.thing['keys'] as readonly string[]).entries())
    await api.send('PATCH', `${kind.path}/${numbers.get(kind.kind)?.get(key)}`, any, { position: at + 1 })
}

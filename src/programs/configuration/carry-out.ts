// Makes a desk as files say, a request for each thing. What names something that is made later is told once that stands. Each request is
// whole by itself: where one is refused the rest is left, and the same files applied again go on from there.
import { z } from 'zod'
import { assistantVersionDetail, assistantVersionPage } from '#api/contract/assistant.ts'
import { calendarPage } from '#api/contract/sla.ts'
import { ticketPage } from '#api/contract/tickets.ts'
import type { Api } from '#programs/api-client.ts'
import { pick, type Change } from '#programs/configuration/compare.ts'
import type { Live } from '#programs/configuration/gather.ts'
import { kinds, type Kind, type Thing } from '#programs/configuration/kinds.ts'
import { numbersOf, withNumbers } from '#programs/configuration/names.ts'
import { Refused } from '#programs/refused.ts'

type Numbers = Map<string, Map<string, number>>
/** What policies and calendars are published with. */
export type Words = { readonly note: string; readonly reason: string | undefined }

/** Who is to be told of each change that is done, and of what of it could not be. */
type Told = (change: Change, without: string | null) => void

const made = z.object({ id: z.number() })
const any = z.unknown()

/** Carries out the changes of some kinds, in their order. Throws `Refused` with the thing that was refused. */
export async function carryOut(
  api: Api,
  those: readonly Kind[],
  changes: readonly Change[],
  live: Live,
  words: Words,
  told: Told,
): Promise<void> {
  const numbers: Numbers = new Map([...live].map(([kind, found]) => [kind, numbersOf(found)]))
  const waiting: { kind: Kind; change: Change; fields: readonly string[] }[] = []
  const read = (kind: Kind, change: Change, fields: readonly string[]) =>
    withNumbers(kind, pick(change.thing, fields), numbers)
  const fieldsOf = ({ does, thing, fields }: Change) => (does === 'add' ? Object.keys(thing) : fields)
  // What lies in another of its kind, or is made of it, comes after that.
  const isLater = (kind: Kind, change: Change) =>
    change.does === 'order'
      ? keysOf(change).some((key) => numbers.get(kind.kind)?.has(key) !== true)
      : change.does === 'add' &&
        read(kind, change, fieldsOf(change)).nameless.some((each) => each.kind === kind.kind)
  const work = async (kind: Kind, change: Change, fields: readonly string[]) => {
    const { body, nameless } = read(kind, change, fields)
    const later = [...new Set(nameless.map(({ field }) => field))]
    if (later.length > 0) waiting.push({ kind, change, fields: later })
    return named(change, () => doOne(api, { kind, change, body, numbers, live, words }))
  }
  for (const kind of those) {
    let left = changes.filter((each) => each.kind === kind.kind)
    while (left.length > 0) {
      const later: Change[] = []
      for (const change of left)
        if (isLater(kind, change)) later.push(change)
        else told(change, await work(kind, change, fieldsOf(change)))
      // Where each waits for another, what can be of them is made.
      if (later.length === left.length)
        for (const change of later.splice(0)) told(change, await work(kind, change, fieldsOf(change)))
      left = later
    }
  }
  for (const { kind, change, fields } of waiting.splice(0))
    await work(kind, { ...change, does: 'change', fields }, fields)
  const [lost] = waiting
  if (lost !== undefined)
    throw new Refused(`${lost.change.key}: ${lost.fields.join(', ')} names what is not there.`)
}

export type Kept = { readonly change: Change; readonly why: string }

/** Puts away what goes, what names others before those, and answers what stays since it is still in use, once the others are gone. */
export async function putAway(api: Api, changes: readonly Change[], told: Told): Promise<readonly Kept[]> {
  const kept: Kept[] = []
  for (const { change, at, body } of kinds
    .toReversed()
    .flatMap((kind) => changes.flatMap((each) => goes(kind, each))))
    try {
      await named(change, () => api.send('PATCH', at, any, body))
      told(change, null)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      kept.push({ change, why: error.message })
    }
  const left = kept.map(({ change }) => change)
  return kept.length === 0 || kept.length === changes.length ? kept : putAway(api, left, told)
}

function goes({ kind, path }: Kind, change: Change) {
  if (change.kind !== kind || change.does !== 'put_away') return []
  const body = kind === 'Articles' ? { status: 'archived' } : { archived: true }
  return [{ change, at: `${path}/${change.id}`, body }]
}

async function named<T>(change: Change, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
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

/** Answers what of it could not be. */
async function doOne(api: Api, one: One): Promise<string | null> {
  const { kind, change, body, numbers } = one
  if (change.does === 'order') return order(api, one)
  const own = numbers.get(kind.kind) ?? new Map<string, number>()
  const id = change.id ?? own.get(change.key)
  const at = `${kind.path}/${id}`
  const isArticle = kind.kind === 'Articles'
  if (change.does === 'add' && id === undefined) {
    const { id: fresh, without = null } = await (ADD[kind.kind] ?? add)(api, one)
    own.set(change.key, fresh)
    numbers.set(kind.kind, own)
    return without
  }
  const isBack = change.does === 'restore'
  if (isBack && !isArticle) await api.send('PATCH', at, any, { archived: false })
  const told = isBack && isArticle ? { status: 'draft', ...body } : body
  if (Object.keys(told).length > 0) await (CHANGE[kind.kind] ?? patch)(api, { ...one, body: told }, id ?? 0)
  return null
}

type Made = { readonly id: number; readonly without?: string | null }

/** Makes it of what the API takes at first, and tells it the rest. */
async function add(api: Api, one: One): Promise<Made> {
  const { kind } = one
  const body = kind.made?.(one.body) ?? one.body
  const first = pick(body, Object.keys(kind.given.shape))
  const answer = await api.send('POST', kind.path, made, first)
  const rest = pick(
    body,
    Object.keys(body).filter((field) => !(field in first)),
  )
  if (Object.keys(rest).length > 0)
    await sinceMade(rest, () => (CHANGE[kind.kind] ?? patch)(api, { ...one, body: rest }, answer.id))
  return answer
}

/** What is refused of a thing that stands by then: nobody is to think that nothing was done. */
async function sinceMade<T>(rest: Thing, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new Refused(`It was made, without ${Object.keys(rest).join(', ')}: ${error.message}`)
  }
}

async function patch(api: Api, { kind, body }: One, id: number): Promise<void> {
  await api.send('PATCH', `${kind.path}/${id}`, any, body)
}

/** Kinds that are made in another way. */
const ADD: Readonly<Record<string, (api: Api, one: One) => Promise<Made>>> = {
  Categories: async (api, { body, numbers, change }) => {
    const names = change.key.split('/')
    const name = names.pop()
    const parentId = names.length === 0 ? null : numbers.get('Categories')?.get(names.join('/'))
    if (parentId === undefined) throw new Refused(`There is no category ${names.join('/')} to put it into.`)
    const { definition } = body
    const hasWords = definition !== undefined && definition !== ''
    const isShown = !hasWords || (await isNewDesk(api))
    const said = hasWords && isShown ? { definition, distinct: true } : {}
    const { id } = await api.send('POST', '/categories', made, { name, parentId, ...said })
    return { id, without: isShown ? null : 'its definition, which tickets are to show by now' }
  },
  // What a policy changes is answered for from the first on.
  Policies: async (api, { body, words }) => api.send('POST', '/policies', made, { ...body, ...words }),
  // The first name that it has makes its address, which it keeps.
  Sections: async (api, { body }) => {
    const { slug, names, ...rest } = body
    const [language = ''] = Object.keys(names as object)
    const said = { ...rest, names: { [language]: slug } }
    const answer = await api.send('POST', '/sections', made.extend({ slug: z.string() }), said)
    if (answer.slug !== slug) throw new Refused(`It was made, and its address became ${answer.slug}.`)
    await sinceMade({ names }, () => api.send('PATCH', `/sections/${answer.id}`, any, { names }))
    return answer
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

/** The API asks for tickets that show what a category is for, once a desk has as many. */
const MOST_OF_NEW_DESK = 30
async function isNewDesk(api: Api): Promise<boolean> {
  const { items } = await api.get('/tickets', ticketPage, { limit: MOST_OF_NEW_DESK })
  return items.length < MOST_OF_NEW_DESK
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
  // A draft that is told a title without an address takes one of that title: it would be another thing to the same files.
  Articles: async (api, one, id) =>
    patch(api, { ...one, body: { ...pick(one.change.thing, ['slug']), ...one.body } }, id),
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
  const here = live.get(kind.kind)?.find(({ id }) => id === change.id)
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

/** Each in its place, one after the other. */
async function order(api: Api, { kind, change, numbers }: One): Promise<null> {
  const { field, first } = kind.order ?? { field: 'position', first: 1 }
  for (const [at, key] of keysOf(change).entries())
    await api.send('PATCH', `${kind.path}/${numbers.get(kind.kind)?.get(key)}`, any, { [field]: at + first })
  return null
}

const keysOf = ({ thing }: Change) => thing['keys'] as readonly string[]

// A desk as programs call it: every route of its API with types, lists as iterators, patience where it asks for it, and its live feed.
import createClient, { type Client } from 'openapi-fetch'
import type { components, paths } from './api.ts'
import { changesOf, type Change, type ChangesOptions } from './changes.ts'
import { patient } from './patient.ts'

export type { Change, ChangesOptions, components, paths }
export type Ticket = components['schemas']['Ticket']
export type Message = components['schemas']['Message']
export type Person = components['schemas']['Person']
export type Problem = components['schemas']['Problem']

export type DocketOptions = {
  /** Where the desk is, such as https://desk.example; in its own pages '' is enough. */
  readonly url: string
  readonly token: string
  /** Another way to ask than the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>
  /** How often a call is made at most, the first time included; 4 unless said. */
  readonly tries?: number
}

/** What the desk refused, with all that it said about it. */
export class DocketError extends Error {
  readonly status: number
  readonly problem: Problem | undefined

  constructor(status: number, problem: Problem | undefined) {
    super(problem?.detail ?? problem?.title ?? `The desk answered ${status}`)
    this.name = 'DocketError'
    this.status = status
    this.problem = problem
  }
}

type Listed<Item> = {
  get: {
    responses: { 200: { content: { 'application/json': { items: Item[]; nextCursor: string | null } } } }
  }
}
/** The routes that answer a list, page by page. */
export type ListPath = {
  [Path in keyof paths]: paths[Path] extends Listed<unknown> ? Path : never
}[keyof paths]
/** What is in the list of a route. */
export type ItemOf<Path extends ListPath> = paths[Path] extends Listed<infer Item> ? Item : never

type ListParams = {
  readonly path?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
}

export type Docket = Client<paths> & {
  /** Every item of a list, its pages fetched as they are needed. */
  readonly pages: <Path extends ListPath>(
    path: Path,
    params?: ListParams,
  ) => AsyncGenerator<ItemOf<Path>, void>
  /** What changes at the desk, from now or from a place on; a lost connection goes on where it ended. */
  readonly changes: (options?: ChangesOptions) => AsyncGenerator<Change, void>
}

/** A client of the desk at `url`, in the name of a token. */
export function docket({
  url,
  token,
  fetch = (request) => globalThis.fetch(request),
  tries = 4,
}: DocketOptions): Docket {
  const baseUrl = `${url.replace(/\/$/, '')}/api/v1`
  const headers = { authorization: `Bearer ${token}` }
  const client = createClient<paths>({ baseUrl, headers, fetch: patient(fetch, tries) })
  return {
    ...client,
    changes: (options = {}) => changesOf(baseUrl, headers, fetch, options),
    pages: async function* (path, params = {}) {
      let cursor: string | null = null
      do {
        const query: ListParams['query'] = { ...params.query, ...(cursor === null ? {} : { cursor }) }
        const page: ListPage<ItemOf<typeof path>> = await listPage(client, path, { ...params, query })
        yield* page.items
        cursor = page.nextCursor
      } while (cursor !== null)
    },
  }
}

type ListPage<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null }

async function listPage<Item>(
  client: Client<paths>,
  path: ListPath,
  params: ListParams,
): Promise<ListPage<Item>> {
  // The path is one of many: what their parameters have in common is that they are written the same way.
  const get = client.GET as (
    path: string,
    init: object,
  ) => Promise<{ data?: unknown; error?: unknown; response: Response }>
  const { data, error, response } = await get(path, { params })
  if (data === undefined) throw new DocketError(response.status, error as Problem | undefined)
  return data as ListPage<Item>
}

/** The answer of a call, or a DocketError where the desk refused. */
export async function answerOf<Data>(
  answer: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Exclude<Data, undefined>> {
  const { data, error, response } = await answer
  if (!response.ok) throw new DocketError(response.status, error as Problem | undefined)
  return data as Exclude<Data, undefined>
}

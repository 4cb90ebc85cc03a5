// Addresses of the API.
export type Query = Readonly<Record<string, string | number | undefined | null>>

/** The address of a path of the API, with a query that leaves out what has no value. */
export function addressOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  return `/api/v1${path}${search.size > 0 ? `?${search}` : ''}`
}

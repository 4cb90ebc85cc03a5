// What the widget keeps in the page's own storage: the visitor's token, and how far they have looked. Where storage is denied it lives
// as long as the page.

type Kept = {
  readonly token: string | null
  readonly seen: number
  readonly of: number
  /** The number that the link to an address asks for, until this moment. */
  readonly code?: { readonly number: number; readonly email: string; readonly until: number } | null
}
const nothing: Kept = { token: null, seen: 0, of: 0, code: null }

export type Keeping = {
  readonly get: () => Kept
  readonly put: (change: Partial<Kept>) => void
  /** Storage is denied: all is forgotten with the page. */
  readonly isForgetful: boolean
}

export function keeping(key: string): Keeping {
  const name = `docket-chat:${key}`
  let memory = nothing
  let isForgetful = false
  const get = (): Kept => {
    if (isForgetful) return memory
    try {
      return { ...nothing, ...(JSON.parse(localStorage.getItem(name) ?? '{}') as Partial<Kept>) }
    } catch {
      return memory
    }
  }
  try {
    localStorage.setItem(`${name}:try`, '')
    localStorage.removeItem(`${name}:try`)
  } catch {
    isForgetful = true
  }
  const put = (change: Partial<Kept>) => {
    memory = { ...get(), ...change }
    try {
      if (!isForgetful) localStorage.setItem(name, JSON.stringify(memory))
    } catch {
      // Full: what is in memory still holds for this page.
    }
  }
  return { get, put, isForgetful }
}

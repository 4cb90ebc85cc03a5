// Language tags as they come and as programs know them. Pure.

/** A tag as it is usually written, such as `pt-BR` for `pt_br`; null for what is none. */
export function localeOf(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0] ?? null
  } catch {
    return null
  }
}

/** A tag by which moments and numbers can be written, whatever was kept as one. */
export const writable = (tag: string): string => localeOf(tag) ?? 'en'

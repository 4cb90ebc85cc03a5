// Languages as other help centers name them, as they are named here. Pure.

/** `en-us` as `en`, `en-gb` as `en-GB`: a region is said where it is not the usual one; null for what is no language. */
export function languageIn(value: unknown): string | null {
  if (typeof value !== 'string') return null
  try {
    const locale = new Intl.Locale(value.replaceAll('_', '-')).minimize()
    const { language, region } = locale
    const named = region === undefined ? language : `${language}-${region}`
    return /^[a-z]{2,3}(-[A-Z0-9]{2,3})?$/.test(named) ? named : null
  } catch {
    return null
  }
}

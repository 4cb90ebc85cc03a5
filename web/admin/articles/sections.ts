// The sections of the help center as a tree, and as a list to choose from.
import { queryOptions } from '@tanstack/react-query'

import type { Section } from '../../../src/api/contract/sections.ts'
import type { Brand } from '../../../src/api/contract/forms.ts'
import type { Page } from '../../../src/api/contract/shapes.ts'
import { call } from '../../wire/call.ts'

export const sectionsQuery = queryOptions({
  queryKey: ['sections'],
  queryFn: () => call<Page<Section>>('GET', '/sections'),
})

export const brandsQuery = queryOptions({
  queryKey: ['brands', 'all'],
  queryFn: () => call<Page<Brand>>('GET', '/brands'),
})

/** A section's name in a language; else in another of its names. */
export function nameIn({ names }: Pick<Section, 'names'>, language: string): string {
  return (
    names[language] ?? names[language.split('-')[0] ?? ''] ?? names['en'] ?? Object.values(names)[0] ?? ''
  )
}

/** Sections to choose from, indented as they lie in each other; with their brand where there are several. */
export function optionsOf(
  sections: readonly Section[],
  language: string,
  brands: readonly Brand[],
): { value: string; label: string }[] {
  const isMany = new Set(sections.map(({ brand }) => brand)).size > 1
  return sections.map((section) => {
    const brand = isMany ? ` · ${brands.find(({ id }) => id === section.brand)?.name ?? ''}` : ''
    return {
      value: String(section.id),
      label: `${'\u2003'.repeat(section.level)}${nameIn(section, language)}${brand}`,
    }
  })
}

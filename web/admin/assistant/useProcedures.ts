// The version of the assistant whose procedures are shown and written: the newest, or one that was chosen.
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'

import type { assistantVersion, AssistantVersionDetail } from '../../../src/api/contract/assistant.ts'
import type { Brand } from '../../../src/api/contract/forms.ts'
import type { Macro } from '../../../src/api/contract/macros.ts'
import type { LookUp } from '../../../src/api/contract/lookups.ts'
import type { Page } from '../../../src/api/contract/shapes.ts'
import { lookUpsQuery } from '../../assistant/wire.ts'
import { call } from '../../wire/call.ts'
import { all, useCategories, useFields } from '../../wire/desk.ts'
import type { Named } from './procedure-words.ts'

type Version = z.infer<typeof assistantVersion>

/** A version whole; the newest where none is named, null while the desk has none. */
export function useVersion(chosen: number | null) {
  return useQuery({
    queryKey: ['assistant', 'version', chosen],
    queryFn: async (): Promise<{ detail: AssistantVersionDetail | null }> => {
      const newest = async () =>
        (await call<Page<Version>>('GET', '/assistant/versions', { query: { limit: 1 } })).items[0]?.version
      const version = chosen ?? (await newest())
      const path = `/assistant/versions/${version}`
      return { detail: version === undefined ? null : await call<AssistantVersionDetail>('GET', path) }
    },
  })
}

/** The procedures of the newest version: what scenarios can speak of. */
export const useProcedures = () => useVersion(null).data?.detail?.settings.procedures ?? []

/** Macros that everybody has. */
export function useSharedMacros(): readonly Macro[] {
  const { data = [] } = useQuery({ queryKey: ['macros', 'all'], queryFn: () => all<Macro>('/macros') })
  return data.filter(({ scope, archived }) => scope === 'shared' && !archived)
}

/** The desk's brands. */
export function useBrands(): readonly Brand[] {
  const { data } = useQuery({
    queryKey: ['brands', 'all'],
    queryFn: () => call<Page<Brand>>('GET', '/brands'),
  })
  return data?.items ?? []
}

/** What may be asked of other systems. */
export const useLookUps = (): readonly LookUp[] => useQuery(lookUpsQuery).data?.items ?? []

/** What things are called. */
export function useNamed(): Named {
  const [categories, fields, macros] = [useCategories(), useFields(), useSharedMacros()]
  const lookUps = useLookUps()
  return {
    category: (id) => categories.find((each) => each.id === id)?.path ?? `#${id}`,
    field: (key) => fields.find((each) => each.key === key)?.label ?? key,
    lookUp: (key) => lookUps.find((each) => each.key === key)?.name ?? key,
    macro: (id) => macros.find((each) => each.id === id)?.name ?? `#${id}`,
  }
}

// A hook as it is being written.
import type { Hook, HookMapping } from '../../../src/api/contract/hooks.ts'
import type { Brand } from '../../../src/api/contract/forms.ts'
import type { HookAgain, HookScheme } from '../../../src/channels/hook-words.ts'
import { presets } from './presets.ts'

export type Draft = {
  readonly name: string
  readonly scheme: HookScheme
  /** As the sender drew it; empty, and the desk draws it. */
  readonly secret: string
  readonly brand: number
  readonly team: number | null
  readonly category: string | null
  readonly again: HookAgain
  readonly acknowledges: boolean
  readonly mapping: HookMapping
}

export function draftOf(hook: Hook | null, brands: readonly Brand[]): Draft {
  return {
    name: hook?.name ?? '',
    scheme: hook?.scheme ?? presets.any.scheme,
    secret: '',
    brand: hook?.brand.id ?? brands[0]?.id ?? 1,
    team: hook?.team?.id ?? null,
    category: hook?.category ?? null,
    again: hook?.again ?? 'note',
    acknowledges: hook?.acknowledges ?? false,
    mapping: hook?.mapping ?? presets.any.mapping,
  }
}

/** What is sent of it: how the sender proves itself is changed apart. */
export function bodyOf({ scheme, secret, ...rest }: Draft, isNew: boolean): object {
  if (!isNew) return rest
  return { ...rest, scheme, ...(secret.trim() === '' || scheme === 'none' ? {} : { secret: secret.trim() }) }
}

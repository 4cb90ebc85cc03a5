// What the mapping as it is now makes of an event, a moment after the last stroke. Nothing is written.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

import type { HookMapping, HookTried } from '../../../src/api/contract/hooks.ts'
import { call } from '../../wire/call.ts'

/** What a mapping is tried on: an event that was recorded, or a text. */
export type Tried =
  | { readonly delivery: number }
  | { readonly body: string; readonly headers: Readonly<Record<string, string>> }

const PAUSE_MS = 400

export function useTried(hookId: number | null, mapping: HookMapping, on: Tried) {
  const asked = JSON.stringify({ mapping, ...(hookId === null ? {} : { hook: hookId }), ...on })
  const [quiet, setQuiet] = useState(asked)
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(asked), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [asked])
  return useQuery({
    queryKey: ['hook-try', quiet],
    queryFn: () => call<HookTried>('POST', '/hooks/tries', { body: JSON.parse(quiet) as object }),
    placeholderData: keepPreviousData,
    retry: false,
  })
}

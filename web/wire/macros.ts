// Macros and canned replies, what one would do to a ticket, and where the caller was mentioned.
import { queryOptions, useQuery } from '@tanstack/react-query'

import type { Macro, MacroPreview, MentionPage } from '../../src/api/contract/macros.ts'
import { call } from './call.ts'
import { client } from './client.ts'
import { all } from './desk.ts'

const macrosQuery = queryOptions({
  queryKey: ['macros'],
  queryFn: () => all<Macro>('/macros'),
})

const none: Macro[] = []
export const useMacros = (): Macro[] => useQuery(macrosQuery).data ?? none

/** Values change with the ticket: `seq` makes an old preview be read again. */
export const previewQuery = (macroId: number, ticketId: number, seq: number) =>
  queryOptions({
    queryKey: ['macros', macroId, 'preview', ticketId, seq],
    queryFn: () => call<MacroPreview>('POST', `/macros/${macroId}/preview`, { body: { ticketId } }),
    gcTime: 60_000,
  })

export const mentionsQuery = queryOptions({
  queryKey: ['mentions'],
  queryFn: () => call<MentionPage>('GET', '/mentions'),
})

export async function readMentions(): Promise<void> {
  await call('POST', '/mentions/read').catch(() => undefined)
  await client.invalidateQueries({ queryKey: ['mentions'] })
}

// Whether a ticket is about an open incident, or about what many say just now: offered as a link, which a person makes.
import type { Alike } from '#assistant/alike.ts'
import { isAlikeSaid, othersBeside } from '#assistant/alike-store.ts'
import type { AssistantConfig } from '#assistant/config.ts'
import type { Knowledge } from '#desk/assistant/knowledge.ts'
import type { Gathered } from '#desk/assistant/standing.ts'
import type { Desk } from '#desk/desk.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** What a ticket may be linked with; null where nothing is, it is an incident itself, or people have said what it is about. */
export async function alikeTo(
  desk: Desk,
  knowledge: Pick<Knowledge, 'alike'>,
  config: AssistantConfig,
  { ticket, gathered }: { readonly ticket: Ticket; readonly gathered: Gathered },
): Promise<Alike | null> {
  const { standing, incoming } = gathered
  if (config.offersLinks !== true || standing.isKilled || standing.isAutomatic || !standing.isActive)
    return null
  if (ticket.type === 'incident' || ticket.type === 'problem' || ticket.links.some(isOfIncident)) return null
  if (await isAlikeSaid(desk.database, ticket.id)) return null
  const { id, brandId } = ticket
  const others = await othersBeside(desk.database, { id, brandId, at: desk.clock.now() })
  return others.length === 0 ? null : knowledge.alike(`${incoming.subject}\n${incoming.text}`, others)
}

/** Whether a link says already what a ticket is about, too. */
export function isOfIncident({ linkType }: Ticket['links'][number]): boolean {
  return linkType === 'incident' || linkType === 'duplicates'
}

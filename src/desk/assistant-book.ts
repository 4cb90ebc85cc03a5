// The assistant as each update and each run needs it: the live configuration, who it is on tickets, and what is switched off.
import { findConfig, liveAssistant } from '#assistant/config-store.ts'
import type { AssistantConfig } from '#assistant/config.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Db } from '#store/database.ts'

export type AssistantBook = {
  /** 0 while none is live. */
  readonly version: number
  readonly config: AssistantConfig | null
  readonly personId: PersonId | null
  readonly switches: ReadonlySet<string>
}

export const noAssistant: AssistantBook = { version: 0, config: null, personId: null, switches: new Set() }

/** Versions never change: the configuration is read again only when another is live. */
export async function readAssistant(db: Db, known: AssistantBook): Promise<AssistantBook> {
  const { version, personId, switches } = await liveAssistant(db)
  if (version === null) return { ...noAssistant, personId, switches: new Set(switches) }
  const config = version === known.version ? known.config : (await findConfig(db, version))?.content
  return { version, config: config ?? null, personId, switches: new Set(switches) }
}

/** Whether the switch is off for a ticket: of the desk, its brand or its category. */
export function isSwitchedOff(
  { switches }: AssistantBook,
  { brandId, categoryId }: { readonly brandId: number; readonly categoryId: number | null },
): boolean {
  return ['desk', `brand:${brandId}`, `category:${categoryId}`].some((scope) => switches.has(scope))
}

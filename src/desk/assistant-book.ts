// The assistant as each update and each run needs it: the live configuration, who it is on tickets, and what is switched off.
import { isDeepStrictEqual } from 'node:util'
import { findConfig, liveAssistant } from '#assistant/config-store.ts'
import { afterMerges, type AssistantConfig } from '#assistant/config.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Db } from '#store/database.ts'

export type AssistantBook = {
  /** 0 while none is live. */
  readonly version: number
  readonly config: AssistantConfig | null
  readonly personId: PersonId | null
  readonly switches: ReadonlySet<string>
  /** The merges of categories that the configuration is read by. */
  readonly merged: Readonly<Record<string, number>>
}

export const noAssistant: AssistantBook = {
  version: 0,
  config: null,
  personId: null,
  switches: new Set(),
  merged: {},
}

/** Versions never change: the configuration is read again only when another is live, or categories were merged. */
export async function readAssistant(db: Db, known: AssistantBook): Promise<AssistantBook> {
  const live = await liveAssistant(db)
  const { version, personId, merged } = live
  const switches = new Set(live.switches)
  if (version === null) return { ...noAssistant, personId, switches }
  if (version === known.version && isDeepStrictEqual(merged, known.merged))
    return { ...known, personId, switches }
  const config = (await findConfig(db, version))?.content
  return {
    version,
    config: config === undefined ? null : afterMerges(config, merged),
    personId,
    switches,
    merged,
  }
}

/** Whether the switch is off for a ticket: of the desk, its brand or its category. */
export function isSwitchedOff(
  { switches }: AssistantBook,
  { brandId, categoryId }: { readonly brandId: number; readonly categoryId: number | null },
): boolean {
  return ['desk', `brand:${brandId}`, `category:${categoryId}`].some((scope) => switches.has(scope))
}

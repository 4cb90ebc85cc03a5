// What each update needs of the desk's configuration, kept in memory for a moment: it is read a thousand times more often than
// it changes. Dropped when a change is told, and after a second in any case.
import type { Directory } from '#rules/directory.ts'
import { readDirectory } from '#rules/directory-store.ts'
import { rulebookFor, type Canary } from '#rules/canary.ts'
import { findCanary } from '#rules/canary-store.ts'
import { liveVersion, readRulebook } from '#rules/rulebook-store.ts'
import { emptyRulebook, makeReady, type ReadyRulebook } from '#rules/rulebook.ts'
import { noAssistant, readAssistant, type AssistantBook } from '#desk/assistant-book.ts'
import { emptyRouting, type RoutingBook } from '#routing/book.ts'
import { queueNames, readRouting } from '#routing/queue-store.ts'
import { readBook } from '#sla/agreement-store.ts'
import { emptyBook, type SlaBook } from '#sla/book.ts'
import type { Database } from '#store/database.ts'
import { listBrands, type Brand } from '#setup/brand-store.ts'
import { listMailboxes, type Mailbox } from '#setup/mailbox-store.ts'
import { readSettings, type DeskSettings } from '#setup/settings-store.ts'
import { surveySettings, type SurveySetting } from '#setup/survey-setting-store.ts'
import type { Settings } from '#tickets/settings.ts'
import { activeTagNames, allFields, type Field } from '#setup/taxonomy-store.ts'

export type Setup = {
  readonly desk: DeskSettings
  readonly mailboxes: readonly Mailbox[]
  readonly brands: readonly Brand[]
  readonly fields: readonly Field[]
  readonly tags: ReadonlySet<string>
  /** What conditions can name. */
  readonly directory: Directory
  /** The live rules, ready to run. */
  readonly rulebook: ReadyRulebook
  /** Other rules, which judge a share of the tickets; null while there are none. */
  readonly canary: Canary | null
  /** Agreements: policies and calendars. */
  readonly sla: SlaBook
  /** Queues, skills, units of work. */
  readonly routing: RoutingBook
  /** The assistant: its live configuration, and what is switched off. */
  readonly assistant: AssistantBook
  /** What brands ask once a ticket is resolved, of those that ask. */
  readonly surveys: ReadonlyMap<number, SurveySetting>
  /** The part that decide needs. */
  readonly settings: Settings
}

export type SetupCache = { readonly now: () => Promise<Setup>; readonly forget: () => void }

/** For so long whoever writes may still go by what was before. */
export const KEPT_MS = 1_000

export function cacheSetup(database: Database): SetupCache {
  let kept: Promise<Setup> | null = null
  let timer: NodeJS.Timeout | null = null
  let known: Known = {
    rulebook: makeReady(emptyRulebook),
    canary: null,
    sla: emptyBook,
    routing: emptyRouting,
    assistant: noAssistant,
  }
  const forget = () => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    kept = null
  }
  return {
    forget,
    now: () => {
      if (kept !== null) return kept
      timer = setTimeout(forget, KEPT_MS).unref()
      kept = read(database, known)
      void kept.then((setup) => (known = setup)).catch(() => {})
      kept.catch(forget)
      return kept
    },
  }
}

/** Large things that are read again only when they have changed. */
type Known = Pick<Setup, 'rulebook' | 'canary' | 'sla' | 'routing' | 'assistant'>

async function read(database: Database, known: Known): Promise<Setup> {
  const [
    desk,
    mailboxes,
    brands,
    fields,
    tags,
    named,
    rulebook,
    canary,
    routing,
    queues,
    assistant,
    surveys,
  ] = await Promise.all([
    readSettings(database),
    listMailboxes(database),
    listBrands(database),
    allFields(database),
    activeTagNames(database),
    readDirectory(database),
    readLive(database, known.rulebook),
    readCanary(database, known.canary),
    readRouting(database, known.routing),
    queueNames(database),
    readAssistant(database, known.assistant),
    surveySettings(database),
  ])
  const directory = { ...named, queues }
  const sla = await readBook(database, known.sla, directory)
  return {
    desk,
    mailboxes,
    brands,
    fields,
    tags,
    directory,
    rulebook,
    canary,
    sla,
    routing,
    assistant,
    surveys: new Map(surveys.filter(({ isOn }) => isOn).map((each) => [each.brandId, each])),
    settings: settingsOf(desk, fields),
  }
}

/** Versions never change: the rules themselves are read again only when another version is live. */
async function readLive(database: Database, known: ReadyRulebook): Promise<ReadyRulebook> {
  const version = await liveVersion(database)
  if (version === known.version) return known
  return makeReady((await readRulebook(database, version)) ?? emptyRulebook)
}

async function readCanary(database: Database, known: Canary | null): Promise<Canary | null> {
  const found = await findCanary(database)
  if (found === null || found.version === known?.version) return found && known
  const { version, percent } = found
  return { version, percent, rulebook: makeReady((await readRulebook(database, version)) ?? emptyRulebook) }
}

/** The configuration as a ticket is judged by it. */
export function setupFor(setup: Setup, ticketId: number): Setup {
  const rulebook = rulebookFor(setup, ticketId)
  return rulebook === setup.rulebook ? setup : { ...setup, rulebook }
}

function settingsOf(desk: DeskSettings, fields: readonly Field[]): Settings {
  return {
    ...settingsThen(desk),
    requiredOnResolve: fields
      .filter(({ requiredOnResolve, archived }) => requiredOnResolve && !archived)
      .map(({ id }) => ({ fieldId: id })),
  }
}

/** What settings alone say; which fields are required stands with the fields. */
export function settingsThen(desk: DeskSettings): Omit<Settings, 'requiredOnResolve'> {
  return {
    reopenWindow: desk.reopenWindowSeconds,
    autoCloseAfter: desk.autoCloseSeconds,
    onHoldReply: desk.onHoldReply,
    reopenKeepsAssignee:
      desk.reopenKeepsAssignee === 'when_available' ? 'whenAvailable' : desk.reopenKeepsAssignee,
    childrenBlockResolve: desk.childrenBlockResolve,
    sideConversationReopens: true,
  }
}

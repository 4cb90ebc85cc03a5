// The board of now for all who watch it: reckoned once for those who see the same, a moment after something changed, and told
// only when it reads otherwise.
import type { Clock } from '#kit/clock.ts'
import type { Log } from '#kit/log.ts'
import type { Reader } from '#people/can.ts'
import { liveBoard } from '#reporting/live-store.ts'
import type { Db } from '#store/database.ts'

/** What comes together is told together; and no more often than this, however much happens. */
const SOON_MS = 150
const APART_MS = 200
/** Time passes too: what was due soon is late. */
const BY_ITSELF_MS = 15_000

type Watcher = { readonly reader: () => Reader; readonly hear: (board: string) => void; told: string }
type Where = { readonly database: Db; readonly clock: Clock; readonly log: Log }

export class LiveBoards {
  private readonly watchers = new Set<Watcher>()
  private readonly where: Where
  private soon: NodeJS.Timeout | null = null
  private lastAt = 0
  private isBusy = false
  private isStale = false
  private readonly byItself: NodeJS.Timeout

  constructor(where: Where) {
    this.where = where
    this.byItself = setInterval(() => this.changed(), BY_ITSELF_MS)
  }

  /** Tells a watcher how things stand now and whenever that changes, until the answer is called. */
  watch(reader: () => Reader, hear: (board: string) => void): () => void {
    const watcher = { reader, hear, told: '' }
    this.watchers.add(watcher)
    this.changed()
    return () => void this.watchers.delete(watcher)
  }

  /** Something changed that a board may show. */
  changed(): void {
    this.isStale = true
    if (this.watchers.size === 0 || this.soon !== null || this.isBusy) return
    const wait = Math.max(SOON_MS, this.lastAt + APART_MS - performance.now())
    this.soon = setTimeout(() => void this.tell(), wait)
  }

  stop(): void {
    clearInterval(this.byItself)
    if (this.soon !== null) clearTimeout(this.soon)
    this.watchers.clear()
  }

  private async tell(): Promise<void> {
    this.soon = null
    this.isBusy = true
    this.isStale = false
    try {
      for (const watchers of Map.groupBy(this.watchers, ({ reader }) => sightOf(reader())).values())
        await this.tellSame(watchers)
    } catch (error) {
      this.where.log.warn({ err: error }, 'The board of now could not be read')
    }
    this.lastAt = performance.now()
    this.isBusy = false
    if (this.isStale) this.changed()
  }

  private async tellSame(watchers: readonly Watcher[]): Promise<void> {
    const [first] = watchers
    if (first === undefined) return
    const { database, clock } = this.where
    const board = JSON.stringify(await liveBoard(database, clock.now(), first.reader()))
    for (const watcher of watchers) {
      if (watcher.told === board || !this.watchers.has(watcher)) continue
      watcher.told = board
      watcher.hear(board)
    }
  }
}

/** Who sees everything sees the same. */
function sightOf({ sees, agentId, teamIds, limits }: Reader): string {
  return sees === 'all' ? 'all' : JSON.stringify([agentId, teamIds.toSorted((a, b) => a - b), limits])
}

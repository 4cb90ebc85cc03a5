// For how long a ticket is before somebody: while the page has the focus, and no longer than a minute after they last did something. Pure.

/** Who does nothing for so long is elsewhere. */
export const IDLE_MS = 60_000

export class TouchCount {
  private since: number
  private activeAt: number
  private isBefore: boolean
  private ms = 0

  constructor(now: number, isBefore: boolean) {
    this.since = now
    this.activeAt = now
    this.isBefore = isBefore
  }

  /** Somebody did something: pressed, wrote, moved, scrolled. */
  acted(now: number): void {
    this.settle(now)
    this.activeAt = now
  }

  /** The page got the focus, or lost it. */
  turned(now: number, isBefore: boolean): void {
    this.settle(now)
    if (isBefore && !this.isBefore) this.activeAt = now
    this.isBefore = isBefore
  }

  /** The whole seconds that were not told yet, at most so many; they count as told. */
  take(now: number, most: number): number {
    this.settle(now)
    const seconds = Math.min(most, Math.floor(this.ms / 1_000))
    this.ms -= seconds * 1_000
    return seconds
  }

  /** Seconds that could not be told. */
  giveBack(seconds: number): void {
    this.ms += seconds * 1_000
  }

  private settle(now: number): void {
    if (this.isBefore) this.ms += Math.max(0, Math.min(now, this.activeAt + IDLE_MS) - this.since)
    this.since = now
  }
}

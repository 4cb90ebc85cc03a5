// The wall clock, injected wherever time is read, so that tests and the demo can set it.
import { instant, type Instant } from '#kit/time.ts'

export type Clock = { readonly now: () => Instant }

export const systemClock: Clock = { now: () => instant(Date.now()) }

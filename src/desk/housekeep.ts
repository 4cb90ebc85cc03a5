// What has run out is cleared away, once an hour: sessions, remembered answers, mail that was held too long, old backtests, files that
// nobody finished sending.
import { dropOldBacktests } from '#backtest/backtest-store.ts'
import { dropOldKept } from '#backtest/kept-store.ts'
import { endOldBrakes } from '#channels/brake-store.ts'
import { dropOldHookDeliveries, dropOldMatters } from '#channels/hook-store.ts'
import { expireHeld } from '#channels/quarantine-store.ts'
import { dropFullBuckets } from '#channels/sender-store.ts'
import type { Desk } from '#desk/desk.ts'
import { plus, type Instant } from '#kit/time.ts'
import { dropOldHelp } from '#knowledge/public-store.ts'
import { dropOldSearches, endSearches } from '#knowledge/search-log-store.ts'
import { dropOldVotes } from '#knowledge/vote-store.ts'
import { dropOldAnswers } from '#people/answer-store.ts'
import { dropOldPortal } from '#people/portal-store.ts'
import { dropOldChallenges } from '#people/passkey-store.ts'
import { dropOldArrivals } from '#people/saml-store.ts'
import { dropOldSessions } from '#people/session-store.ts'
import { dropOldHalves } from '#people/sign-in-store.ts'
import { dropDryTries } from '#people/sign-in-try-store.ts'
import { dropOldUsage } from '#people/token-usage-store.ts'
import { dropSilentVisitors } from '#people/visitor-store.ts'
import { dropOldMails } from '#reporting/saved-store.ts'
import type { Round } from '#store/lane.ts'

const EVERY_SECONDS = 3_600
const VISIT_SECONDS = 30 * 86_400
const BACKTEST_SECONDS = 90 * 86_400
const USAGE_SECONDS = 30 * 86_400
/** Longer than any assertion is taken. */
const ARRIVAL_SECONDS = 86_400
const SEARCH_SECONDS = 90 * 86_400
const VOTE_SECONDS = 365 * 86_400
/** As long as a mail that did not leave is worth another try. */
const REPORT_MAIL_SECONDS = 30 * 86_400
/** Longer than any sender tries again. */
const HOOK_SECONDS = 30 * 86_400
/** Whoever speaks of a matter so late begins a new one. */
const MATTER_SECONDS = 90 * 86_400

/** The round of the housekeeping lane, which has something to do once an hour. */
export function housekeeping(desk: Desk): () => Promise<Round> {
  let nextAt = desk.clock.now()
  return async () => {
    const at = desk.clock.now()
    if (at < nextAt) return nextAt
    for (const step of stepsOf(desk, at))
      // What cannot be cleared away now is tried again in an hour, and keeps nothing else from being cleared.
      await step().catch((error: unknown) =>
        desk.log.error({ err: error }, 'Something old could not be cleared away'),
      )
    nextAt = plus(at, EVERY_SECONDS)
    return nextAt
  }
}

function stepsOf(desk: Desk, at: Instant): readonly (() => Promise<unknown>)[] {
  const { database } = desk
  return [
    () => dropOldSessions(database, at),
    () => dropOldHalves(database, at),
    () => dropOldChallenges(database, at),
    () => dropOldArrivals(database, plus(at, -ARRIVAL_SECONDS), at),
    () => dropOldPortal(database, at),
    () => dropOldAnswers(database, at),
    () => dropOldUsage(database, plus(at, -USAGE_SECONDS)),
    () => dropDryTries(database, at),
    () => dropSilentVisitors(database, plus(at, -VISIT_SECONDS)),
    () => endOldBrakes(database, at),
    () => expireHeld(database, at),
    () => dropFullBuckets(database, plus(at, -EVERY_SECONDS)),
    () => endSearches(database, at),
    () => dropOldHelp(database, plus(at, -SEARCH_SECONDS)),
    () => dropOldSearches(database, plus(at, -SEARCH_SECONDS)),
    () => dropOldVotes(database, plus(at, -VOTE_SECONDS)),
    () => desk.blobs.tidy(Date.parse(at)),
    () => dropOldBacktests(database, plus(at, -BACKTEST_SECONDS)),
    () => dropOldKept(database),
    () => dropOldHookDeliveries(database, plus(at, -HOOK_SECONDS)),
    () => dropOldMatters(database, plus(at, -MATTER_SECONDS)),
    () => dropOldMails(database, plus(at, -REPORT_MAIL_SECONDS)),
  ]
}

// What has run out is cleared away, once an hour: sessions, remembered answers, mail that was held too long, old backtests, files that
// nobody finished sending.
import { dropOldBacktests } from '#backtest/backtest-store.ts'
import { endOldBrakes } from '#channels/brake-store.ts'
import { expireHeld } from '#channels/quarantine-store.ts'
import { dropFullBuckets } from '#channels/sender-store.ts'
import type { Desk } from '#desk/desk.ts'
import { plus } from '#kit/time.ts'
import { dropOldAnswers } from '#people/answer-store.ts'
import { dropOldPortal } from '#people/portal-store.ts'
import { dropOldChallenges } from '#people/passkey-store.ts'
import { dropOldSessions } from '#people/session-store.ts'
import { dropOldHalves } from '#people/sign-in-store.ts'
import { dropDryTries } from '#people/sign-in-try-store.ts'
import { dropSilentVisitors } from '#people/visitor-store.ts'
import type { Round } from '#store/lane.ts'

const EVERY_SECONDS = 3_600
const VISIT_SECONDS = 30 * 86_400
const BACKTEST_SECONDS = 90 * 86_400

/** The round of the housekeeping lane, which has something to do once an hour. */
export function housekeeping(desk: Desk): () => Promise<Round> {
  let nextAt = desk.clock.now()
  return async () => {
    const at = desk.clock.now()
    if (at < nextAt) return nextAt
    await dropOldSessions(desk.database, at)
    await dropOldHalves(desk.database, at)
    await dropOldChallenges(desk.database, at)
    await dropOldPortal(desk.database, at)
    await dropOldAnswers(desk.database, at)
    await dropDryTries(desk.database, at)
    await dropSilentVisitors(desk.database, plus(at, -VISIT_SECONDS))
    await endOldBrakes(desk.database, at)
    await expireHeld(desk.database, at)
    await dropFullBuckets(desk.database, plus(at, -EVERY_SECONDS))
    await desk.blobs.tidy(Date.parse(at))
    await dropOldBacktests(desk.database, plus(at, -BACKTEST_SECONDS))
    nextAt = plus(at, EVERY_SECONDS)
    return nextAt
  }
}

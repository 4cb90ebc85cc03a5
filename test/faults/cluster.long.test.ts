// A real cluster under a desk of four processes: its primary is killed, cut off, and the desk's own processes are replaced, all under
// load. It takes minutes, and asks for DOCKET_TEST_LONG=1; what it showed is kept by the short tests in database-restart.long.test.ts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startCluster, withoutCluster } from '../support/cluster.ts'
import { count, load, startClusterDesk, type Load } from '../support/cluster-desk.ts'
import { until } from '../support/desk.ts'
import { atEnd, temporaryFolder } from '../support/ends.ts'

const KILLS = Number(process.env['DOCKET_TEST_KILLS'] ?? 20)
const skip =
  process.env['DOCKET_TEST_LONG'] === undefined
    ? 'each failover takes half a minute: DOCKET_TEST_LONG=1 runs them'
    : withoutCluster()

test(
  `the primary of a cluster is killed ${KILLS} times under load: it is written again within 30 s, nothing is lost, nothing happens twice`,
  { skip, timeout: 1_800_000 },
  async (t) => {
    const cluster = await startCluster()
    atEnd(t, cluster.close)
    const desk = await startClusterDesk(cluster.url, () => temporaryFolder(t))
    atEnd(t, desk.close)
    const busy = load(desk, 8, 500)
    await until(async () => busy.acknowledged.tickets.size > 8)
    for (let n = 1; n <= KILLS; n++) {
      const name = await until(cluster.primary)
      const killedAt = performance.now()
      cluster.kill(name)
      const seconds = await untilWritten(busy, killedAt)
      const { tickets, mails, replies } = busy.acknowledged
      t.diagnostic(
        `kill ${n}: ${seconds.toFixed(1)} s; ${tickets.size} tickets, ${mails.size} mails, ${replies.size} replies`,
      )
      assert.ok(seconds <= 30, `it took ${seconds} s`)
      cluster.revive(name)
      await until(cluster.isWhole, 90_000)
    }
    await busy.stop()
    const found = await count(desk, busy, cluster.url)
    t.diagnostic(JSON.stringify(found))
    const words = Map.groupBy(busy.refused, (each) => each)
    for (const [said, times] of words) t.diagnostic(`${times.length} × ${said}`)
    assert.deepEqual(none(found.lost), {})
    assert.deepEqual(none(found.doubled), {})
  },
)

/** Seconds until each door has said yes to something that was asked after a moment. */
async function untilWritten({ yeses }: Load, since: number): Promise<number> {
  const doors = ['serve 0', 'serve 1', 'work 0', 'work 1']
  const firsts = await until(async () => {
    const found = doors.map((door) =>
      yeses.find(({ askedAt, from }) => askedAt > since + 50 && from === door),
    )
    return found.every((each) => each !== undefined) && found
  }, 90_000)
  return (Math.max(...firsts.map(({ at }) => at)) - since) / 1_000
}

const none = (counts: Record<string, number>) =>
  Object.fromEntries(Object.entries(counts).filter(([, n]) => n !== 0))

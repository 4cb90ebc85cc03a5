// A real cluster under a desk of four processes: its primary is killed, cut off, and the desk's own processes are replaced, all under
// load. It takes minutes, and asks for DOCKET_TEST_LONG=1; what it showed is kept by the short tests in database-restart.long.test.ts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { startCluster, startFront, withoutCluster } from '../support/cluster.ts'
import { count, load, startClusterDesk, type Load, type Part } from '../support/cluster-desk.ts'
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
    await t.test('the primary is cut off from all others, and comes back', async (t) => {
      const name = await until(cluster.primary)
      const cutAt = performance.now()
      cluster.cut(name)
      t.diagnostic(`${(await untilWritten(busy, cutAt)).toFixed(1)} s`)
      cluster.heal(name)
      await until(cluster.isWhole, 120_000)
    })
    await t.test('each process is replaced behind a proxy, and nobody is refused', async (t) => {
      const ports = (parts: readonly Part[]) => parts.map(({ port }) => port)
      const behind = { serves: ports(desk.serves), works: ports(desk.works) }
      const front = await startFront(temporaryFolder(t), behind)
      atEnd(t, front.close)
      atEnd(t, () => void (desk.doors = behind))
      desk.doors = { serves: [front.http, front.http], works: [front.smtp, front.smtp] }
      await pause(3_000)
      const [refused, yeses] = [busy.refused.length, busy.yeses.length]
      for (const [what, parts] of [
        ['serve', desk.serves],
        ['work', desk.works],
      ] as const)
        for (const part of parts) {
          assert.equal(await part.stop(), 0)
          await desk.start(what, part.port)
          await pause(1_000)
        }
      t.diagnostic(`${busy.yeses.length - yeses} answered`)
      assert.deepEqual(busy.refused.slice(refused), [])
    })
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

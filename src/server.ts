// Docket, put together: opens the store, starts the parts that were asked for, and stops them in order.
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { sameAsker } from '#api/http/guard.ts'
import { buildServer } from '#api/server.ts'
import { createDns, type Dns } from '#channels/dns.ts'
import { createEgress } from '#channels/egress.ts'
import { createRush, type Rush } from '#channels/rush.ts'
import { startSmtpIn } from '#channels/smtp-in.ts'
import { startTelemetry } from '#channels/telemetry.ts'
import type { Config } from '#config.ts'
import { anchorAudit } from '#desk/audit-anchors.ts'
import { backupLane } from '#desk/backups.ts'
import { workOnBulk } from '#desk/bulk.ts'
import { forgetFiles, importLane } from '#imports/lane.ts'
import type { Desk } from '#desk/desk.ts'
import { startFetching } from '#desk/inbound/fetch.ts'
import { compareDirectories } from '#desk/directory.ts'
import { housekeeping } from '#desk/housekeep.ts'
import { assistantLane } from '#desk/assistant/lane.ts'
import { watchLadder } from '#desk/assistant/ladder.ts'
import { simulateNext } from '#desk/assistant/simulation-lane.ts'
import { backtestNext } from '#desk/past/backtest-lane.ts'
import { eraseNext } from '#desk/privacy/erase.ts'
import { retainNext } from '#desk/privacy/retain.ts'
import { dropUnusedFiles } from '#desk/privacy/unused-files.ts'
import { prepareDesk } from '#desk/prepare.ts'
import { reactToUpdates } from '#desk/react.ts'
import { recomputeNext } from '#desk/sla/recompute.ts'
import { fillNext } from '#desk/reports/fill.ts'
import { noteStalls } from '#desk/reports/stuck.ts'
import { reviewRules } from '#desk/outbound/rule-reviews.ts'
import { acceptLargeMail, acceptMail, mailReader, SMALL_BYTES } from '#desk/inbound/receive.ts'
import { cacheSetup } from '#desk/setup-cache.ts'
import { createRelays } from '#desk/outbound/relays.ts'
import { routingLane } from '#desk/routing/lane.ts'
import { fireRuleTimers } from '#desk/rules/timers.ts'
import { scanForTimers } from '#desk/rules/scan-timers.ts'
import { letIn } from '#desk/portal/let-in.ts'
import { mailNextReport } from '#desk/outbound/report-mails.ts'
import { sendDue } from '#desk/outbound/send.ts'
import { fireTimers } from '#desk/wake.ts'
import { deliverWebhooks } from '#desk/outbound/webhooks.ts'
import { watchChats } from '#desk/chat/watch.ts'
import { watchMailboxes } from '#desk/inbound/watch-mailboxes.ts'
import { systemClock, type Clock } from '#kit/clock.ts'
import type { Log } from '#kit/log.ts'
import { createParser } from '#mail/parser.ts'
import { formPages } from '#pages/forms.ts'
import { helpPages } from '#pages/help/help.ts'
import { portalPages } from '#pages/portal/portal.ts'
import { widgetPreview } from '#pages/widget-preview.ts'
import { programEndpoint } from '#programs/endpoint.ts'
import { sampleRoutes } from './samples.ts'
import { createIds } from '#store/blocks.ts'
import { startLane, type Lane, type Round } from '#store/lane.ts'
import { listen, passing, readNotice, type LaneName, type Listener, type Notice } from '#store/listen.ts'
import { openStore } from '#store/open.ts'
import { createSeal } from '#store/seal.ts'
import { sharedClock } from '#store/shared-clock-store.ts'

export type Running = {
  /** Where the app is, when it is served. */
  readonly url: string | null
  readonly smtpPort: number | null
  /** The link that creates the first administrator, while there is none. */
  readonly setupUrl: string | null
  readonly desk: Desk
  /** Resolves when the embedded PostgreSQL ended and another Docket has its folder. */
  readonly died: Promise<void>
  readonly stop: () => Promise<void>
}

/** Starts web, work, or both. Throws with a cure when a part cannot start; what had started is stopped again. */
export async function runDocket(
  config: Config,
  root: string,
  log: Log,
  parts: { web: boolean; work: boolean },
  given: Clock | null = null,
  dns: Dns = createDns(),
): Promise<Running> {
  const stops: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const each of stops.splice(0).toReversed()) await each()
  }
  try {
    if (config.telemetry !== null) stops.push(await startTelemetry(config.telemetry, log))
    const store = await openStore(config, root, log)
    stops.push(store.close)
    const { database, aside, replica, blobs, secret } = store
    const setup = cacheSetup(aside)
    const shared = given === null && config.databaseUrl !== null ? await sharedClock(aside, log) : null
    if (shared !== null) stops.push(shared.stop)
    const clock = given ?? shared ?? systemClock
    const egress = createEgress(config.allowHosts)
    stops.push(egress.close)
    const seal = createSeal(secret, config.oldSecrets)
    const base = {
      database,
      replica,
      blobs,
      secret,
      seal,
      egress,
      dns,
      clock,
      log,
      setup,
      ids: createIds(aside),
    }
    const desk: Desk = {
      ...base,
      baseUrl: config.baseUrl,
      canSend: config.smtpUrl !== null,
      storage: config,
    }
    const { setupUrl } = await prepareDesk(desk, config)
    const listener = await listen(database, log)
    stops.push(listener.close)
    const forgetOld = (notice: Notice) => {
      if ('reconnected' in notice || ('changed' in notice && !passing.has(notice.changed))) setup.forget()
    }
    listener.on(forgetOld)
    database.onTold((payload) => {
      const notice = readNotice(payload)
      if (notice !== null) forgetOld(notice)
    })
    const rush = createRush()
    if (parts.work) stops.push(startLanes(desk, config, root, listener, rush))
    const smtp = parts.work && config.smtpPort > 0 ? await startMail(desk, config, rush) : null
    if (smtp !== null) stops.push(smtp.close)
    const url = parts.web ? await startWeb(desk, config, root, listener, stops) : null
    return { url, smtpPort: smtp?.port ?? null, setupUrl, desk, died: store.died, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startWeb(
  desk: Desk,
  config: Config,
  root: string,
  listener: Listener,
  stops: (() => Promise<unknown>)[],
) {
  const programs = (app: FastifyInstance) => programEndpoint(app, desk, sameAsker)
  const pages = [formPages, helpPages, portalPages, widgetPreview, programs, sampleRoutes]
  const { app, close } = await buildServer(desk, root, listener, pages, config.trustedProxies)
  stops.push(close)
  await app.listen({ host: config.host, port: config.port })
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  return config.port === 0 ? `http://${config.host}:${port}` : config.baseUrl
}

async function startMail(desk: Desk, config: Config, rush: Rush) {
  return startSmtpIn({
    host: config.host,
    port: config.smtpPort,
    maxBytes: 50_000_000,
    log: (message, details) => desk.log.warn(details, message),
    store: async (bytes, envelope) => {
      rush.note()
      await acceptMail(desk, desk.database, { bytes, envelope, source: 'smtp' })
    },
    large: {
      above: SMALL_BYTES,
      spool: desk.blobs.receive,
      store: async (draft, envelope, judge) => {
        await acceptLargeMail(desk, draft, { envelope, source: 'smtp' }, judge)
      },
    },
  })
}

/** While one group of mails waits for DNS or the disk, another is read. */
const MAIL_READERS = 2

/** Several readers of mail; one each of the rest. Returns what stops them all. */
function startLanes(
  desk: Desk,
  config: Config,
  root: string,
  listener: Listener,
  rush: Rush,
): () => Promise<void> {
  const { clock, log } = desk
  const parser = createParser()
  const relays = createRelays(desk, config.smtpUrl)
  const fetching = startFetching(desk)
  const assistant = assistantLane(desk)
  const lanes: { name: LaneName; lane: Lane }[] = []
  const lane = (name: LaneName, round: () => Promise<Round>, restMs = 0) =>
    lanes.push({ name, lane: startLane({ name, round, clock, log, restMs }) })
  for (let reader = 0; reader < MAIL_READERS; reader++)
    lane('inbound', mailReader(desk, parser, rush, { isForLarge: reader === 0 }))
  lane('reactions', () => reactToUpdates(desk), 500)
  lane('timers', () => fireTimers(desk))
  lane('timers', () => fireRuleTimers(desk))
  lane('timers', () => scanForTimers(desk))
  lane('webhooks', () => deliverWebhooks(desk))
  lane('recompute', () => recomputeNext(desk))
  lane('reports', () => fillNext(desk))
  lane('reports', () => mailNextReport(desk))
  lane('reports', reviewRules(desk))
  lane('reports', noteStalls(desk))
  lane('routing', routingLane(desk), 100)
  lane('chats', () => watchChats(desk))
  lane('assistant', assistant.recallNext)
  lane('assistant', assistant.answerNext, 100)
  lane('assistant', assistant.learnNext)
  lane('assistant', () => simulateNext(desk))
  lane('assistant', watchLadder(desk))
  lane('housekeeping', housekeeping(desk))
  const anchorage = { dataDir: config.dataDir, secrets: [desk.secret, ...config.oldSecrets] }
  lane('housekeeping', () => eraseNext(desk))
  lane('housekeeping', dropUnusedFiles(desk))
  lane('housekeeping', () => retainNext(desk))
  lane('housekeeping', () => compareDirectories(desk))
  lane('housekeeping', anchorAudit(desk, anchorage))
  lane('housekeeping', () => watchMailboxes(desk))
  lane('housekeeping', () => forgetFiles(desk))
  lane('outbox', () => sendDue(desk, relays), 100)
  lane('outbox', () => letIn(desk), 100)
  lane('bulk', () => workOnBulk(desk))
  lane('backtests', backtestNext(desk))
  const backups = backupLane(desk, join(root, 'migrations'))
  lane('backups', backups.round)
  const imports = importLane(desk)
  lane('imports', imports.round)
  const unhear = listener.on((notice) => {
    if ('changed' in notice && notice.changed === 'mailboxes') fetching.look()
    const names = lanesOf(notice)
    for (const each of lanes) if (names === null || names.includes(each.name)) each.lane.wake()
  })
  return async () => {
    unhear()
    imports.stop()
    backups.stop()
    assistant.stop()
    await fetching.stop()
    await Promise.all(lanes.map((each) => each.lane.stop()))
    await Promise.all([parser.close(), assistant.close()])
    relays.close()
  }
}

/** Whom a notice wakes; null for all. */
function lanesOf(notice: Notice): readonly LaneName[] | null {
  if ('lane' in notice) return [notice.lane]
  if ('lanes' in notice) return notice.lanes
  return 'reconnected' in notice ? null : []
}

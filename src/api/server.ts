// The HTTP door: plugins, headers, the guard, every resource, the app's files, and the pages that machines ask for.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { touchRoutes } from '#api/tickets/touch.ts'
import { besideRoutes } from '#api/tickets/beside.ts'
import { boundOrigins, preflightRoutes } from '#api/chat/origin.ts'
import { besideChatRoutes } from '#api/chat/beside.ts'
import { chatFileRoutes } from '#api/chat/files.ts'
import { chatStreamRoutes } from '#api/chat/stream.ts'
import { ticketChatRoutes } from '#api/chat/ticket-chat.ts'
import { visitRoutes } from '#api/chat/visits.ts'
import { widgetRoutes } from '#api/chat/widgets.ts'
import { bulkRoutes } from '#api/tickets/bulk.ts'
import { articleRoutes } from '#api/knowledge/articles.ts'
import { gapRoutes } from '#api/knowledge/gaps.ts'
import { sectionRoutes } from '#api/knowledge/sections.ts'
import { attachmentRoutes } from '#api/tickets/attachments.ts'
import { networkOf } from '#api/people/sign-in-budget.ts'
import { agentRoutes } from '#api/people/agents.ts'
import { brandRoutes } from '#api/setup/brands.ts'
import { calendarRoutes } from '#api/sla/calendars.ts'
import { clockRoutes } from '#api/sla/clocks.ts'
import { queueRoutes } from '#api/routing/queues.ts'
import { routingConflictRoutes } from '#api/routing/conflicts.ts'
import { handoverRoutes } from '#api/routing/handover.ts'
import { routingMapRoutes } from '#api/routing/map.ts'
import { nowReportRoutes } from '#api/reports/now.ts'
import { reviewsRoutes } from '#api/reports/reviews.ts'
import { staffedRoutes } from '#api/reports/staffed.ts'
import { surveyBiasRoutes } from '#api/reports/survey-bias.ts'
import { reportExportRoutes } from '#api/reports/export.ts'
import { reportRoutes } from '#api/reports/reports.ts'
import { savedReportRoutes } from '#api/reports/saved.ts'
import { routingReportRoutes } from '#api/routing/report.ts'
import { routingRoutes } from '#api/routing/routing.ts'
import { skillRoutes } from '#api/routing/skills.ts'
import { policyRoutes } from '#api/sla/policies.ts'
import { auditRoutes, settingsRoutes, settingsVersionRoutes, tokenRoutes } from '#api/setup/desk.ts'
import { boundBodies } from '#api/http/bodies.ts'
import { dropUntaken } from '#api/http/raw-body.ts'
import { gentleClosing } from '#api/http/closing.ts'
import { documentation } from '#api/http/documentation.ts'
import { draftRoutes } from '#api/tickets/drafts.ts'
import { recipientRoutes } from '#api/tickets/recipients.ts'
import { eventRoutes } from '#api/tickets/events.ts'
import { goesFirst } from '#api/http/goes-first.ts'
import { guard } from '#api/http/guard.ts'
import { inboundSourceRoutes } from '#api/mail/inbound-sources.ts'
import { formRoutes } from '#api/setup/forms.ts'
import { inboundRoutes } from '#api/mail/inbound.ts'
import { mailboxOauthRoutes } from '#api/mail/mailbox-oauth.ts'
import { mailboxRoutes } from '#api/mail/mailboxes.ts'
import { listCsvRoute } from '#api/tickets/list-csv.ts'
import { logFeedRoute } from '#api/tickets/log-feed.ts'
import { listRoutes } from '#api/tickets/lists.ts'
import { mailSafetyRoutes } from '#api/mail/safety.ts'
import { mailTemplateRoutes } from '#api/mail/templates.ts'
import { mailRoutes } from '#api/mail/mails.ts'
import { macroRoutes } from '#api/rules/macros.ts'
import { alertRoutes } from '#api/mail/alerts.ts'
import { imageSenderRoutes } from '#api/tickets/image-senders.ts'
import { sideDraftRoutes } from '#api/tickets/side-drafts.ts'
import { mentionRoutes } from '#api/tickets/mentions.ts'
import { messageRoutes } from '#api/tickets/messages.ts'
import { remoteImageRoutes } from '#api/tickets/remote-images.ts'
import { sideConversationRoutes } from '#api/tickets/side-conversations.ts'
import { outboxRoutes } from '#api/mail/outbox.ts'
import { addressRoutes } from '#api/people/addresses.ts'
import { joinRoutes } from '#api/people/joins.ts'
import { peopleRoutes } from '#api/people/people.ts'
import { portalAccessRoutes } from '#api/people/portal-access.ts'
import { PATIENCE } from '#api/http/pace.ts'
import { Declined, problem, problemOf } from '#api/http/problem.ts'
import { probeRoutes } from '#api/http/probes.ts'
import { quarantineRoutes } from '#api/mail/quarantine.ts'
import { backtestExportRoutes } from '#api/rules/backtest-export.ts'
import { canaryRoutes } from '#api/rules/canary.ts'
import { firstDaysRoutes } from '#api/rules/first-days.ts'
import { undoFiringsRoutes } from '#api/rules/undo-firings.ts'
import { whatIfRoutes } from '#api/rules/what-if.ts'
import { backtestRoutes } from '#api/rules/backtests.ts'
import { importRoutes } from '#api/imports/imports.ts'
import { rulebookRoutes } from '#api/rules/rulebook.ts'
import { rulePreviewRoutes } from '#api/rules/preview.ts'
import { ruleRoutes } from '#api/rules/rules.ts'
import { assistantRoutes } from '#api/assistant/assistant.ts'
import { proposalRoutes } from '#api/assistant/proposals.ts'
import { rewordingRoutes } from '#api/assistant/rewording.ts'
import { summaryRoutes } from '#api/assistant/summary.ts'
import { lookUpRoutes } from '#api/assistant/look-ups.ts'
import { modelRoutes } from '#api/assistant/models.ts'
import { assistantRunRoutes } from '#api/assistant/runs.ts'
import { ladderRoutes } from '#api/assistant/ladder.ts'
import { reviewRoutes } from '#api/assistant/review.ts'
import { scenarioRoutes } from '#api/assistant/scenarios.ts'
import { simulationRoutes } from '#api/assistant/simulations.ts'
import { factorRoutes } from '#api/people/factors.ts'
import { proofRoutes } from '#api/people/proofs.ts'
import { passwordLinkRoutes } from '#api/people/password-link.ts'
import { sessionRoutes } from '#api/people/session.ts'
import { accountSessionRoutes } from '#api/people/sessions.ts'
import { signInRoutes } from '#api/people/sign-in.ts'
import { groupAccessRoutes, identityRoutes, providerRoutes } from '#api/people/providers.ts'
import { providerSignInRoutes } from '#api/people/provider-sign-in.ts'
import { samlSignInRoutes } from '#api/people/saml-sign-in.ts'
import { roleRoutes } from '#api/people/roles.ts'
import { scimRoutes } from '#api/people/scim.ts'
import { signInPolicyRoutes } from '#api/people/sign-in-policy.ts'
import { streamRoutes } from '#api/tickets/stream.ts'
import { ticketSurveyRoutes } from '#api/tickets/surveys.ts'
import { surveyRoutes } from '#api/setup/surveys.ts'
import { erasureRoutes } from '#api/privacy/erasures.ts'
import { backupRoutes } from '#api/setup/backups.ts'
import { retentionRoutes } from '#api/privacy/retention.ts'
import { personDataRoutes } from '#api/privacy/data.ts'
import { holdRoutes } from '#api/privacy/holds.ts'
import { mergeNameRoutes } from '#api/setup/merge-names.ts'
import { categoryRoutes, fieldRoutes, tagRoutes } from '#api/setup/taxonomy.ts'
import { teamRoutes } from '#api/people/teams.ts'
import { articleFileRoutes } from '#api/knowledge/article-files.ts'
import { ticketArticleRoutes } from '#api/knowledge/ticket-articles.ts'
import { ticketActionRoutes } from '#api/tickets/actions.ts'
import { ticketRoutes } from '#api/tickets/tickets.ts'
import { hookDoor } from '#api/rules/hook-door.ts'
import { hookRoutes } from '#api/rules/hooks.ts'
import { webhookRoutes } from '#api/rules/webhooks.ts'
import { viewRoutes } from '#api/rules/views.ts'
import type { Desk } from '#desk/desk.ts'
import type { Listener } from '#store/listen.ts'

/** Builds the server; `root` is the project's folder, whose web/dist is served when it is built. */
export async function buildServer(
  desk: Desk,
  root: string,
  listener: Listener,
  pages: readonly ((app: FastifyInstance, desk: Desk) => Promise<void>)[],
  trustedProxies: readonly string[],
): Promise<{ app: FastifyInstance; close: () => Promise<void> }> {
  const app = Fastify({
    logger: false,
    // Whose word about the client's address counts; nobody's unless an operator names them.
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    routerOptions: { ignoreTrailingSlash: true },
    // A proxy asks on its connections until it has noticed: it is answered, and told that they end.
    return503OnClosing: false,
    requestTimeout: PATIENCE.requestTimeout,
    connectionTimeout: PATIENCE.connectionTimeout,
    http: {
      headersTimeout: PATIENCE.headersTimeout,
      connectionsCheckingInterval: PATIENCE.checkedEvery,
    },
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  const closing = gentleClosing(app)
  goesFirst(app)
  emptyIsNoBody(app)
  failures(app, desk)
  await app.register(helmet, headers(desk))
  await app.register(cookie)
  await app.register(multipart, { limits: { fileSize: 25_000_000, files: 1, fields: 5, parts: 6 } })
  await app.register(rateLimit, { global: false, keyGenerator: ({ ip }) => networkOf(ip) })
  await documentation(app)
  boundOrigins(app, desk)
  dropUntaken(app)
  guard(app, desk)
  boundBodies(app)
  for (const routes of resources) routes(app, desk)
  streamRoutes(app, desk, listener)
  chatStreamRoutes(app, desk, listener)
  chatFileRoutes(app, desk)
  widgetRoutes(app, desk, root)
  probeRoutes(app, desk, root, closing.isClosing)
  for (const page of pages) await page(app, desk)
  await webApp(app, join(root, 'web', 'dist'))
  return { app, close: closing.close }
}

const resources = [
  listCsvRoute,
  logFeedRoute,
  listRoutes,
  reportRoutes,
  reportExportRoutes,
  nowReportRoutes,
  staffedRoutes,
  reviewsRoutes,
  touchRoutes,
  surveyBiasRoutes,
  savedReportRoutes,
  mergeNameRoutes,
  erasureRoutes,
  retentionRoutes,
  backupRoutes,
  personDataRoutes,
  holdRoutes,
  bulkRoutes,
  viewRoutes,
  besideRoutes,
  macroRoutes,
  articleRoutes,
  articleFileRoutes,
  sectionRoutes,
  gapRoutes,
  ticketArticleRoutes,
  assistantRoutes,
  assistantRunRoutes,
  proposalRoutes,
  lookUpRoutes,
  modelRoutes,
  rewordingRoutes,
  summaryRoutes,
  ladderRoutes,
  reviewRoutes,
  scenarioRoutes,
  simulationRoutes,
  mentionRoutes,
  imageSenderRoutes,
  sideDraftRoutes,
  alertRoutes,
  ticketRoutes,
  ticketActionRoutes,
  messageRoutes,
  remoteImageRoutes,
  sideConversationRoutes,
  draftRoutes,
  recipientRoutes,
  eventRoutes,
  attachmentRoutes,
  inboundRoutes,
  inboundSourceRoutes,
  brandRoutes,
  surveyRoutes,
  ticketSurveyRoutes,
  formRoutes,
  mailboxRoutes,
  mailboxOauthRoutes,
  mailSafetyRoutes,
  mailTemplateRoutes,
  mailRoutes,
  outboxRoutes,
  quarantineRoutes,
  sessionRoutes,
  signInRoutes,
  passwordLinkRoutes,
  proofRoutes,
  factorRoutes,
  accountSessionRoutes,
  signInPolicyRoutes,
  providerSignInRoutes,
  samlSignInRoutes,
  scimRoutes,
  providerRoutes,
  groupAccessRoutes,
  identityRoutes,
  agentRoutes,
  roleRoutes,
  teamRoutes,
  peopleRoutes,
  addressRoutes,
  joinRoutes,
  portalAccessRoutes,
  categoryRoutes,
  tagRoutes,
  fieldRoutes,
  settingsRoutes,
  settingsVersionRoutes,
  tokenRoutes,
  auditRoutes,
  ruleRoutes,
  rulePreviewRoutes,
  rulebookRoutes,
  backtestRoutes,
  importRoutes,
  backtestExportRoutes,
  whatIfRoutes,
  undoFiringsRoutes,
  canaryRoutes,
  firstDaysRoutes,
  webhookRoutes,
  hookRoutes,
  hookDoor,
  calendarRoutes,
  policyRoutes,
  clockRoutes,
  queueRoutes,
  skillRoutes,
  routingConflictRoutes,
  handoverRoutes,
  routingRoutes,
  routingReportRoutes,
  routingMapRoutes,
  preflightRoutes,
  visitRoutes,
  besideChatRoutes,
  ticketChatRoutes,
]

/** Many clients say "application/json" even where they send nothing. */
function emptyIsNoBody(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else parse(request, String(body), done)
  })
}

function failures(app: FastifyInstance, desk: Desk): void {
  app.setErrorHandler((error, request, reply) => {
    const found = problemOf(error)
    // A no for want of room is no failure, and whoever causes it by the thousand must not fill the log.
    if (found.status >= 500 && !(error instanceof Declined))
      desk.log.error(
        { err: error, method: request.method, route: request.routeOptions.url },
        'A request failed',
      )
    if (found.status === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', '2')
    return reply.status(found.status).type('application/problem+json').serializer(JSON.stringify).send(found)
  })
  app.setNotFoundHandler((request, reply) => {
    if (request.method === 'GET' && !SERVERS_OWN.test(request.url) && 'sendFile' in reply)
      return sendApp(reply)
    const found = problem('not-found', `There is nothing at ${request.url.split('?')[0]}.`)
    return reply.status(404).type('application/problem+json').serializer(JSON.stringify).send(found)
  })
}

function headers(desk: Desk) {
  const https = desk.baseUrl.startsWith('https:')
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: [`'none'`],
        scriptSrc: [`'self'`],
        styleSrc: [`'self'`],
        connectSrc: [`'self'`],
        imgSrc: [`'self'`, 'data:', 'blob:'],
        fontSrc: [`'self'`],
        frameSrc: [`'self'`],
        manifestSrc: [`'self'`],
        formAction: [`'self'`],
        baseUri: [`'none'`],
        frameAncestors: [`'none'`],
        requireTrustedTypesFor: [`'script'`],
      },
    },
    xFrameOptions: { action: 'deny' as const },
    strictTransportSecurity: https,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' as const },
  }
}

/** The agent app: its files for ever cached by name, its page for every path that is not the server's. */
async function webApp(app: FastifyInstance, dist: string): Promise<void> {
  if (!existsSync(join(dist, 'index.html'))) return
  await app.register(fastifyStatic, { root: dist, serve: false, preCompressed: true })
  const options = { config: { access: 'anyone' as const }, schema: { hide: true } }
  app.get('/assets/*', options, (request, reply) =>
    reply.sendFile(`assets/${(request.params as { '*': string })['*']}`, { maxAge: '365d', immutable: true }),
  )
  for (const icon of ['icon.svg', 'icon-unread.svg'])
    app.get(`/${icon}`, options, (_, reply) => reply.sendFile(icon, { maxAge: '1d' }))
  widgetFiles(app)
  app.get('/', options, (_, reply) => sendApp(reply))
}

/** What other people's pages fetch: the loader soon grows old, the panel is named by its content. Modules are fetched by CORS. */
function widgetFiles(app: FastifyInstance): void {
  const options = { config: { access: 'anyone' as const }, schema: { hide: true } }
  const forAll = (reply: FastifyReply) =>
    reply.header('cross-origin-resource-policy', 'cross-origin').header('access-control-allow-origin', '*')
  app.get('/widget.js', options, (_, reply) => forAll(reply).sendFile('widget/widget.js', { maxAge: '10m' }))
  app.get('/widget/:file', options, (request, reply) =>
    forAll(reply).sendFile(`widget/${(request.params as { file: string }).file}`, {
      maxAge: '365d',
      immutable: true,
    }),
  )
}

function sendApp(reply: FastifyReply) {
  return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false })
}

const SERVERS_OWN =
  /^\/(api|assets|auth|forms|help|hooks|portal|rate|sitemap\.xml|robots\.txt|scim|mcp|metrics|healthz|readyz|widget\.js|widget|widget-preview)\b/

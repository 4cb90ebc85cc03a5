// The OpenAPI 3.1 document, generated from the routes, and a page to read it.
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { actor, conflict, instant, nameRef, personRef, problem } from '#api/contract/shapes.ts'
import { clock, participant, ticket } from '#api/contract/tickets.ts'
import { person } from '#api/contract/desk.ts'
import { message } from '#api/contract/messages.ts'
import { assistantVersion } from '#api/contract/assistant.ts'
import { job } from '#api/contract/jobs.ts'
import { mailbox } from '#api/contract/mailboxes.ts'
import { identityProvider } from '#api/contract/providers.ts'
import { rulebookVersion, trace } from '#api/contract/rules.ts'
import { simulation } from '#api/contract/simulations.ts'
import { action } from '#rules/rule-schema.ts'

type Operation = { summary?: string; tags?: string[] }
type Document = { info: { title: string }; paths?: Record<string, Record<string, Operation>> }

/** Shapes that stand in the document once, by name: those that many answers hold, and one that holds itself. */
const named = {
  Actor: actor,
  AssistantVersion: assistantVersion,
  Clock: clock,
  Conflict: conflict,
  IdentityProvider: identityProvider,
  Instant: instant,
  Job: job,
  Mailbox: mailbox,
  Message: message,
  NameRef: nameRef,
  Participant: participant,
  Person: person,
  PersonRef: personRef,
  Problem: problem,
  RuleAction: action,
  RulebookVersion: rulebookVersion,
  RuleTrace: trace,
  Simulation: simulation,
  Ticket: ticket,
}

/** Collects every route registered after it; serves /api/openapi.json and /api/docs. */
export async function documentation(app: FastifyInstance): Promise<void> {
  const schemaRegistry = z.registry<{ id?: string }>()
  for (const [id, schema] of Object.entries(named)) schemaRegistry.add(schema, { id })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Docket',
        version: '1',
        description:
          'Send "Authorization: Bearer TOKEN". Errors are application/problem+json (RFC 9457). Lists answer ' +
          '{ items, nextCursor }. Every POST takes an Idempotency-Key.',
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: 'docket_session' },
        },
      },
      security: [{ token: [] }, { session: [] }],
    },
    transform: createJsonSchemaTransform({ schemaRegistry }),
    transformObject: createJsonSchemaTransformObject({ schemaRegistry }),
  })
  const options = { config: { access: 'anyone' as const }, schema: { hide: true } }
  app.get('/api/openapi.json', options, async () => app.swagger())
  app.get('/api/docs', options, async (_, reply) =>
    reply.type('text/html').send(page(app.swagger() as Document)),
  )
}

function page(document: Document): string {
  const rows = Object.entries(document.paths ?? {}).flatMap(([path, operations]) =>
    Object.entries(operations).map(
      ([method, { summary = '' }]) =>
        `<tr><td><code>${method.toUpperCase()}</code></td><td><code>${escape(path)}</code></td><td>${escape(summary)}</td></tr>`,
    ),
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${document.info.title} API</title>
<meta name="viewport" content="width=device-width"><h1>${document.info.title} API</h1>
<p>The whole document with every schema and error: <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1).</p>
<table><thead><tr><th>Method</th><th>Path</th><th>What it does</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></html>`
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

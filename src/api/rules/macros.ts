// Macros: kept like views (own, of teams, shared), looked at before they act, applied as one update.
import { seenMacro, noteMacro } from '#api/tickets/used-macro.ts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  macro,
  macroPage,
  macroPatch,
  macroPreview,
  macroQuery,
  macroTarget,
  newMacro,
  type NewMacro,
} from '#api/contract/macros.ts'
import { idParams } from '#api/contract/shapes.ts'
import { ticket as ticketSchema, type MacroChange } from '#api/contract/tickets.ts'
import { applyMacro } from '#api/rules/apply-macro.ts'
import { keepMacroFiles, macroFileRoutes } from '#api/rules/macro-files.ts'
import { previewOf, textFor } from '#api/rules/macro-preview.ts'
import { nameKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { changeFor } from '#api/tickets/reply.ts'
import { ticketFor } from '#api/http/ticket-access.ts'
import { route } from '#api/route.ts'
import { resolveInput } from '#api/tickets/input.ts'
import { presentOne } from '#api/tickets/tickets.ts'
import type { Desk } from '#desk/desk.ts'
import { defined } from '#kit/defined.ts'
import type { PersonId, TeamId } from '#kit/ids.ts'
import { written } from '#mail/written.ts'
import { findTeam } from '#people/agent-store.ts'
import { audit, changesBetween, type Back, type Change } from '#people/audit-store.ts'
import { can, type Principal } from '#people/can.ts'
import {
  addMacro,
  changeMacro,
  findMacro,
  macrosOf,
  type Macro,
  type NewMacro as NewRow,
} from '#rules/macro-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

export function macroRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/macros',
    access: 'desk.read',
    summary: 'The macros the caller has: own, of teams, shared',
    query: macroQuery,
    answer: macroPage,
    handler: async ({ db, query: { q = '', limit, cursor, archived, folder = null, of }, principal }) => {
      const after = readCursor(cursor, nameKey)
      if (of === 'desk' && !can(principal, 'macros.share')) declineSharing()
      const page = {
        q,
        archived: archived === 'true',
        isOfDesk: of === 'desk',
        folder,
        limit: limit + 1,
        after,
      }
      const found = await macrosOf(db, principal, page, desk.clock.now())
      const { directory } = await desk.setup.now()
      const place = ({ name, id: macroId }: Macro) => ({ name, id: macroId })
      return pageFrom(found, limit, place, (each) => present(each, directory.teams, principal))
    },
  })
  writeRoutes(app, desk)
  applyRoutes(app, desk)
  macroFileRoutes(app, desk)
}

function writeRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/macros',
    access: 'macros.write',
    summary: 'Adds a macro',
    body: newMacro,
    answer: macro,
    handler: async ({ db, body, principal }) => {
      const row = await rowOf(desk, db, body, principal, principal.agentId)
      const macroId = await addMacro(db, row, desk.clock.now())
      await keepMacroFiles(db, macroId, filesAsked(row, body), [], principal)
      return told(desk, db, macroId, principal, { action: 'macro_added', changes: [] })
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/macros/:id',
    access: 'macros.write',
    summary: 'Changes a macro, archives it, restores it',
    params: idParams,
    body: macroPatch,
    answer: macro,
    handler: async ({ db, params, body, principal }) => {
      const found = await keptMacro(desk, db, params.id, principal)
      const { teams } = (await desk.setup.now()).directory
      const before = present(found, teams, principal)
      const { archived = found.archived, files, uploads, ...given } = defined(body)
      const { name, scope, change, message, folder } = before
      const next = { name, scope, change, message, folder, team: found.teamId, ...given } as NewMacro
      // Who knows of one text only does not take the others away.
      if (next.message && given.message?.texts === undefined)
        next.message = { ...next.message, texts: found.texts }
      const row = { ...(await rowOf(desk, db, next, principal, found.ownerId)), archived }
      await changeMacro(db, found.id, row, desk.clock.now())
      await keepMacroFiles(db, found.id, filesAsked(row, { files, uploads }), found.files, principal)
      const filesNow = (await findMacro(db, found.id, desk.clock.now()))?.files ?? []
      return told(desk, db, found.id, principal, {
        action: 'macro_changed',
        changes: changesBetween(
          { ...before, files: namesOf(found.files) },
          { ...given, archived, files: namesOf(filesNow) },
        ),
        back: {
          method: 'PATCH',
          path: `/macros/${found.id}`,
          body: {
            name,
            scope,
            team: found.teamId,
            change,
            message,
            folder,
            files: found.files.map(({ sha256 }) => sha256),
            archived: found.archived,
          },
        },
      })
    },
  })
}

function applyRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/macros/:id/preview',
    access: 'desk.read',
    summary: 'What a macro would do to a ticket; changes nothing',
    params: idParams,
    body: macroTarget,
    answer: macroPreview,
    status: 200,
    handler: async ({ db, params, body, principal }) => {
      const row = await ticketFor(db, body.ticketId, principal, 'ticket.read')
      const found = await seenMacro(desk, db, params.id, principal)
      const shown = await presentOne(desk, db, body.ticketId, principal)
      return previewOf(desk, found, shown, await textFor(db, found, row), principal)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/macros/:id/apply',
    access: 'ticket.update',
    summary: 'Applies a macro to a ticket as one update, its message included',
    params: idParams,
    body: macroTarget,
    answer: ticketSchema,
    status: 200,
    handler: async ({ db, params, body, principal }) => {
      const found = await seenMacro(desk, db, params.id, principal)
      const right = found.messageKind === 'reply' ? 'ticket.reply' : 'ticket.update'
      await ticketFor(db, body.ticketId, principal, right)
      const done = await applyMacro(desk, db, found, body, principal)
      await noteMacro(desk, db, found.id, done, principal)
      return presentOne(desk, db, body.ticketId, principal)
    },
  })
}

async function rowOf(
  desk: Desk,
  db: Db,
  body: NewMacro,
  principal: Principal,
  ownerId: PersonId,
): Promise<NewRow> {
  if (body.scope !== 'personal' && !can(principal, 'macros.share')) declineSharing()
  const teamId = body.scope === 'team' ? (body.team ?? declineInput('team', 'is missing')) : null
  if (teamId !== null && (await findTeam(db, teamId)) === null) declineInput('team', 'is not a team')
  const { change = {}, message = null } = body
  if (change.askAssistant === true && message?.kind === 'reply')
    declineInput('change.askAssistant', 'asks nothing where the macro answers the customer itself')
  if (message === null && Object.keys(change).length === 0)
    declineInput('message', 'a macro says something, changes something, or both')
  await resolveInput(desk, db, changeFor(principal, change, desk.clock.now()), null)
  return {
    name: body.name,
    scope: body.scope,
    ownerId,
    teamId: teamId as TeamId | null,
    change,
    messageKind: message?.kind ?? null,
    body: message === null ? null : cleanBody(message.body, 'message.body'),
    texts: Object.fromEntries(
      Object.entries(message?.texts ?? {}).map(([language, text]) => [
        language,
        cleanBody(text, `message.texts.${language}`),
      ]),
    ),
    folder: body.folder ?? '',
    archived: false,
  }
}

const namesOf = (files: Macro['files']): string[] => files.map(({ name }) => name)

/** Files go with a text: a macro that says nothing has none. */
function filesAsked({ messageKind }: NewRow, asked: Pick<NewMacro, 'files' | 'uploads'>) {
  if (messageKind !== null) return asked
  if ((asked.uploads?.length ?? 0) > 0) declineInput('uploads', 'go with a text, and the macro has none')
  return { files: [] }
}

/** A text that only looked like one says nothing. */
function cleanBody(body: string, place: string): string {
  const { text, html } = written(body, 'html')
  if (text.trim() === '' && !/<(?:img|hr)\b/.test(html ?? ''))
    declineInput(place, 'says nothing once it is cleaned')
  return html ?? ''
}

async function keptMacro(desk: Desk, db: Db, macroId: number, principal: Principal): Promise<Macro> {
  const found = await seenMacro(desk, db, macroId, principal)
  return isKept(found, principal) ? found : declineSharing()
}

function declineSharing(): never {
  decline('forbidden', 'Macros of teams and of everybody are kept by leads.', { refusal: 'forbidden' })
}

function isKept({ scope, ownerId }: Macro, principal: Principal): boolean {
  return scope === 'personal' ? ownerId === principal.agentId : can(principal, 'macros.share')
}

function present(
  found: Macro,
  teams: readonly { id: number; name: string }[],
  principal: Principal,
): z.input<typeof macro> {
  const team = teams.find(({ id: teamId }) => teamId === found.teamId)
  return {
    id: found.id,
    name: found.name,
    scope: found.scope,
    owner: { id: found.ownerId, name: found.ownerName },
    team: team === undefined ? null : { id: team.id, name: team.name },
    change: found.change as MacroChange,
    message:
      found.messageKind === null
        ? null
        : { kind: found.messageKind, body: found.body ?? '', texts: { ...found.texts } },
    folder: found.folder,
    files: [...found.files],
    archived: found.archived,
    uses: found.uses,
    mine: isKept(found, principal),
  }
}

async function told(
  desk: Desk,
  db: Db,
  macroId: number,
  principal: Principal,
  entry: { action: string; changes: readonly Change[]; back?: Back },
) {
  const found = (await findMacro(db, macroId, desk.clock.now())) ?? decline('not-found')
  if (found.scope !== 'personal')
    await audit(db, principal, desk.clock.now(), {
      ...entry,
      thing: { type: 'macro', id: found.id, name: found.name },
    })
  tell(db, { changed: 'macros', id: macroId })
  return present(found, (await desk.setup.now()).directory.teams, principal)
}

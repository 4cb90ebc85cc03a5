// The files that go with a macro: brought as uploads, read by whoever has the macro, and handed out as uploads to go with a message.
import type { FastifyInstance } from 'fastify'
import { macroFileParams, macroUploads, MOST_FILES } from '#api/contract/macros.ts'
import { idParams } from '#api/contract/shapes.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { sendAttachment } from '#api/tickets/attachments.ts'
import { presentAttachment } from '#api/tickets/present-message.ts'
import { seenMacro } from '#api/tickets/used-macro.ts'
import type { Desk } from '#desk/desk.ts'
import type { AttachmentId, PersonId } from '#kit/ids.ts'
import { can, type Principal } from '#people/can.ts'
import { macroFiles, setMacroFiles, type MacroFile } from '#rules/macro-store.ts'
import type { Db } from '#store/database.ts'
import { addUpload, uploadsOf } from '#tickets/message-store.ts'

export function macroFileRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/macros/:id/uploads',
    access: 'ticket.note',
    summary: 'The files of a macro as uploads of the caller’s own, to be named in a message',
    params: idParams,
    answer: macroUploads,
    handler: async ({ db, params, principal }) => {
      const { files } = await seenMacro(desk, db, params.id, principal)
      const made = await asUploads(db, files, principal.agentId)
      return { items: made.map((file) => presentAttachment(desk, file, principal.agentId)) }
    },
  })
  app.get(
    '/api/v1/macros/:id/files/:sha256',
    {
      config: { access: 'desk.read' },
      schema: { summary: 'One file of a macro', tags: ['macros'], params: macroFileParams },
    },
    async (request, reply) => {
      const { id, sha256 } = request.params as { id: number; sha256: string }
      const principal = request.principal as Principal
      if (!can(principal, 'desk.read')) return decline('forbidden')
      const { files } = await seenMacro(desk, desk.database, id, principal)
      const found = files.find((file) => file.sha256 === sha256)
      if (found === undefined) return decline('not-found', 'The macro has no such file.')
      return sendAttachment(desk, request, reply, found)
    },
  )
}

/** Notes each of a macro's files as an upload of somebody's, in their order. */
export async function asUploads(
  db: Db,
  files: readonly MacroFile[],
  uploadedBy: PersonId,
): Promise<(MacroFile & { readonly id: AttachmentId })[]> {
  const made = []
  for (const file of files) made.push({ ...file, id: await addUpload(db, { ...file, uploadedBy }) })
  return made
}

type Asked = {
  readonly files?: readonly string[] | undefined
  readonly uploads?: readonly number[] | undefined
}

/** Has a macro keep the files that were asked for, of those that it has or had, and take over uploads; without either it keeps what it has. */
export async function keepMacroFiles(
  db: Db,
  macroId: number,
  { files, uploads = [] }: Asked,
  now: readonly MacroFile[],
  principal: Principal,
): Promise<void> {
  if (files === undefined && uploads.length === 0) return
  const known = files === undefined ? now : await macroFiles(db, macroId)
  const kept = (files ?? now.map(({ sha256 }) => sha256)).map(
    (sha256) =>
      known.find((file) => file.sha256 === sha256) ??
      declineInput('files', `the macro had no file ${sha256}`),
  )
  const brought = await uploadsOf(db, uploads, principal.agentId)
  const fresh = uploads.map(
    (id) =>
      brought.find((upload) => upload.id === id) ??
      declineInput('uploads', `${id} is not an upload of yours that is still free`),
  )
  const all = new Map(
    [...kept, ...fresh].map(({ sha256, name, type, size }) => [sha256, { sha256, name, type, size }]),
  )
  if (all.size > MOST_FILES) declineInput('uploads', `a macro has ${MOST_FILES} files at most`)
  await setMacroFiles(db, macroId, [...all.values()])
}

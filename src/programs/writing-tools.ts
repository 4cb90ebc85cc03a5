// Tools that write on a ticket: a draft, a reply, a note, its fields, a macro. None of them deletes, merges or marks as spam.
import { z } from 'zod'
import { macroPage, macroPreview, type MacroPreview } from '#api/contract/macros.ts'
import { draft, postedMessage } from '#api/contract/messages.ts'
import { id } from '#api/contract/shapes.ts'
import { ticket, ticketPatch } from '#api/contract/tickets.ts'
import { escapeHtml } from '#api/contract/variables.ts'
import type { Api } from '#programs/api-client.ts'
import { customerText } from '#programs/fence.ts'
import { Refused } from '#programs/refused.ts'
import { showMessage, shownMessage, shownTicket, showTicket } from '#programs/shown-ticket.ts'
import { moment, tool } from '#programs/tool.ts'

const text = z.string().trim().min(1).max(100_000).describe('Plain text; an empty line begins a paragraph')
const expectedSeq = ticketPatch.shape.expectedSeq.describe(
  'The seq of the ticket as you read it: what came since is not overlooked',
)
/** The ticket after it was written on: what may have changed, without what customers wrote. */
const after = shownTicket.pick({
  id: true,
  status: true,
  priority: true,
  category: true,
  tags: true,
  assignee: true,
  team: true,
  fields: true,
  snoozedUntil: true,
  seq: true,
  url: true,
})
const posted = z.object({
  message: shownMessage.pick({ id: true, at: true, direction: true, delivery: true }),
  ticket: after,
})

const draftReply = tool({
  name: 'draft_reply',
  title: 'Draft a reply',
  about:
    "Puts a reply into the draft of the token's agent, who finds it in the ticket and sends it or not. Nothing leaves. A draft that is there already stays, unless `replace` is true.",
  scopes: ['tickets:write'],
  effect: 'changes',
  input: z.strictObject({ ticketId: id, text, replace: z.boolean().default(false) }),
  output: z.object({ ticketId: id, updatedAt: moment.nullable(), url: z.string() }),
  run: async (api, { ticketId, text: written, replace }) => {
    const path = `/tickets/${ticketId}/draft?mode=reply`
    const [before, { url }] = await Promise.all([
      api.get(path, draft),
      api.get(`/tickets/${ticketId}`, ticket),
    ])
    if (before.body !== '' && !replace)
      throw new Refused('The agent has a draft here. It stays; replace: true writes over it.')
    const { updatedAt } = await api.send('PUT', path, draft, { body: htmlOf(written) })
    return { ticketId, updatedAt, url }
  },
})

/** Plain text as the composer keeps it. */
function htmlOf(plain: string): string {
  return plain
    .split(/\r?\n(?:[^\S\n]*\r?\n)+/)
    .map((paragraph) => `<p>${escapeHtml(paragraph).replace(/\r?\n/g, '<br>')}</p>`)
    .join('')
}

const sendReply = tool({
  name: 'send_reply',
  title: 'Send a reply to the customer',
  about:
    'Mails a reply to the requester and all in copy. It leaves only with `send: true`, after the time in which the agent can undo it. Use draft_reply when a person is to look first.',
  scopes: ['tickets:write', 'tickets:reply'],
  effect: 'sends',
  input: z.strictObject({
    ticketId: id,
    text,
    send: z.boolean().default(false).describe('true, or nothing is sent'),
    status: ticketPatch.shape.status,
    expectedSeq,
  }),
  output: posted.extend({ leavesAt: moment.nullable() }),
  run: async (api, { ticketId, text: body, send, ...rest }) => {
    if (!send)
      throw new Refused(
        'Nothing was sent. A reply leaves only with send: true; draft_reply keeps it for the agent.',
      )
    await assertMaySend(api)
    const asked = { kind: 'reply', body, bodyFormat: 'text', ...rest }
    const done = await api.send('POST', `/tickets/${ticketId}/messages`, postedMessage, asked)
    return {
      message: showMessage(done),
      ticket: showTicket(done.ticket),
      leavesAt: done.delivery?.sendAt ?? null,
    }
  },
})

/** What leaves the house is drafted unless the token was made to send. */
async function assertMaySend(api: Api): Promise<void> {
  const { permissions } = await api.get('/session', z.looseObject({ permissions: z.array(z.string()) }))
  const lacks = !permissions.includes('ticket.reply')
    ? 'tickets:write'
    : permissions.includes('ticket.send_unasked')
      ? null
      : 'tickets:reply'
  if (lacks !== null)
    throw new Refused(
      `Nothing was sent. The token lacks the scope ${lacks}. draft_reply lets a person send it.`,
    )
}

const addNote = tool({
  name: 'add_note',
  title: 'Add an internal note',
  about: 'Writes a note that only agents see.',
  scopes: ['tickets:write'],
  effect: 'adds',
  input: z.strictObject({ ticketId: id, text, expectedSeq }),
  output: posted,
  run: async (api, { ticketId, text: body, ...rest }) => {
    const asked = { kind: 'note', body, bodyFormat: 'text', ...rest }
    const done = await api.send('POST', `/tickets/${ticketId}/messages`, postedMessage, asked)
    return { message: showMessage(done), ticket: showTicket(done.ticket) }
  },
})

const updateTicket = tool({
  name: 'update_ticket',
  title: 'Change a ticket',
  about:
    'Sets fields of a ticket: status, priority, assignee (id or address), team (id or name), category (path), tags, custom fields by key, snooze. null clears. What is left out stays.',
  scopes: ['tickets:write'],
  effect: 'changes',
  input: ticketPatch
    .pick({
      subject: true,
      status: true,
      closeReason: true,
      priority: true,
      assignee: true,
      team: true,
      category: true,
      addTags: true,
      removeTags: true,
      fields: true,
      snoozedUntil: true,
    })
    .extend({ ticketId: id, expectedSeq }),
  output: z.object({ ticket: after }),
  run: async (api, { ticketId, ...change }) => ({
    ticket: showTicket(await api.send('PATCH', `/tickets/${ticketId}`, ticket, change)),
  }),
})

const runMacro = tool({
  name: 'run_macro',
  title: 'Preview or run a macro',
  about:
    'Shows what a macro would do to a ticket; with `apply: true` does it; a reply in it is mailed to the customer, for which the token needs the scope tickets:reply too. A name that no macro has is answered with those there are.',
  scopes: ['desk:read', 'tickets:write'],
  effect: 'sends',
  input: z.strictObject({
    ticketId: id,
    macro: z.union([id, z.string().trim().min(1).max(200)]).describe('Its number or its exact name'),
    apply: z.boolean().default(false).describe('true, or it is only shown'),
    expectedSeq,
  }),
  output: z.object({ applied: z.boolean(), preview: macroPreview, ticket: after.nullable() }),
  run: async (api, { macro, apply, ...target }) => {
    const macroId = typeof macro === 'number' ? macro : await macroCalled(api, macro)
    const preview = await api.send('POST', `/macros/${macroId}/preview`, macroPreview, target)
    if (apply && preview.message?.kind === 'reply') await assertMaySend(api)
    const changed = apply ? await api.send('POST', `/macros/${macroId}/apply`, ticket, target) : null
    return {
      applied: apply,
      preview: showPreview(preview, macroId),
      ticket: changed === null ? null : showTicket(changed),
    }
  },
})

async function macroCalled(api: Api, name: string): Promise<number> {
  const like = await api.get('/macros', macroPage, { q: name, limit: 200 })
  const found = like.items.find((each) => each.name.toLowerCase() === name.toLowerCase())
  if (found !== undefined) return found.id
  const { items } = await api.get('/macros', macroPage, { limit: 50 })
  throw new Refused(`There is no such macro. There are: ${items.map((each) => each.name).join(', ')}.`)
}

/** What a macro fills in, or replaces, may be the customer's words. */
function showPreview({ changes, message, files }: MacroPreview, macroId: number): MacroPreview {
  const fenced = (words: string) => customerText(`macro-${macroId}`, words)
  return {
    changes: changes.map(({ field, from, to }) => ({ field, from: fenced(from), to: fenced(to) })),
    message: message === null ? null : { ...message, body: fenced(message.body) },
    files,
  }
}

export const writingTools = [draftReply, sendReply, addNote, updateTicket, runMacro]

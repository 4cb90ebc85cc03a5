// What a macro would do to one ticket, in words: fields with their present and their new value, the text with its values put in.
import type { z } from 'zod'
import type { macroPreview } from '#api/contract/macros.ts'
import type { MacroChange } from '#api/contract/tickets.ts'
import { escapeHtml, fill, firstName, unresolved } from '#api/contract/variables.ts'
import { spokenOn } from '#api/tickets/spoken.ts'
import type { WireTicket } from '#api/tickets/present-ticket.ts'
import type { Desk } from '#desk/desk.ts'
import { plus } from '#kit/time.ts'
import type { Principal } from '#people/can.ts'
import type { Directory } from '#rules/directory.ts'
import type { Macro } from '#rules/macro-store.ts'
import type { Db } from '#store/database.ts'
import type { TicketRow } from '#tickets/ticket-store.ts'

/** The preview of a macro on a ticket as its reader sees it. */
export async function previewOf(
  desk: Desk,
  { change, messageKind, files }: Macro,
  ticket: WireTicket,
  { body, language }: Text,
  principal: Principal,
): Promise<z.input<typeof macroPreview>> {
  const { directory, assistant } = await desk.setup.now()
  const { snoozeSeconds, askAssistant } = change as MacroChange
  const until = snoozeSeconds === undefined ? null : plus(desk.clock.now(), snoozeSeconds)
  const asked = askAssistant === true ? assistant.config : null
  const text =
    body === null
      ? null
      : fill(body, await valuesFor(desk, ticket, principal, change as MacroChange), escapeHtml)
  return {
    changes: [
      ...changesOf(change as MacroChange, ticket, directory, principal),
      ...(until === null ? [] : [{ field: 'snooze', from: ticket.snoozedUntil ?? '', to: until }]),
      ...(asked === null ? [] : [{ field: 'assistant', from: '', to: asked.name }]),
    ].filter(({ from, to }) => from !== to),
    message:
      text === null || messageKind === null
        ? null
        : { kind: messageKind, body: text, language, unresolved: unresolved(text) },
    files: [...files],
  }
}

type Text = { readonly body: string | null; readonly language: string | null }

/** What a macro says on a ticket: in the customer's language, where it has it. */
export async function textFor(db: Db, { body, texts }: Macro, row: TicketRow): Promise<Text> {
  const languages = Object.keys(texts)
  const spoken = languages.length === 0 ? null : (await spokenOn(db, row)).language
  const short = spoken?.split('-')[0]
  const language =
    languages.find((each) => each === spoken) ??
    languages.find((each) => each.split('-')[0] === short) ??
    null
  return { body: language === null ? body : (texts[language] ?? body), language }
}

/** The values of all variables on a ticket, for who writes; a field that is set along with it has its new one. */
export async function valuesFor(
  desk: Desk,
  ticket: WireTicket,
  { name }: Principal,
  { fields: set = {} }: Pick<MacroChange, 'fields'> = {},
): Promise<Map<string, string>> {
  const { desk: settings } = await desk.setup.now()
  const { requester } = ticket
  const fields = Object.entries({ ...ticket.fields, ...set }).map(([key, value]): [string, string] => [
    `field.${key}`,
    Array.isArray(value) ? value.join(', ') : String(value ?? ''),
  ])
  return new Map([
    ['requester.name', requester.name],
    ['requester.firstName', firstName(requester.name)],
    ['requester.email', requester.email],
    ['ticket.id', String(ticket.id)],
    ['ticket.subject', ticket.subject],
    ['agent.name', name],
    ['agent.firstName', firstName(name)],
    ['desk.name', settings.deskName],
    ...fields,
  ])
}

type Line = { field: string; from: string; to: string }

function changesOf(
  change: MacroChange,
  ticket: WireTicket,
  directory: Directory,
  principal: Principal,
): Line[] {
  const { status, priority, assignee, team, category, addTags = [], removeTags = [], fields = {} } = change
  const agentName = (id: number | string | null) =>
    id === null ? '' : (directory.agents.find((each) => each.id === id)?.name ?? String(id))
  const teamName = (id: number | string | null) =>
    id === null ? '' : (directory.teams.find((each) => each.id === id)?.name ?? String(id))
  const tags = [...new Set([...ticket.tags, ...addTags])].filter((tag) => !removeTags.includes(tag))
  return [
    ...(status === undefined ? [] : [{ field: 'status', from: ticket.status, to: status }]),
    ...(priority === undefined ? [] : [{ field: 'priority', from: ticket.priority, to: priority }]),
    ...(assignee === undefined
      ? []
      : [
          {
            field: 'assignee',
            from: ticket.assignee?.name ?? '',
            to: agentName(assignee === 'me' ? principal.agentId : assignee),
          },
        ]),
    ...(team === undefined ? [] : [{ field: 'team', from: ticket.team?.name ?? '', to: teamName(team) }]),
    ...(category === undefined
      ? []
      : [{ field: 'category', from: ticket.category ?? '', to: category ?? '' }]),
    ...(addTags.length + removeTags.length === 0
      ? []
      : [{ field: 'tags', from: ticket.tags.toSorted().join(', '), to: tags.toSorted().join(', ') }]),
    ...Object.entries(fields).map(([key, value]) => ({
      field: directory.fields.find((each) => each.key === key)?.label ?? key,
      from: said(ticket.fields[key]),
      to: said(value),
    })),
  ]
}

function said(value: unknown): string {
  return value === null || value === undefined ? '' : String(value)
}

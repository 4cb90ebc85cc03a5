// The words of automatic mail: the desk's template for the brand and language, else what it says by itself.
import { firstName } from '#people/first-name.ts'
import type { OutboxEntry } from '#channels/outbox-store.ts'
import { nearestTemplate } from '#channels/template-store.ts'
import type { TicketId } from '#kit/ids.ts'
import type { Desk } from '#desk/desk.ts'
import { personLanguages } from '#people/person-store.ts'
import { render, type TemplateData } from '#rules/render.ts'
import type { Mailbox } from '#setup/mailbox-store.ts'
import { defaultDeskSettings } from '#setup/settings-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** What stands above the text of a notification that can be answered; whatever follows it is never passed on. */
export const ANSWER_LINE = '##- Write above this line to answer -##'

/** The code of a fault that lies in the entry: there is nothing to send, or nobody to send it as. */
export const UNSENDABLE = 'UNSENDABLE'

type AboutTicket = OutboxEntry & { readonly ticketId: TicketId }
export type Said = { readonly text: string; readonly subject: string | null }

/** What an automatic mail says. */
export async function automaticText(
  desk: Desk,
  entry: AboutTicket,
  { ticket, subject }: { ticket: Ticket; subject: string },
  mailbox: Mailbox,
): Promise<Said> {
  if (entry.kind !== 'acknowledgement' && entry.kind !== 'resolved')
    return { text: entry.bodyText ?? '', subject: null }
  const { kind } = entry
  const setup = await desk.setup.now()
  const to = entry.recipients.to[0]
  const spoken = to === undefined ? [] : await personLanguages(desk.database, to.email)
  const languages = [...spoken, mailbox.language, setup.desk.language].flatMap(shortAndLong)
  const template = await nearestTemplate(desk.database, { kind, brandId: mailbox.brandId, languages })
  if (template !== null) {
    // Nobody proved that a form's address, or an unproven sender's, is theirs: nothing that they wrote is sent to it (F2).
    const isProven = ticket.channel !== 'form' && entry.subject === null
    const data = dataOf(
      desk,
      entry,
      ticket,
      isProven ? subject : '',
      isProven ? (to?.name ?? '') : '',
      setup.desk.deskName,
    )
    const rendered = render({ key: kind, subject: template.subject, body: template.body }, data)
    if (rendered.ok)
      return { text: rendered.body, subject: rendered.subject === '' ? null : rendered.subject }
    desk.log.warn(
      { templateId: template.id, reason: rendered.message },
      'A mail template could not be filled in',
    )
  }
  const own = setup.desk.acknowledgementText
  const isOwn = kind === 'acknowledgement' && own !== defaultDeskSettings.acknowledgementText
  return { text: isOwn ? own : builtIn(kind, languages), subject: null }
}

const words: Readonly<Record<string, Readonly<Record<'acknowledgement' | 'resolved', string>>>> = {
  en: {
    acknowledgement: defaultDeskSettings.acknowledgementText,
    resolved:
      'Your request has been resolved. If something is still open, reply to this mail and it comes back to us.',
  },
  de: {
    acknowledgement:
      'Wir haben Ihre Nachricht erhalten und antworten, sobald wir können. Um etwas zu ergänzen, antworten Sie auf diese Mail.',
    resolved:
      'Ihre Anfrage ist gelöst. Ist noch etwas offen, antworten Sie auf diese Mail, und sie kommt zu uns zurück.',
  },
}

function builtIn(kind: 'acknowledgement' | 'resolved', languages: readonly string[]): string {
  const language = languages.find((each) => each in words) ?? 'en'
  return words[language]?.[kind] ?? ''
}

/** A language's tag, and what it begins with. */
export function shortAndLong(tag: string | null): string[] {
  return tag === null || tag === '' ? [] : [...new Set([tag.toLowerCase(), tag.slice(0, 2).toLowerCase()])]
}

function dataOf(
  desk: Desk,
  entry: AboutTicket,
  ticket: Ticket,
  subject: string,
  name: string,
  deskName: string,
): TemplateData {
  return {
    ticket: {
      id: entry.ticketId,
      subject,
      status: ticket.status,
      priority: ticket.priority,
      category: '',
      team: '',
      tags: [],
      url: `${desk.baseUrl}/tickets/${entry.ticketId}`,
      createdAt: ticket.openedAt,
      fields: {},
    },
    requester: { name, firstName: firstName(name), email: entry.recipients.to[0]?.email ?? '' },
    assignee: { name: '', email: '' },
    message: { text: '' },
    desk: { name: deskName },
    rule: { title: '' },
    match: {},
  }
}

// One ticket as its customer reads it, as HTML: what was said, and what they can do about it.
import { writable } from '#kit/locale.ts'
import { escaped } from '#kit/escaped.ts'
import type { RequesterAction } from '#people/can.ts'
import { filesHtml, sentMark } from '#pages/form-html.ts'
import { form, moment, notice, portalPage, problem } from '#pages/portal/frame.ts'
import type { Inside, Place } from '#pages/portal/gate.ts'
import { bodyHtml } from '#pages/portal/message-html.ts'
import { portalWordsIn } from '#pages/portal/words.ts'
import { customerStatusOf } from '#tickets/customer-status.ts'
import type { Said } from '#tickets/customer-store.ts'
import type { Attachment } from '#tickets/message-store.ts'
import type { TicketRow } from '#tickets/ticket-store.ts'

export type TicketPage = {
  readonly place: Place | Inside
  readonly personId: number
  readonly row: TicketRow
  /** Where its forms and files are. */
  readonly base: string
  readonly mark: string
  readonly once: string
  readonly may: (action: RequesterAction) => boolean
  /** Whether it would come back, or go on in another. */
  readonly isReopenable: boolean
  readonly said: readonly Said[]
  readonly files: readonly Attachment[]
  readonly isMore: boolean
  /** The rating, where one is asked for. */
  readonly rating: string
  readonly notice?: string
  /** Whether an answer was just taken. */
  readonly isSent?: boolean
  readonly problem?: string
  readonly text?: string
}

/** The page of a ticket. */
export function ticketHtml(shown: TicketPage): string {
  const { place, row, said, isMore, base } = shown
  const words = portalWordsIn(place.language)
  const state = customerStatusOf(row.ticket.status)
  const earlier = isMore ? `<p><a href="${base}?before=${said[0]?.id ?? 0}">${words.earlier}</a></p>` : ''
  const body = `<h1>${escaped(row.subject)}</h1>
<p class="topic"><span class="state" data-is="${state}">${words.states[state]}</span><span class="meta">#${row.ticket.id} · ${words.opened} ${moment(place, row.ticket.openedAt)}</span></p>
${shown.notice === undefined ? '' : notice(shown.notice)}${shown.isSent === true ? sentMark : ''}${shown.problem === undefined ? '' : problem(shown.problem)}
${shown.rating}${earlier}<ol class="said">${said.map((each) => item(shown, each)).join('')}</ol>
${shown.may('ticket.answer') ? answerForm(shown) : `<p class="side meta">${words.onlyRead}</p>`}${shown.may('ticket.settle') ? buttons(shown) : ''}`
  return portalPage(place, `#${row.ticket.id} ${row.subject}`, body, 'visitor' in place ? 'requests' : null)
}

function item({ place, personId, files, base }: TicketPage, said: Said): string {
  const words = portalWordsIn(place.language)
  const isOwn = said.authorId === personId
  // Who answers is the company: names of its people stand in what they write.
  const who =
    said.direction === 'outbound' ? place.name : isOwn ? words.you : (said.authorName ?? words.somebody)
  const body =
    said.redactedAt === null
      ? bodyHtml(said.direction === 'outbound' ? said.bodyHtml : null, said.bodyText)
      : `<p>${words.removed}</p>`
  const own = said.redactedAt === null ? files.filter(({ messageId }) => messageId === said.id) : []
  const links = own.map(
    (file) =>
      `<li><a href="${base}/files/${file.id}">${escaped(file.name)}</a> <span class="meta">${size(file.size, place.language)}</span></li>`,
  )
  const list =
    links.length === 0 ? '' : `<ul class="files" aria-label="${words.attached}">${links.join('')}</ul>`
  return `<li id="m${said.id}"${isOwn ? ' data-own' : ''}><div class="who"><b>${escaped(who)}</b> <span class="meta">${moment(place, said.at)}</span></div>${body}${list}</li>`
}

function size(bytes: number, language: string): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1_000))
  const number = (value: number) =>
    new Intl.NumberFormat(writable(language), { maximumFractionDigits: 1 }).format(value)
  return kilobytes < 1_000 ? `${number(kilobytes)} kB` : `${number(kilobytes / 1_000)} MB`
}

function answerForm({ place, base, mark, once, row, isReopenable, text = '' }: TicketPage): string {
  const words = portalWordsIn(place.language)
  const isLate = row.ticket.status === 'closed' && !isReopenable
  const inside = `${isLate ? `<p class="hint">${words.tooLate}</p>` : ''}<input type="hidden" name="once" value="${escaped(once)}">
<label>${words.answer}<textarea name="text" class="tall" maxlength="100000">${escaped(text)}</textarea></label>
${filesHtml(place.language)}<button>${words.send}</button>`
  return `${form(`${base}/answer`, inside, mark)}<script src="/forms.js" defer></script>`
}

function buttons({ place, base, mark, row, isReopenable }: TicketPage): string {
  const words = portalWordsIn(place.language)
  const isResolved = customerStatusOf(row.ticket.status) === 'resolved'
  if (isResolved && !isReopenable) return ''
  const [path, about, name] = isResolved
    ? ['reopen', words.reopenAbout, words.reopen]
    : ['solved', words.solvedAbout, words.solved]
  return `<div class="side"><p class="hint">${about}</p>${form(`${base}/${path}`, `<button class="quiet">${name}</button>`, mark, 'inline')}</div>`
}

// The list of a customer's tickets as HTML.
import { escaped } from '#kit/escaped.ts'
import type { Inside } from '#pages/portal/gate.ts'
import { moment, pathIn, portalPage, select } from '#pages/portal/frame.ts'
import { portalWordsIn } from '#pages/portal/words.ts'
import { customerStatuses, customerStatusOf, type CustomerStatus } from '#tickets/customer-status.ts'
import { customerSorts, type CustomerSort, type CustomerTicket } from '#tickets/customer-store.ts'

export type Asked = {
  readonly q: string
  readonly state: CustomerStatus | null
  readonly whose: 'own' | 'all'
  readonly sort: CustomerSort
  /** From 1. */
  readonly page: number
}

/** One page of the list with what it is filtered by. */
export function ticketsHtml(
  inside: Inside,
  asked: Asked,
  rows: readonly CustomerTicket[],
  isMore: boolean,
): string {
  const words = portalWordsIn(inside.language)
  const isFiltered = asked.q !== '' || asked.state !== null
  const isBare = rows.length === 0 && !isFiltered && inside.visitor.requester.managesId === null
  const list = rows.map((row) => item(inside, row)).join('')
  const none = isFiltered
    ? `<p>${words.noneFound} <a href="${pathIn(inside)}">${words.showAll}</a></p>`
    : `<p>${words.none} <a href="${pathIn(inside, '/new')}">${words.write}</a></p>`
  return portalPage(
    inside,
    words.portal,
    `<h1>${words.portal}</h1>${isBare ? '' : filter(inside, asked)}
${rows.length === 0 ? none : `<ul class="requests">${list}</ul>`}${pages(inside, asked, isMore)}`,
    'requests',
  )
}

function filter(inside: Inside, { q, state, whose, sort }: Asked): string {
  const words = portalWordsIn(inside.language)
  const states = customerStatuses.map((each) => [each, words.states[each]] as const)
  const whoseIs =
    inside.visitor.requester.managesId === null
      ? ''
      : select('whose', words.whose, [['own', words.own] as const, ['all', words.all] as const], whose)
  return `<form class="filter" role="search" action="${pathIn(inside)}">
<label>${words.findIn}<input name="q" type="search" maxlength="200" value="${escaped(q)}"></label>
${select('state', words.stateOf, [['', words.anyState] as const, ...states], state ?? '')}
${select(
  'sort',
  words.sortBy,
  customerSorts.map((each) => [each, words.sorts[each]] as const),
  sort,
)}${whoseIs}<button>${words.find}</button></form>`
}

function item(inside: Inside, row: CustomerTicket): string {
  const words = portalWordsIn(inside.language)
  const state = customerStatusOf(row.status)
  const isOwn = row.requesterId === inside.visitor.requester.personId
  const who = isOwn ? '' : ` · ${words.by} ${escaped(row.requesterName)}`
  return `<li><a href="${pathIn(inside, `/tickets/${row.id}`)}"><span class="subject">${escaped(row.subject)}</span><span class="state" data-is="${state}">${words.states[state]}</span><span class="meta">#${row.id} · ${words.last} ${moment(inside, row.latestAt)}${who}</span></a></li>`
}

function pages(inside: Inside, asked: Asked, isMore: boolean): string {
  const words = portalWordsIn(inside.language)
  const to = (page: number, text: string, rel: string) => {
    const query = new URLSearchParams({
      ...(asked.q === '' ? {} : { q: asked.q }),
      ...(asked.state === null ? {} : { state: asked.state }),
      ...(asked.whose === 'own' ? {} : { whose: asked.whose }),
      ...(asked.sort === 'latest' ? {} : { sort: asked.sort }),
      page: String(page),
    })
    return `<a rel="${rel}" href="${pathIn(inside)}?${escaped(query.toString())}">${text}</a>`
  }
  const newer = asked.page > 1 ? to(asked.page - 1, words.newer, 'prev') : '<span></span>'
  const older = isMore ? to(asked.page + 1, words.older, 'next') : ''
  return asked.page > 1 || isMore
    ? `<nav class="pages" aria-label="${words.requests}">${newer}${older}</nav>`
    : ''
}

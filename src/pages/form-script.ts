// What runs in the browser beside a form: the puzzle is worked out, questions that hang on another come and go, what was typed outlives a
// reload, articles that may answer it are named, files are sent with how far they have come. Without it the form works all the same.
import type { FastifyInstance } from 'fastify'
import { PUZZLE_BITS } from '#kit/puzzle-bits.ts'

/** Runs in the browser while the form is filled in; whoever sends sooner waits for it. */
const script = `'use strict'
{
const MOST_FILES = 5
const MOST_BYTES = 10000000
const STALLED_MS = 60000
const ANSWER_MS = 300000
const solve = async (once) => {
  for (let number = 0; ; number += 64) {
    const tries = Array.from({ length: 64 }, (_, each) => String(number + each))
    const digests = await Promise.all(tries.map((each) =>
      crypto.subtle.digest('SHA-256', new TextEncoder().encode(once + ':' + each))))
    const found = digests.findIndex((digest) => new DataView(digest).getUint32(0) >>> ${32 - PUZZLE_BITS} === 0)
    if (found >= 0) return tries[found]
  }
}
// Questions that hang on another: out of sight, and not sent, while their answer is not given.
const hang = (form) => {
  const hanging = [...form.querySelectorAll('[data-when]')].map((box) => ({ box, ...JSON.parse(box.dataset.when) }))
  const answersTo = (ask) => [...form.elements].filter((each) => each.name === ask && !each.disabled &&
    (each.type !== 'checkbox' || each.checked)).map((each) => each.value)
  const look = () => {
    for (const { box, ask, is, makes, required } of hanging) {
      const holds = answersTo(ask).some((answer) => is.includes(answer))
      if (makes === 'shown') box.hidden = !holds
      for (const each of box.querySelectorAll('input, select, textarea')) {
        each.disabled = box.hidden
        if (box.tagName === 'DIV') each.required = required ? !box.hidden : makes === 'required' && holds
      }
    }
  }
  form.addEventListener('input', look)
  look()
  return look
}
// What was typed outlives a reload, in this tab alone, until it was sent. Where nothing may be kept, nothing is.
const place = 'docket form ' + location.pathname
const keep = (form, look) => {
  const typed = () => [...form.elements].filter((each) => each.name && !['once', 'from', 'answer', 'leave_empty'].includes(each.name) &&
    !['file', 'hidden', 'submit', 'checkbox', 'radio'].includes(each.type))
  try {
    const kept = JSON.parse(sessionStorage.getItem(place) ?? '{}')
    for (const each of typed()) if (each.value === '' && typeof kept[each.name] === 'string') each.value = kept[each.name]
    form.addEventListener('input', () => sessionStorage.setItem(place,
      JSON.stringify(Object.fromEntries(typed().map((each) => [each.name, each.value])))))
    look()
  } catch {}
}
// What is on its way is kept until a page says that it arrived: of which place is noted, as that page may be another.
const SENT = 'docket form sent'
const depart = () => { try { sessionStorage.setItem(SENT, place) } catch {} }
const forget = () => {
  try {
    const sent = sessionStorage.getItem(SENT)
    if (sent) sessionStorage.removeItem(sent)
    sessionStorage.removeItem(SENT)
  } catch {}
  // It is of one sending: the same page, loaded again, says nothing of what is typed by then.
  const at = new URL(location)
  at.searchParams.delete('said')
  if (at.href !== location.href) history.replaceState(history.state, '', at)
}
// Articles that may answer it, while it is typed; they open beside the form, so that nothing is lost.
const suggest = (form) => {
  const about = form.dataset.articles && (form.elements.subject ?? form.elements.message)
  if (!about) return
  const box = document.createElement('div')
  box.className = 'fitting'
  box.setAttribute('role', 'status')
  about.closest('.question').append(box)
  let timer = 0
  let asked = ''
  const ask = async () => {
    const text = about.value.trim().slice(0, 300)
    if (text === asked) return
    asked = text
    const answer = text.length < 4 ? null
      : await fetch(form.dataset.articles + '?about=' + encodeURIComponent(text)).catch(() => null)
    const { items } = answer?.ok ? await answer.json() : { items: [] }
    if (text !== asked) return
    box.replaceChildren()
    if (items.length === 0) return
    const list = document.createElement('ul')
    for (const { title, path, language } of items) {
      const link = Object.assign(document.createElement('a'), { href: path, target: '_blank', rel: 'noopener', lang: language, textContent: title })
      list.appendChild(document.createElement('li')).append(link)
    }
    box.append(form.dataset.fitting, list)
  }
  about.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, 500) })
}
// With files it is told how far they have come, and what did not arrive can be sent again: nothing is typed or chosen anew.
const upload = (form, field) => {
  const { sending, lost, unsure, large, busy, refused } = field.dataset
  const button = form.querySelector('button')
  const bar = Object.assign(document.createElement('progress'), { max: 1, value: 0, ariaLabel: sending })
  const said = document.createElement('p')
  said.setAttribute('role', 'status')
  said.append(sending + ' ', bar)
  form.querySelector('[role=alert].lost')?.remove()
  button.disabled = true
  button.after(said)
  const request = new XMLHttpRequest()
  let timer = 0
  let isUp = false
  const moved = () => { clearTimeout(timer); timer = setTimeout(() => request.abort(), isUp ? ANSWER_MS : STALLED_MS) }
  request.open('POST', form.action)
  // The browser reads it itself: pages may not make markup of text.
  request.responseType = 'document'
  request.upload.addEventListener('progress', ({ loaded, total }) => { moved(); bar.value = total ? loaded / total : 0 })
  // All of it is there. What becomes of it may take a while, and may have happened when no answer comes.
  request.upload.addEventListener('load', () => { isUp = true; moved() })
  request.addEventListener('loadend', () => {
    clearTimeout(timer)
    const { response, responseURL, status } = request
    const page = response?.querySelector('main')
    // A page that something on the way has put there is no answer.
    const isTaken = status < 300 && page?.querySelector('[data-sent]')
    // Where an answer comes from has no fragment.
    if (isTaken && responseURL !== form.action.split('#')[0]) return location.assign(responseURL)
    if (isTaken || page?.querySelector('input[type=file]')) return show(response)
    // A page without the form would take with it what was typed and chosen.
    said.remove()
    button.disabled = false
    const textContent = { 0: isUp ? unsure : lost, 413: large, 429: busy, 503: busy }[status] ??
      ((status >= 400 && status < 500 && page?.querySelector('h1')?.textContent) || refused)
    button.after(Object.assign(document.createElement('p'), { className: 'error lost', role: 'alert', textContent }))
  })
  moved()
  request.send(new FormData(form))
}
// What the desk answers takes the place of the form, as if the browser had gone there.
const show = (next) => {
  const chosen = document.querySelector('input[type=file]')?.files
  document.title = next.title
  document.querySelector('main').replaceChildren(...next.querySelector('main').childNodes)
  const field = document.querySelector('input[type=file]')
  if (field && chosen) field.files = chosen
  begin()
  const at = document.querySelector('[aria-invalid=true]') ?? document.querySelector('h1')
  if (at.localName === 'h1') at.tabIndex = -1
  at.focus()
  at.scrollIntoView({ block: 'nearest' })
}
const begin = () => {
  if (document.querySelector('[data-sent]')) forget()
  const form = ['form[data-puzzle]', 'form:has(input[type=file])', 'form[enctype]'].map((each) => document.querySelector(each)).find(Boolean)
  if (!form) return
  keep(form, hang(form))
  suggest(form)
  const field = form.querySelector('input[type=file]')
  const check = () => field.setCustomValidity(field.files.length > MOST_FILES || [...field.files].some(({ size }) => size > MOST_BYTES)
    ? field.dataset.much : '')
  field?.addEventListener('change', () => { check(); field.reportValidity() })
  const { answer, once } = form.elements
  const solved = answer && globalThis.crypto?.subtle ? solve(once.value).then((found) => { answer.value = found }) : null
  let isWaiting = false
  form.addEventListener('submit', (event) => {
    depart()
    const withFiles = field?.files.length > 0
    if (!withFiles && (solved === null || answer.value !== '')) return
    event.preventDefault()
    if (isWaiting) return
    isWaiting = true
    void Promise.resolve(solved).then(() => {
      isWaiting = false
      if (withFiles) upload(form, field)
      else form.submit()
    })
  })
}
begin()
}
`

/** Serves the script. */
export function formScript(app: FastifyInstance): void {
  app.get('/forms.js', { config: { access: 'anyone' }, schema: { hide: true } }, async (_, reply) =>
    reply.type('text/javascript').header('cache-control', 'public, max-age=3600').send(script),
  )
}

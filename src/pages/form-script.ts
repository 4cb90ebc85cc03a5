// What runs in the browser beside a form: the puzzle is worked out, questions that hang on another come and go, what was typed outlives a
// reload, articles that may answer it are named. Without it the form works all the same.
import type { FastifyInstance } from 'fastify'
import { PUZZLE_BITS } from '#pages/puzzle.ts'

/** Runs in the browser while the form is filled in; whoever sends sooner waits for it. */
const script = `'use strict'
const form = document.querySelector('form[data-puzzle]')
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
const hanging = [...document.querySelectorAll('[data-when]')].map((box) => ({ box, ...JSON.parse(box.dataset.when) }))
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
if (form) {
  form.addEventListener('input', look)
  look()
}
// What was typed outlives a reload, in this tab alone, until it was sent. Where nothing may be kept, nothing is.
const place = 'docket form ' + location.pathname
const typed = () => [...form.elements].filter((each) => each.name && !['once', 'from', 'answer', 'leave_empty'].includes(each.name) &&
  !['file', 'hidden', 'submit', 'checkbox'].includes(each.type))
try {
  if (document.querySelector('[data-sent]')) sessionStorage.removeItem(place)
  else if (form) {
    const kept = JSON.parse(sessionStorage.getItem(place) ?? '{}')
    for (const each of typed()) if (each.value === '' && typeof kept[each.name] === 'string') each.value = kept[each.name]
    form.addEventListener('input', () => sessionStorage.setItem(place,
      JSON.stringify(Object.fromEntries(typed().map((each) => [each.name, each.value])))))
    look()
  }
} catch {}
// Articles that may answer it, while it is typed; they open beside the form, so that nothing is lost.
const about = form?.dataset.articles && (form.elements.subject ?? form.elements.message)
if (about) {
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
    for (const { title, path } of items) {
      const link = Object.assign(document.createElement('a'), { href: path, target: '_blank', rel: 'noopener', textContent: title })
      list.appendChild(document.createElement('li')).append(link)
    }
    box.append(form.dataset.fitting, list)
  }
  about.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, 500) })
}
if (form && globalThis.crypto?.subtle) {
  const solved = solve(form.elements.once.value).then((answer) => { form.elements.answer.value = answer })
  form.addEventListener('submit', (event) => {
    if (form.elements.answer.value !== '') return
    event.preventDefault()
    void solved.then(() => form.submit())
  })
}
`

/** Serves the script. */
export function formScript(app: FastifyInstance): void {
  app.get('/forms.js', { config: { access: 'anyone' }, schema: { hide: true } }, async (_, reply) =>
    reply.type('text/javascript').header('cache-control', 'public, max-age=3600').send(script),
  )
}

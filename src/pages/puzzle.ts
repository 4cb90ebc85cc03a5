// A small sum that a browser works out before a form may have a mail sent (F2): nothing to a person who writes once, dear to whoever
// sends by the thousand. It is bound to the form it came with, and counts once. Without scripts the message arrives all the same,
// and nobody is mailed.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

/** Leading zero bits of the digest: some thousand tries, well under a second. */
const BITS = 14

/** A page with a form may stand open for a day before it is sent. */
const GOOD_FOR_MS = 86_400_000

/** The mark that a form is shown with: when, and that it was this form of this desk. */
export function mintOnce(secret: string, form: string, at: number): string {
  const body = `${at.toString(36)}.${randomBytes(9).toString('base64url')}`
  return `${body}.${sealOf(secret, form, body)}`
}

/** Whether the form was shown by this desk with this mark, within a day. */
export function wasShown(secret: string, form: string, once: string, now: number): boolean {
  const [at = '', nonce = '', seal = ''] = once.split('.')
  const right = Buffer.from(sealOf(secret, form, `${at}.${nonce}`))
  const given = Buffer.from(seal)
  const ageMs = now - Number.parseInt(at, 36)
  return right.length === given.length && timingSafeEqual(right, given) && ageMs >= 0 && ageMs <= GOOD_FOR_MS
}

function sealOf(secret: string, form: string, body: string): string {
  return createHmac('sha256', secret).update(`form:${form}:${body}`).digest('base64url').slice(0, 22)
}

/** Whether `answer` is right for the form that was shown with `once`. */
export function isSolved(once: string, answer: string): boolean {
  if (once.length < 16 || answer === '' || answer.length > 20) return false
  const digest = createHash('sha256').update(`${once}:${answer}`).digest()
  return digest.readUInt32BE(0) >>> (32 - BITS) === 0
}

/** Runs in the browser while the form is filled in; whoever sends sooner waits for it. */
const script = `'use strict'
const form = document.querySelector('form[data-puzzle]')
const solve = async (once) => {
  for (let number = 0; ; number += 64) {
    const tries = Array.from({ length: 64 }, (_, each) => String(number + each))
    const digests = await Promise.all(tries.map((each) =>
      crypto.subtle.digest('SHA-256', new TextEncoder().encode(once + ':' + each))))
    const found = digests.findIndex((digest) => new DataView(digest).getUint32(0) >>> ${32 - BITS} === 0)
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
export function puzzleScript(app: FastifyInstance): void {
  app.get('/forms.js', { config: { access: 'anyone' }, schema: { hide: true } }, async (_, reply) =>
    reply.type('text/javascript').header('cache-control', 'public, max-age=3600').send(script),
  )
}

// A small sum that a browser works out before a form may have a mail sent (F2): nothing to a person who writes once, dear to whoever
// sends by the thousand. It is bound to the form it came with, and counts once. Without scripts the message arrives all the same,
// and nobody is mailed.
import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

/** Leading zero bits of the digest: some thousand tries, well under a second. */
const BITS = 14

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

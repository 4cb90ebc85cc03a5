import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Instant } from '#kit/time.ts'
import { quotation } from '#mail/quotation.ts'
import { visible, visibleOfHtml } from '#mail/quote.ts'

const at = '2026-03-03T09:14:00.000Z' as Instant

test('what is answered stands below, with who said it when on their clock', () => {
  const said = { name: 'Cy Berg', at, text: 'The lamp flickers.\n\nSince Monday.' }
  const english = quotation(said, { language: 'en', zone: 'Europe/Vienna' })
  assert.equal(
    english.text,
    'On 3 March 2026 at 10:14, Cy Berg wrote:\n> The lamp flickers.\n>\n> Since Monday.',
  )
  const german = quotation(said, { language: 'de-AT', zone: 'Europe/Vienna' })
  assert.match(german.text, /^Am 3\. März 2026 um 10:14 schrieb Cy Berg:\n/)
  assert.match(german.html, /<blockquote type="cite"[^>]*><p[^>]*>The lamp flickers\.<\/p>/)
})

test('whoever answers on top of it or below it is read without it, whatever was quoted', () => {
  // Words that are marks themselves are the business of quote.test.ts.
  const words = fc.array(fc.stringMatching(/^[A-Za-zäöü][A-Za-zäöü ,.!?]{0,60}$/), {
    minLength: 1,
    maxLength: 6,
  })
  const name = fc.stringMatching(/^[A-Z][a-z]{1,12}( [A-Z][a-zäö]{1,12})?$/)
  fc.assert(
    fc.property(words, name, fc.constantFrom('en', 'de'), (lines, who, language) => {
      const below = quotation({ name: who, at, text: lines.join('\n') }, { language, zone: 'UTC' })
      assert.equal(visible(`It works now, thanks!\n\n${below.text}`).visibleText, 'It works now, thanks!')
      assert.equal(
        visibleOfHtml(`<p>It works now, thanks!</p>${below.html}`).visibleText,
        'It works now, thanks!',
      )
    }),
  )
})

test('a name cannot make a line of its own, markup stays text, and a long message gives its beginning', () => {
  const { text, html } = quotation(
    { name: 'Eve\nOn Monday <b>', at, text: `<script>\n${'long line\n'.repeat(2_000)}end` },
    { language: 'en', zone: 'UTC' },
  )
  assert.match(text, /^On 3 March 2026 at 09:14, Eve On Monday <b> wrote:\n> <script>\n/)
  assert.doesNotMatch(html, /<script|<b>/)
  assert.ok(text.length < 13_000)
  assert.match(text, /\n> \[…\]$/)
})

import { equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { knownText } from '#mail/known-text.ts'
import { visible } from '#mail/quote.ts'

const sent =
  'Hello Anna,\n\nthe invoice was sent again today. Did it arrive?\n\nWhich address shall we use for the next one?\n\nKind regards\nTom'
const known = knownText([sent])
const said = 'Thank you, the invoice arrived.\nPlease use my new address: Lindenweg 4.'
const line = 'On Sat, 28 Nov 2026 10:11:12 +0100, Tom Berg wrote:'

test('an answer below a quotation without marks is told by what we sent', () => {
  const parts = visible(`${line}\n${sent}\n\n${said}\n`, known)
  equal(parts.visibleText, said)
  ok(parts.quotedText.includes('Did it arrive?'))
})

test('so is one below words of greeting, and one between the lines', () => {
  equal(visible(`Hi Tom,\n\n${line}\n\n${sent}\n\n${said}`, known).visibleText, `Hi Tom,\n\n${said}`)
  const between = sent.replace('Did it arrive?', 'Did it arrive?\n\nYes, it did.')
  equal(visible(`Hi,\n\n${line}\n${between}`, known).visibleText, 'Hi,\n\nYes, it did.')
})

test('lines that a program broke anew, and a quotation that no known line introduces, are found again', () => {
  const broken = sent.replace('sent again today.', 'sent again\ntoday.')
  equal(visible(`${said}\n\n${line}\n\n${broken}`, known).visibleText, said)
  equal(visible(`${said}\n\nSo schrubet Tom am Samschtig\n${sent}`, known).visibleText.startsWith(said), true)
  ok(
    !visible(`${said}\n\nSo schrubet Tom am Samschtig\n${sent}`, known).visibleText.includes(
      'Did it arrive?',
    ),
  )
})

test('a quotation of another mail is told as without any knowledge', () => {
  const other = 'We are moving house.\nOur shop is closed.'
  equal(visible(`${said}\n\n${line}\n\n${other}`, known).visibleText, said)
  equal(visible('the invoice', known).visibleText, 'the invoice')
})

test('a line with date and colon above our words introduces them, in a language nobody has listed', () => {
  for (const above of ['28.11.2026 10:11, Дизайн-студія «Лампа»:', 'So schrubet Tom am 28.11.2026 um 10:11:'])
    equal(visible(`${said}\n\n${above}\n${sent}`, known).visibleText, said, above)
})

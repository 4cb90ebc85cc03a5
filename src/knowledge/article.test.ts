// Articles in sentences: addresses made of titles, what two writers did, which words are looked for, which language it is.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SectionId } from '#kit/ids.ts'
import { collisions, pathOf, slugOf, type Written } from '#knowledge/article.ts'
import { askedBy, typedBy } from '#knowledge/asked.ts'
import { languageOf } from '#knowledge/language.ts'

const base: Written = {
  title: 'Returns',
  slug: 'returns',
  body: '<p>30 days</p>',
  language: 'en',
  sectionId: null,
  audience: 'public',
  status: 'draft',
}

test('a title makes an address in the spelling of its language', () => {
  assert.equal(slugOf('What’s new? – Hub One & you', 'en'), 'whats-new-hub-one-you')
  assert.equal(slugOf('Rückgabe & Größen', 'de-AT'), 'rueckgabe-groessen')
  assert.equal(slugOf('Où est ma commande ?', 'fr'), 'ou-est-ma-commande')
  assert.equal(slugOf('返品について', 'ja'), '返品について'.normalize('NFKD'))
  assert.equal(slugOf('???', 'en'), '')
  assert.ok(slugOf('long '.repeat(60), 'en').length <= 80)
})

test('an address is safe in a link whatever its letters', () => {
  assert.equal(pathOf({ language: 'en', slug: 'returns' }), '/help/en/returns')
  assert.match(pathOf({ language: 'ja', slug: '返品' }), /^\/help\/ja\/[%A-F0-9]+$/)
})

test('two writers collide where both changed a field to different values, and nowhere else', () => {
  const theirs = { ...base, title: 'Send it back', sectionId: 7 as SectionId }
  assert.deepEqual(
    collisions(base, theirs, { title: 'Returning', sectionId: 7 as SectionId, body: '<p>60 days</p>' }),
    [{ field: 'title', base: 'Returns', theirs: 'Send it back', yours: 'Returning' }],
  )
  assert.deepEqual(collisions(base, base, { title: 'Anything' }), [])
})

test('subjects weigh more than messages, each word once, numbers and short words not at all', () => {
  assert.deepEqual(askedBy('Order LL-12345: the lamp is on', 'The lamp hums. HUMS! 42 times'), {
    heavy: ['order', 'the', 'lamp'],
    light: ['hums', 'times'],
  })
  assert.deepEqual(askedBy('返品').heavy, ['返', '品'])
})

test('what is typed to look for something counts, however short; common words where there is nothing else', () => {
  for (const short of ['PC', 'QR', '404', 'it']) assert.deepEqual(typedBy(short).heavy, [short.toLowerCase()])
  assert.deepEqual(typedBy('how do I reset the hub 2'), {
    heavy: ['reset', 'hub'],
    light: ['2'],
    typed: true,
  })
})

test('a text tells its language by its small words, or says that it does not know', () => {
  assert.equal(
    languageOf('Guten Tag, ich möchte das Abo zum nächsten Termin kündigen. Reicht die Mail?'),
    'de',
  )
  assert.equal(languageOf('I would like to cancel the subscription, please. How do I do it?'), 'en')
  assert.equal(
    languageOf(
      'le produit ne s’allume plus depuis le 3 mai. Que puis-je faire ? Merci, je l’ai acheté pour vous',
    ),
    'fr',
  )
  assert.equal(languageOf('Hub One E-114'), null)
})

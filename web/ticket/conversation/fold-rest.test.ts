// Where the rest of a mail begins in its HTML.
import { equal } from 'node:assert/strict'
import { test } from 'node:test'
import { startOf } from './fold-rest.ts'

test('the rest begins where its words begin, whatever stands between them', () => {
  const whole = 'Please help. -- Anna Kaiser Briefkasten GmbH > You wrote: it is the dimmer'
  equal(
    startOf('--\nAnna Kaiser\nBriefkasten GmbH\n\nYou wrote:\n> it is the dimmer', whole),
    'pleasehelp'.length,
  )
})

test('of several places the last fitting one counts: somebody quotes what they also say', () => {
  const said = 'the lamp hums every evening'
  equal(startOf(said, `${said} and still does. ${said}`), 'thelamphumseveryeveningandstilldoes'.length)
})

test('a mail that is nothing but its rest is left whole, and so is one in which it is not found', () => {
  equal(startOf('Anna Kaiser, Briefkasten', 'Anna Kaiser, Briefkasten'), null)
  equal(startOf('Something else entirely', 'Please help.'), null)
  equal(startOf('Bye', 'Please help. Bye'), null)
})

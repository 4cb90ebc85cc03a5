// Which origins may show a form.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readOrigin } from '#setup/form-origin.ts'

const originOf = (text: string) => {
  const read = readOrigin(text)
  return 'origin' in read ? read.origin : null
}

test('an origin is kept as browsers compare it', () => {
  for (const [given, kept] of [
    ['https://shop.example', 'https://shop.example'],
    [' HTTPS://Shop.Example:443/ ', 'https://shop.example'],
    ['https://shop.example:8443', 'https://shop.example:8443'],
    ['https://münchen.example', 'https://xn--mnchen-3ya.example'],
    ['https://xn--mnchen-3ya.example', 'https://xn--mnchen-3ya.example'],
    ['https://例え.example', 'https://xn--r8jz45g.example'],
    ['https://intranet', 'https://intranet'],
    ['https://localhost:5173', 'https://localhost:5173'],
    ['http://localhost', 'http://localhost'],
    ['http://LOCALHOST:80', 'http://localhost'],
    ['http://localhost:3000/', 'http://localhost:3000'],
  ] as const)
    assert.equal(originOf(given), kept, given)
})

test('what is no single origin, or not safe on its way, is refused in words', () => {
  for (const [given, said] of [
    ['', /not an origin/],
    ['null', /not an origin/],
    ['shop.example', /not an origin/],
    ['//shop.example', /not an origin/],
    ['https:shop.example', /not an origin/],
    ['https://', /not an origin/],
    ['https://shop example', /not an origin/],
    ['https://shop.exa\nmple', /not an origin/],
    ['https://a.example https://b.example', /not an origin/],
    ['https://shop.example:99999', /not an origin/],
    ['ftp://shop.example', /not an origin/],
    ['file:///etc', /not an origin/],
    ['javascript:alert(1)', /not an origin/],
    ['data:text/html,x', /not an origin/],
    ['*', /not an origin/],
    ['https://*', /more than one/],
    ['https://*.example', /more than one/],
    ['https://shop.example:*', /more than one/],
    ['https://shop.example/contact', /path/],
    ['https://shop.example?x', /path/],
    ['https://shop.example#x', /path/],
    ['https://shop.example\\x', /path/],
    ['https://me@shop.example', /path/],
    ['https://shop.example@evil.example', /path/],
    ['http://shop.example', /https/],
    ['http://localhost.shop.example', /https/],
    ['http://127.0.0.1:3000', /number/],
    ['https://192.0.2.1', /number/],
    ['https://0x7f.1', /number/],
    ['https://[::1]:3000', /number/],
    ['https://shop.example;', /letters/],
    ["https://a.example;script-src'", /letters/],
    ['https://a.example,b.example', /letters/],
    ['https://a_b.example', /letters/],
    ['https://shop.example.', /letters/],
    ['http://localhost.', /letters/],
    [`https://${'a'.repeat(60)}.${'b.'.repeat(120)}example`, /letters/],
  ] as const) {
    const read = readOrigin(given)
    assert.match('problem' in read ? read.problem : `kept as ${read.origin}`, said, given)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant, plus } from '#kit/time.ts'
import { deviceOf } from '#people/device.ts'
import { newRecoveryCodes, newTotpSecret, readRecoveryCode } from '#people/secrets.ts'
import { enrolmentUri, stepOf } from '#people/totp.ts'

// The secret and codes of RFC 6238, appendix B, of which apps show the last six digits.
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const at = (seconds: number) => instant(seconds * 1000)

test('a code is that of its step, as RFC 6238 has it', () => {
  assert.equal(stepOf(secret, '287082', at(59)), 1)
  assert.equal(stepOf(secret, '081804', at(1_111_111_109)), 37_037_036)
  assert.equal(stepOf(secret, '050471', at(1_111_111_111)), 37_037_037)
  assert.equal(stepOf(secret, '279037', at(2_000_000_000)), 66_666_666)
})

test('a clock may be one step off, from the first second of a step to its last', () => {
  const code = '050471'
  const start = at(1_111_111_110)
  for (const off of [-30, -1, 0, 29, 30, 59]) assert.equal(stepOf(secret, code, plus(start, off)), 37_037_037)
  for (const off of [-31, 60]) assert.equal(stepOf(secret, code, plus(start, off)), null)
})

test('what is no code is none, and no failure', () => {
  for (const code of ['', '28708', '2870820', '28708a', '２８７０８２', '-28708'])
    assert.equal(stepOf(secret, code, at(59)), null, code)
})

test('the address for the app names the desk and the account, whatever they are called', () => {
  const uri = new URL(enrolmentUri(secret, 'Bo & Söhne: Hilfe', 'a+b@desk.example'))
  assert.equal(decodeURIComponent(uri.pathname), '/Bo & Söhne  Hilfe:a+b@desk.example')
  assert.deepEqual(
    [uri.searchParams.get('secret'), uri.searchParams.get('issuer')],
    [secret, 'Bo & Söhne  Hilfe'],
  )
})

test('secrets and recovery codes are long, and read however they are typed', () => {
  assert.match(newTotpSecret(), /^[A-Z2-7]{32}$/)
  const codes = newRecoveryCodes()
  assert.equal(new Set(codes).size, 10)
  for (const code of codes) {
    assert.match(code, /^(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
    assert.equal(readRecoveryCode(code.toLowerCase().replaceAll('-', ' ')), code)
  }
  assert.equal(readRecoveryCode('oil0-oil0-oil0-oil0'), '0110-0110-0110-0110')
})

test('a device is named as people know it', () => {
  const mozilla = 'Mozilla/5.0'
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'
  for (const [userAgent, browser, system] of [
    [`${mozilla} (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0`, 'Firefox', 'Linux'],
    [
      `${mozilla} (Windows NT 10.0; Win64; x64) ${webkit} Chrome/140.0.0.0 Safari/537.36`,
      'Chrome',
      'Windows',
    ],
    [`${mozilla} (Windows NT 10.0) ${webkit} Chrome/140.0 Safari/537.36 Edg/140.0`, 'Edge', 'Windows'],
    [
      `${mozilla} (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Version/18.4 Safari/605.1.15`,
      'Safari',
      'macOS',
    ],
    [
      `${mozilla} (iPhone; CPU iPhone OS 18_4 like Mac OS X) ${webkit} Version/18.4 Mobile/15E148 Safari/604.1`,
      'Safari',
      'iPhone',
    ],
    [
      `${mozilla} (iPad; CPU OS 18_4 like Mac OS X) ${webkit} CriOS/140.0 Mobile/15E148 Safari/604.1`,
      'Chrome',
      'iPad',
    ],
    [
      `${mozilla} (Linux; Android 15) ${webkit} SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36`,
      'Samsung Internet',
      'Android',
    ],
    ['curl/8.5.0', null, null],
    ['', null, null],
  ] as const)
    assert.deepEqual(deviceOf(userAgent), { browser, system }, userAgent)
})

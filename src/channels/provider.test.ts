import assert from 'node:assert/strict'
import { test } from 'node:test'
import { providerOf } from '#channels/provider.ts'

const named = (domain: string, ...exchanges: string[]) => providerOf(domain, exchanges).name

test('a provider is known by its MX, by its own domain where DNS says nothing, and not by a name that only ends alike', () => {
  assert.equal(named('acme.example', 'aspmx.l.google.com.'), 'Google')
  assert.equal(named('acme.example', 'acme-example.mail.protection.outlook.com'), 'Microsoft 365')
  assert.equal(named('acme.example', 'mx00.ionos.de'), 'IONOS')
  assert.equal(named('gmail.com'), 'Google')
  assert.equal(named('GMX.de'), 'GMX')
  assert.equal(named('notgmail.com'), '')
  assert.equal(named('acme.example', 'mail.notoutlook.com'), '')
  assert.equal(providerOf('acme.example', []).imap.host, 'imap.acme.example')
})

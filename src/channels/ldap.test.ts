// What an entry of a directory says, however its server writes names.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { subjectOf } from '#channels/ldap.ts'

test('names of attributes have no case (RFC 4512 §2.5)', () => {
  const dn = 'uid=nia,dc=acme,dc=example'
  for (const name of ['entryUUID', 'entryuuid', 'ENTRYUUID'])
    assert.equal(subjectOf({ dn, [name]: 'u-1' }), 'u-1')
  assert.equal(subjectOf({ dn, objectguid: Buffer.from([1, 255]), entryUUID: 'u-1' }), '01ff')
  assert.equal(subjectOf({ dn, uid: 'nia' }), null)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayReach } from '#channels/egress.ts'

const INSIDE = [
  '127.0.0.1',
  '10.1.2.3',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '255.255.255.255',
  '224.0.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '168.63.129.16',
  '100.100.100.200',
  '192.88.99.1',
  '::1',
  '::',
  '::7f00:1',
  '::8.8.8.8',
  '::ffff:127.0.0.1',
  '::ffff:0:7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b::808:808',
  '64:ff9b:1::a00:1',
  '2002:7f00:1::',
  '2001:0:53aa:64c::1',
  '2001:db8::1',
  '2001:20::1',
  '3fff::1',
  '5f00::1',
  'fc00::1',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  '4000::1',
  '100::1',
]

test('only hosts of the public internet are reached, by no translator and no other spelling', () => {
  assert.deepEqual(
    INSIDE.filter((address) => mayReach('host.example', address, [])),
    [],
  )
  for (const address of [
    '8.8.8.8',
    '93.184.216.34',
    '2606:4700::1111',
    '2a00:1450:4001::200e',
    '::ffff:8.8.8.8',
  ])
    assert.ok(mayReach('host.example', address, []), address)
})

test('an operator can still name what lies inside', () => {
  assert.ok(mayReach('host.example', '168.63.129.16', ['168.63.129.16']))
  assert.ok(mayReach('host.example', '64:ff9b::808:808', ['64:ff9b::/96']))
})

// What a new ticket says to the server.
import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { bodyOf } from './body-of.ts'

const written = {
  direction: 'outbound',
  address: 'cy@customer.example',
  name: ' Cy ',
  subject: ' Your lamp ',
  cc: 'a@x.example; b@x.example',
  text: '<p>Hello</p>',
} as const
const field = (key: string, type: 'number' | 'checkbox' | 'text') => ({ key, type }) as never

test('what is written goes to the customer with its copies, and empty fields are not said', () => {
  const form = new FormData()
  for (const [key, value] of Object.entries({
    priority: 'high',
    status: 'pending',
    tags: 'a, b',
    'field.n': '3',
    'field.t': '',
  }))
    form.set(key, value)
  deepEqual(
    bodyOf(form, { ...written, fields: [field('n', 'number'), field('t', 'text'), field('c', 'checkbox')] }),
    {
      subject: 'Your lamp',
      body: '<p>Hello</p>',
      bodyFormat: 'html',
      requester: { email: 'cy@customer.example', name: 'Cy' },
      priority: 'high',
      direction: 'outbound',
      status: 'pending',
      tags: ['a', 'b'],
      fields: { n: 3 },
      cc: ['a@x.example', 'b@x.example'],
    },
  )
})

test('what was heard says by which way, and copies nobody', () => {
  const form = new FormData()
  form.set('priority', 'normal')
  form.set('channel', 'phone')
  const { cc, status, channel } = bodyOf(form, { ...written, direction: 'inbound', fields: [] })
  deepEqual([cc, status, channel], [undefined, undefined, 'phone'])
})

// M6: whatever people write in names, subjects, texts and ids, a mail has exactly the headers and recipients that were meant.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compose } from '#mail/compose.ts'
import type { Address } from '#mail/address.ts'
import type { Outgoing } from '#mail/mail.ts'
import { parse } from '#mail/parse.ts'

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom(
    'a\r\nBcc: evil@evil.com',
    'a\nBcc: evil@evil.com\n\nbody',
    'a\r\n\r\n<script>',
    '=?utf-8?q?a=0D=0ABcc:_evil@evil.com?=',
    'evil@evil.com, other@evil.com',
    '"x" <evil@evil.com>',
    'a\u2028Bcc: evil@evil.com',
    'a\u0000b\u0085Bcc: e@evil.com',
    '<a@b> <evil@evil.com>',
  ),
)
const allowed = new Set([
  'from',
  'to',
  'cc',
  'reply-to',
  'subject',
  'message-id',
  'in-reply-to',
  'references',
  'date',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'x-docket-loop',
  'auto-submitted',
  'x-auto-response-suppress',
])

test('M6: no text becomes a header or a recipient', async () => {
  await fc.assert(
    fc.asyncProperty(nasty, nasty, nasty, nasty, nasty, async (name, subject, text, id, file) => {
      const outgoing: Outgoing = {
        from: { name, address: 'support@desk.example' as Address },
        replyTo: 'support+r.1.x@desk.example' as Address,
        to: [{ name, address: 'cy@customer.example' as Address }],
        cc: [{ name: subject, address: 'cc@customer.example' as Address }],
        subject,
        messageId: `${id}@desk.example`,
        inReplyTo: id,
        references: [id, 'known@customer.example'],
        date: '2026-03-02T09:00:00.000Z' as Outgoing['date'],
        text,
        html: null,
        attachments: [{ name: file, type: file, bytes: Buffer.from('x'), contentId: file, inline: false }],
        automatic: 'generated',
        bounceTo: null,
      }
      const { raw, envelope } = await compose(outgoing)
      assert.deepEqual(envelope.to, ['cy@customer.example', 'cc@customer.example'])
      const parsed = await parse(raw)
      assert.ok(parsed.ok)
      const { mail } = parsed
      assert.deepEqual(
        mail.to.map(({ address }) => address),
        ['cy@customer.example'],
      )
      assert.deepEqual(
        mail.cc.map(({ address }) => address),
        ['cc@customer.example'],
      )
      assert.equal(mail.from?.address, 'support@desk.example')
      for (const header of mail.headers.keys())
        assert.ok(allowed.has(header), `a header of its own: ${header}`)
      for (const header of ['from', 'to', 'cc', 'subject', 'message-id'])
        assert.equal(
          mail.headers.get(header)?.length ?? 0,
          header === 'subject' ? (mail.headers.get('subject')?.length ?? 0) : 1,
        )
      const head = raw.toString('latin1').split('\r\n\r\n')[0] ?? ''
      assert.doesNotMatch(head, /^bcc:/im)
      // oxlint-disable-next-line no-control-regex -- that there are none is what is tested
      assert.doesNotMatch(head.replaceAll('\r\n', ''), /[\u0000-\u0008\u000a-\u001f\u007f]/)
    }),
    { numRuns: 300 },
  )
})

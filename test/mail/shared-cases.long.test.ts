// What people who run desks met and what real programs wrote, where those collections lie beside the repository: each case by its
// name, with what is right. A file without a line here fails, so that none is passed over.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { corpora } from '../../bench/mail.ts'
import { readIcs } from '#hours/ics.ts'
import { readBounce } from '#mail/bounce.ts'
import { explain, type Explanation } from '#mail/explain.ts'
import { parse } from '#mail/parse.ts'
import { firstName } from '#people/first-name.ts'
import { post } from '../support/customer.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { onceIn } from '../support/puzzle.ts'

const isHere = existsSync(`${corpora}field`) && existsSync(`${corpora}programs`)
const skip = isHere ? false : '../shared/corpora is not here'
const bytesOf = (folder: string, name: string) => readFileSync(`${corpora}${folder}/${name}`)

/** Part of what a mail is understood as; a list of names stands for the files listed under it. */
type Right = Partial<Pick<Explanation, 'kind' | 'visibleText' | 'originalSender' | 'subject'>> & {
  readonly from?: string
  readonly files?: readonly string[]
  readonly bounce?: Partial<NonNullable<Explanation['bounce']>>
  readonly says?: RegExp
  readonly quotes?: RegExp
}

const answer = 'Thank you, the invoice arrived.\nPlease use my new address: Lindenweg 4.'
const address = /please change my delivery address to Lindenweg 4\.\s+Anna Beck$/
const failed = (
  status: string,
  reason: 'address_unknown' | 'policy_refused' | 'relay_denied' | 'message_too_big',
) => ({
  kind: 'bounce' as const,
  bounce: { status, reason, class: 5 as const, hard: reason === 'address_unknown' },
})

const mails: Readonly<Record<string, Right>> = {
  'field/01-inline-pdf-apple.eml': { files: ['plan.pdf'] },
  'field/01b-inline-photo-no-cid.eml': { files: ['IMG_0001.jpeg'] },
  'field/01c-inline-csv.eml': { files: ['list.csv'] },
  'field/01g-cid-in-comment.eml': { files: ['image9.png'] },
  'field/01h-cid-css-background.eml': { files: ['bg.png'] },
  'field/01i-related-inline-pdf.eml': { files: ['order.pdf'] },
  'field/02-from-unquoted-comma.eml': { from: 'max@customer.example' },
  'field/02b-from-apostrophes.eml': { from: 'max2@customer.example' },
  'field/02d-from-mailto.eml': { from: 'max@customer.example' },
  'field/02g-quoted-local-part.eml': { from: 'taro..yamada.@docomo.example' },
  'field/02h-eai.eml': { from: 'jürgen@müller-bau.example' },
  'field/02i-underscore-in-domain.eml': { from: 'max@my_host.customer.example' },
  'field/02j-intranet-host.eml': { from: 'scanner@PRINTER01' },
  'field/03-replyto.eml': { from: 'wordpress@shop.example' },
  'field/06-search-forwarded.eml': { originalSender: { email: 'third@party.example', name: 'Third Person' } },
  'field/06c-search-signature.eml': { visibleText: 'Hello,\n\nplease send' },
  'field/06d-text-placeholder.eml': {
    visibleText: 'Guten Tag, bitte stornieren Sie Auftrag HX-55190 sofort.',
  },
  'field/06f-soft-hyphen.eml': { says: /Nbsp/ },
  'field/06g-underscores.eml': { says: /line one\n_____\nline two/ },
  'field/15-subject-split-b64.eml': { subject: 'Rückfrage Größe 👍 Ende' },
  'field/19-attachment-names.eml': {
    files: ['ITN21-0089.jpg', 'attachment-2.png', 'attachment-3.msg', 'Vertrag 2026.docx'],
  },
  'programs/01-reply-pipe-prefix-bottom.eml': { visibleText: answer, quotes: /Did it arrive/ },
  'programs/03-reply-thebat-initials-HANDMADE.eml': {
    visibleText: 'Hello Tom,\n\nMy new address is Lindenweg 4.',
  },
  'programs/05-away-precedence-junk.eml': { kind: 'auto_reply' },
  'programs/06-away-precedence-bulk.eml': { kind: 'auto_reply' },
  'programs/07-smime-opaque-signed.eml': { says: address },
  'programs/08-sendmail-connection-refused-by.eml': {
    kind: 'bounce',
    bounce: { status: '4.4.7', hard: false },
  },
  'programs/09-relay-access-denied.eml': failed('5.7.1', 'relay_denied'),
  'programs/11-opensmtpd-552-534.eml': failed('5.3.4', 'message_too_big'),
  'programs/12-exim-unrouteable-local.eml': failed('5.0.0', 'address_unknown'),
  'programs/13-forward-rfc822-bracket-subject.eml': {
    originalSender: { email: 'jg@kunde.example', name: 'Jürgen Groß' },
  },
  'programs/15-uuencode.eml': { says: address, files: ['picture.jpg'] },
  'programs/16-pgp-clearsigned.eml': { says: address },
  'programs/18-supercite.eml': { visibleText: answer, quotes: /Did it arrive/ },
  'programs/19-notmuch-nontext-line.eml': { visibleText: answer },
  'programs/20-sieve-reject.eml': failed('5.0.0', 'policy_refused'),
}

/** Not mails but what to do with one: field.test.ts, as the keys of 12 are in the browser's tests. */
const described = new Set(['field/14-machine-ack.eml', 'field/14b-reaction.eml'])

describe('mails of others', { skip }, () => {
  const names = !isHere
    ? []
    : ['field', 'programs'].flatMap((folder) =>
        readdirSync(`${corpora}${folder}`).map((name) => `${folder}/${name}`),
      )
  for (const name of names.filter((each) => each.endsWith('.eml') && !described.has(each)))
    test(name, async () => {
      const right = mails[name]
      assert.ok(right !== undefined, 'what is right is not said here')
      check(explain(await parse(readFileSync(`${corpora}${name}`)), name), right)
    })

  test('Sendmail names a refused connection or the time it gave up, never the recipient’s policy', async () => {
    const parsed = await parse(bytesOf('programs', '08-sendmail-connection-refused-by.eml'))
    assert.ok(parsed.ok && ['network', 'expired'].includes(readBounce(parsed.mail).reason))
  })
})

function check(found: Explanation, { from, files, bounce, says, quotes, ...same }: Right): void {
  for (const [key, value] of Object.entries(same))
    assert.deepEqual(found[key as keyof Explanation], value, key)
  if (from !== undefined) assert.equal(found.from?.email, from)
  if (files !== undefined)
    assert.deepEqual(
      found.attachments.filter(({ inline }) => !inline).map(({ name }) => name),
      files,
    )
  for (const [key, value] of Object.entries(bounce ?? {}))
    assert.equal(found.bounce?.[key as 'status'], value, key)
  if (says !== undefined) assert.match(found.visibleText, says)
  if (quotes !== undefined) assert.match(found.quotedText, quotes)
}

describe('holiday files and names of others', { skip }, () => {
  const days = (name: string) => {
    const read = readIcs(bytesOf('field', name).toString('utf8'), new Date('2026-06-01T00:00:00Z'))
    return 'dates' in read ? read.dates.map(({ date }) => date) : read.problem
  }
  test('10: a date without its kind, two calendars in one file, a byte order mark', () => {
    assert.deepEqual(days('10-ics-date-without-value.ics'), ['2026-12-25'])
    assert.deepEqual(days('10b-two-calendars.ics'), ['2026-12-25', '2026-12-26'])
    assert.deepEqual(days('10d-bom.ics'), ['2026-12-25'])
  })
  test('11: moved, cancelled, and Outlook’s day from midnight to midnight', () => {
    const moved = days('11-ics-moved.ics')
    assert.ok(moved.includes('2026-12-28') && !moved.includes('2026-12-25'))
    assert.deepEqual(days('11b-ics-cancelled.ics'), [])
    assert.deepEqual(days('11e-ics-outlook-allday.ics'), ['2026-12-25'])
  })
  test('16: first names', () => {
    const names = ['Müller, Hans', 'Dr. Hans Müller', "'Max Muster'", 'van der Berg, Eva', 'Herr Müller']
    assert.deepEqual(names.map(firstName), ['Hans', 'Hans', 'Max', 'Eva', ''])
  })
})

describe('a desk that gets them', { skip }, () => {
  let desk: TestDesk
  const support = 'support@lumenandlark.example'
  before(async () => {
    desk = await startDesk()
    assert.equal((await desk.api('POST', '/mailboxes', { address: support })).status, 201)
  })
  after(() => desk?.close())

  const posted = (raw: Buffer, from: string) => post(desk.smtpPort, raw, { from, to: [support] })
  const asked = async (
    q: string,
  ): Promise<{ id: number; subject: string; team: object | null; requester: { email: string } }[]> =>
    (await desk.api('GET', `/tickets?q=${encodeURIComponent(q)}`)).body.items
  const found = (q: string) => until(async () => (await asked(q))[0])
  const opened = async (body: object) => {
    const { body: ticket, status } = await desk.api('POST', '/tickets', {
      subject: 'A case',
      body: 'Nothing',
      requester: { email: 'ann@customer.example' },
      ...body,
    })
    assert.equal(status, 201, JSON.stringify(ticket))
    return ticket.id as number
  }
  const findsAll = async (id: number, queries: readonly string[]) => {
    for (const q of queries)
      await until(async () => (await asked(q)).some((each) => each.id === id)).catch(() =>
        assert.fail(`${q} does not find ${id}`),
      )
  }

  test('01, 02, 06, 15, 19: every mail becomes a ticket of its sender, with its files, and its words are found', async () => {
    const sent = Object.keys(mails).filter((name) => /^field\/(?:01|02|06|15|19)/.test(name))
    for (const name of sent)
      assert.match(await posted(readFileSync(`${corpora}${name}`), 'path@customer.example'), /^250 /, name)
    for (const q of [
      'B-7781',
      '4411',
      'HX-55190',
      'Auftrag',
      'ZX-991',
      '"line three"',
      'plan.pdf',
      'list.csv',
      'order.pdf',
      'Rückfrage',
    ])
      await found(q)
    await until(async () => (await asked('')).length >= sent.length || undefined)
    const held = (await desk.api('GET', '/quarantine?limit=200')).body.items
    assert.deepEqual(
      held.map(({ subject }: { subject: string }) => subject),
      [],
    )
  })

  test('02l: odd envelope addresses are taken', async () => {
    const lines =
      bytesOf('field', '02l-smtp.txt')
        .toString('utf8')
        .match(/(?<=<)[^>]+(?=>)/g) ?? []
    assert.ok(lines.length >= 2)
    const raw = (path: string) =>
      Buffer.from(`From: odd@customer.example\r\nTo: ${support}\r\nSubject: ${path}\r\n\r\nHello\r\n`)
    for (const path of lines) assert.match(await posted(raw(path), path), /^250 /, path)
  })

  test('03: the person in Reply-To is offered', async () => {
    await posted(bytesOf('field', '03-replyto.eml'), 'wordpress@shop.example')
    const { id } = await found('"Contact form"')
    const { items } = (await desk.api('GET', `/tickets/${id}/messages`)).body
    assert.ok(items.some(({ text }: { text: string }) => text.includes('carl@client.example')))
  })

  test('04: a form filled in by a browser is kept, whatever its trap says', async () => {
    const form = new FormData()
    const once = onceIn(await (await fetch(`${desk.url}/forms/contact`)).text())
    const filled = {
      once,
      answer: '',
      website: 'https://client.example',
      leave_empty: 'https://client.example',
    }
    const values = {
      ...filled,
      name: 'Carl',
      email: 'carl@client.example',
      subject: 'Help trapped',
      message: 'hello',
    }
    for (const [name, value] of Object.entries(values)) form.append(name, value)
    await fetch(`${desk.url}/forms/contact`, { method: 'POST', body: form })
    await until(async () => {
      const held = (await desk.api('GET', '/quarantine?limit=200')).body.items
      return (
        [...held, ...(await asked('"Help trapped"'))].some(({ subject }) => subject === 'Help trapped') ||
        undefined
      )
    })
  })

  test('05, 07, 08, 09: search finds what stands on the screen, and what it cannot read it reads as words', async () => {
    const first = await opened({ body: 'I ask about SECQ-1' })
    for (let count = 0; count < 201; count++)
      await desk.api('POST', `/tickets/${first}/messages`, { kind: 'note', body: `Note ${count}` })
    await findsAll(first, ['SECQ-1'])
    const { key } = (await desk.api('POST', '/fields', { label: 'Order number', type: 'text' })).body
    await findsAll(await opened({ fields: { [key]: 'ZK-88123-A' } }), ['ZK-88123-A'])
    const [said = '', queries = ''] = bytesOf('field', '08-search-german-phone.txt')
      .toString('utf8')
      .split('\n')
    const words = queries.replace('queries: ', '').split(/ \| |, /)
    await findsAll(
      await opened({ body: said }),
      words.map((each) => each.trim()),
    )
    const all = (await asked('')).length
    for (const q of ['C:\\Users\\ann', 'mailto:x', 'note:abc']) assert.ok((await asked(q)).length < all, q)
  })

  test('13: one mail to two mailboxes is one ticket', async () => {
    assert.equal(
      (await desk.api('POST', '/mailboxes', { address: 'billing@lumenandlark.example' })).status,
      201,
    )
    const to = [support, 'billing@lumenandlark.example']
    const raw = Buffer.from(
      `From: two@customer.example\r\nTo: ${to.join(', ')}\r\nMessage-ID: <two@customer.example>\r\nSubject: To both\r\n\r\nHello\r\n`,
    )
    for (const each of to)
      assert.match(await post(desk.smtpPort, raw, { from: 'two@customer.example', to: [each] }), /^250 /)
    const { id } = await found('"To both"')
    await until(
      async () => (await desk.api('GET', `/tickets/${id}/messages`)).body.items.length > 1 || undefined,
    )
    assert.equal((await asked('"To both"')).length, 1)
  })

  test('17: a team that a mailbox feeds is not archived unasked', async () => {
    const team = (await desk.api('POST', '/teams', { name: 'Fed' })).body.id
    const { id } = (await desk.api('POST', '/mailboxes', { address: 'fed@lumenandlark.example' })).body
    assert.equal((await desk.api('PATCH', `/mailboxes/${id}`, { team })).status, 200)
    assert.equal((await desk.api('PATCH', `/teams/${team}`, { archived: true })).status, 409)
  })

  test('18: the API takes an address that mail takes', async () => {
    await opened(JSON.parse(bytesOf('field', '18-api-address.json').toString('utf8')))
    await opened({ requester: { email: 'a&b@customer.example' } })
  })
})

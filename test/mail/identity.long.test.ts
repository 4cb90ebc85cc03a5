// M1, M4, M5, M8, P2–P4: who may speak on a ticket by mail. Every combination of author, proof and reference against a short oracle.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sealMessage } from 'mailauth'
import { dkimSign } from 'mailauth/lib/dkim/sign.js'
import type { Dns } from '#channels/dns.ts'
import { acceptMail } from '#desk/inbound/receive.ts'
import { replyAddress } from '#mail/token.ts'
import type { Address } from '#mail/address.ts'
import { readSettings, writeSettings } from '#setup/settings-store.ts'
import { sql } from '#store/sql.ts'
import { letter } from '../support/customer.ts'
import { letters, senders as services } from '../support/verification-mails.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
const records: Readonly<Record<string, string>> = {
  'k1._domainkey.proven.org': `v=DKIM1; k=rsa; p=${key}`,
  '_dmarc.proven.org': 'v=DMARC1; p=none',
  '_dmarc.strict.org': 'v=DMARC1; p=reject',
  'k1._domainkey.silent.org': `v=DKIM1; k=rsa; p=${key}`,
}
const dns: Dns = async (name, type) => {
  if (name === '_dmarc.away.org') throw Object.assign(new Error('away'), { code: 'ETIMEOUT' })
  const record = type === 'TXT' ? records[name] : undefined
  if (record === undefined) throw Object.assign(new Error(name), { code: 'ENOTFOUND' })
  return [[record]]
}

const support = 'support@docket.localhost'
let desk: TestDesk
before(async () => {
  desk = await startDesk({ dns })
  await setPolicy({ trustedServers: ['mx.desk.example'] })
})
after(() => desk.close())

async function setPolicy(policy: object) {
  const { database, setup } = desk.running.desk
  const settings = await readSettings(database)
  const value = { ...settings, acknowledgement: false, mail: { ...settings.mail, ...policy } }
  await writeSettings(database, value, desk.clock.now(), null)
  setup.forget()
}

type Outcome = Record<string, unknown>

async function take(
  bytes: Uint8Array,
  to: readonly string[] = [support],
  from: string | null = null,
): Promise<number> {
  const { desk: inside } = desk.running
  const envelope = { from, to, remoteAddress: null }
  return (await acceptMail(inside, inside.database, { bytes, envelope, source: 'api' })).id
}

async function outcomeOf(id: number): Promise<Outcome> {
  return until(async () => {
    const row = await desk.running.desk.database.row<{ outcome: Outcome | null }>(
      sql`select outcome from raw_mail where id = ${id}`,
    )
    return row?.outcome
  }, 60_000)
}

async function newTicket(
  requester: string,
  cc: readonly string[],
): Promise<{ id: number; messageId: string }> {
  const { body } = await desk.api('POST', '/tickets', {
    subject: 'Matrix',
    body: 'Hello',
    requester: { email: requester },
  })
  const posted = await desk.api('POST', `/tickets/${body.id}/messages`, {
    kind: 'reply',
    body: 'Our answer',
    cc,
  })
  const row = await desk.running.desk.database.row<{ rfc: string }>(
    sql`select rfc_message_id as rfc from message where id = ${posted.body.id}`,
  )
  return { id: body.id, messageId: row?.rfc ?? '' }
}

const senders = ['requester', 'cc', 'agent', 'stranger'] as const
const proofs = ['pass', 'fail', 'none', 'temperror'] as const
const tokens = ['good', 'other', 'expired', 'absent', 'old_format'] as const
const routes = ['in_reply_to', 'references', 'subject', 'plus_address', 'plus_in_copy', 'body'] as const
type Cell = {
  readonly sender: (typeof senders)[number]
  readonly proof: (typeof proofs)[number]
  readonly token: (typeof tokens)[number]
  readonly route: (typeof routes)[number]
  readonly copies: boolean
}

/** The whole rule: a reference is ours and signed or unguessable; only participants speak; nobody is added on an unproven word. */
function oracle({ sender, proof, token, route, copies }: Cell): { outcome: string; copied: boolean } {
  const refers = route !== 'subject' && route !== 'body' && (token === 'good' || token === 'other')
  if (!refers) return { outcome: 'opened', copied: copies && proof === 'pass' }
  const participates = token === 'good' && (sender === 'requester' || sender === 'cc')
  if (!participates) return { outcome: 'unknown_author_update', copied: false }
  if (proof === 'fail') return { outcome: 'failed_authentication', copied: false }
  return { outcome: 'joined', copied: copies && proof === 'pass' && sender === 'requester' }
}

test('M1: 960 cells of author × proof × token × route × copies, none wrong', async () => {
  await desk.addAgent('Ada', 'agent')
  const addressOf = {
    requester: 'rita@customer.com',
    cc: 'carl@customer.com',
    agent: 'ada@desk.example',
    stranger: 'mallory@evil.com',
  }
  const good = await newTicket(addressOf.requester, [addressOf.cc])
  const other = await newTicket('oscar@elsewhere.com', [])
  const { secret } = desk.running.desk
  const address = support as Address
  const plus = {
    good: replyAddress(address, good.id, secret),
    other: replyAddress(address, other.id, secret),
    expired: replyAddress(address, good.id, 'a secret of long ago, no longer in use'),
    absent: support,
    old_format: `support+id${good.id}@docket.localhost`,
  }
  const ids = {
    good: good.messageId,
    other: other.messageId,
    expired: 'gone-for-ever@docket.localhost',
    absent: null,
    old_format: `notify-${good.id}-1@docket.localhost`,
  }
  const cells = senders.flatMap((sender) =>
    proofs.flatMap((proof) =>
      tokens.flatMap((token) =>
        routes.flatMap((route) =>
          [false, true].map((copies): Cell => ({ sender, proof, token, route, copies })),
        ),
      ),
    ),
  )
  const mailOf = (cell: Cell, index: number) => {
    const { sender, proof, token, route, copies } = cell
    const copy = `copy${index}@evil.com`
    const id = ids[token]
    const headers: Record<string, string> = {
      'Authentication-Results': `mx.desk.example; spf=none; dmarc=${proof} (p=NONE) header.from=${addressOf[sender].split('@')[1]}`,
      ...copied(copies ? copy : null, route === 'plus_in_copy' ? plus[token] : null),
      ...(route === 'in_reply_to' && id !== null ? { 'In-Reply-To': `<${id}>` } : {}),
      ...(route === 'references' && id !== null ? { References: `<unknown@x.com> <${id}>` } : {}),
    }
    const mail = letter({
      from: addressOf[sender],
      to: route === 'plus_address' ? plus[token] : support,
      subject: route === 'subject' ? `Re: [#${token === 'other' ? other.id : good.id}] Matrix` : 'Re: Matrix',
      text: route === 'body' ? `A word\n\n> ${plus[token]}\n> <${id ?? ''}>` : `A word ${index}`,
      headers,
    })
    // The trusted server's header stands on top, as that server writes it.
    const [result = '', ...rest] = mail
      .toString('latin1')
      .split('\r\n')
      .toSorted(
        (a, b) =>
          Number(b.startsWith('Authentication-Results:')) - Number(a.startsWith('Authentication-Results:')),
      )
    return { copy, bytes: Buffer.from([result, ...rest].join('\r\n'), 'latin1') }
  }
  const taken = await Promise.all(
    cells.map(async (cell, index) => {
      const { copy, bytes } = mailOf(cell, index)
      return { cell, copy, id: await take(bytes) }
    }),
  )
  const { database } = desk.running.desk
  await until(
    async () =>
      (await database.rows(sql`select 1 from raw_mail where state = 'waiting' limit 1`)).length === 0,
    120_000,
  )
  const rows = await database.rows<{ id: number; outcome: Outcome }>(sql`select id, outcome from raw_mail`)
  const outcomes = new Map(rows.map((row) => [row.id, row.outcome]))
  const joined = await database.rows<{ email: string }>(sql`select p.email
    from ticket_state s cross join jsonb_array_elements(s.state -> 'participants') as each
      join person p on p.id = (each ->> 'personId')::bigint`)
  const participants = new Set(joined.map(({ email }) => email))
  const wrong: string[] = []
  for (const { cell, id, copy } of taken) {
    const outcome = outcomes.get(id) ?? {}
    const is = 'opened' in outcome ? 'opened' : 'joined' in outcome ? 'joined' : String(outcome['held'])
    const right = oracle(cell)
    const isCopied = participants.has(copy)
    if (is !== right.outcome || isCopied !== right.copied)
      wrong.push(`${JSON.stringify(cell)} is ${is} ${isCopied}, should be ${right.outcome} ${right.copied}`)
    if ('joined' in outcome) assert.equal(outcome['joined'], good.id)
  }
  assert.deepEqual(wrong.slice(0, 5), [], `${wrong.length} of ${cells.length} cells are wrong`)
})

/** A Cc header of the addresses there are. */
function copied(...addresses: readonly (string | null)[]): Record<string, string> {
  const there = addresses.filter((address) => address !== null)
  return there.length === 0 ? {} : { Cc: there.join(', ') }
}

async function signed(mail: Buffer, domain: string): Promise<Buffer> {
  const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const key = { signingDomain: domain, selector: 'k1', privateKey: pem }
  const { signatures } = await dkimSign(mail, {
    ...key,
    canonicalization: 'relaxed/relaxed',
    signatureData: [key],
  })
  return Buffer.concat([Buffer.from(signatures), mail])
}

test('signatures are checked here: pass, changed on the way, borrowed, and a domain that says nothing', async () => {
  const checkOf = async (mail: Buffer) => {
    const outcome = await outcomeOf(await take(mail))
    if ('held' in outcome) return `held ${String(outcome['held'])}`
    const { body } = await desk.api('GET', `/tickets/${String(outcome['opened'])}/messages`)
    return body.items[0].senderCheck
  }
  const from = (domain: string, text: string) => letter({ from: `Pat <pat@${domain}>`, to: support, text })
  assert.equal(await checkOf(await signed(from('proven.org', 'one'), 'proven.org')), 'verified')
  const changed = (await signed(from('proven.org', 'two'), 'proven.org'))
    .toString('latin1')
    .replace('two', 'six')
  assert.equal(await checkOf(Buffer.from(changed, 'latin1')), 'failed', 'DMARC fails under p=none')
  assert.equal(
    await checkOf(await signed(from('strict.org', 'three'), 'proven.org')),
    'held failed_authentication',
  )
  assert.equal(
    await checkOf(await signed(from('silent.org', 'four'), 'silent.org')),
    'verified',
    'aligned without a DMARC record',
  )
  assert.equal(await checkOf(from('silent.org', 'five')), 'unverified')
  assert.equal(
    await checkOf(from('away.org', 'six')),
    'unverified',
    'a DNS that does not answer proves nothing',
  )
  // M7: to the library that verifies, this is from proven.org; to the one that parses, from proven.org.uk.
  const twofold = letter({ from: 'pat@proven.org(x).uk', to: support, text: 'seven' })
  assert.equal(await checkOf(await signed(twofold, 'proven.org')), 'failed', 'two readings of From')
})

test('ARC: a listed forwarder who saw DMARC pass is believed about what it changed; nobody else is', async () => {
  const checkOf = async (mail: Buffer) => {
    const outcome = await outcomeOf(await take(mail))
    const { body } = await desk.api('GET', `/tickets/${String(outcome['opened'])}/messages`)
    return body.items[0].senderCheck
  }
  const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
  /** A mail of proven.org that a list changed on its way, and sealed with what it had seen before. */
  const forwarded = async (text: string, sealer: string, seen = 'pass', author = 'proven.org') => {
    const from = `Pat <pat@${author}>`
    const own = await signed(letter({ from, to: support, text }), author)
    const changed = Buffer.from(own.toString('latin1').replace('Subject: ', 'Subject: [list] '), 'latin1')
    const authResults = `${sealer}; dkim=pass header.d=proven.org; dmarc=${seen} (p=NONE) header.from=proven.org`
    const seal = { signingDomain: sealer, selector: 'k1', privateKey: pem, authResults, cv: 'none' as const }
    return Buffer.concat([await sealMessage(changed, seal), changed])
  }
  assert.equal(await checkOf(await forwarded('unlisted', 'silent.org')), 'failed')
  await setPolicy({ trustedServers: ['mx.desk.example'], trustedSealers: ['silent.org'] })
  assert.equal(await checkOf(await forwarded('listed', 'silent.org')), 'verified')
  assert.equal(await checkOf(await forwarded('saw it fail', 'silent.org', 'fail')), 'failed')
  assert.equal(await checkOf(await forwarded('another', 'proven.org')), 'failed', 'a seal of one’s own')
  const broken = (await forwarded('broken', 'silent.org')).toString('latin1').replace('broken', 'forged')
  assert.equal(await checkOf(Buffer.from(broken, 'latin1')), 'failed', 'changed after the seal')
  assert.equal(
    await checkOf(await forwarded('borrowed', 'silent.org', 'pass', 'other.org')),
    'unverified',
    'what was seen was seen of another author',
  )
  await setPolicy({ trustedServers: ['mx.desk.example'], trustedSealers: [] })
})

test('M8: only the topmost results of a listed server are believed', async () => {
  const forged = [
    'mx.evil.com; dmarc=pass header.from=strict.org',
    'MX.DESK.EXAMPLE.evil.com; dmarc=pass header.from=strict.org',
    'evil.com (mx.desk.example); dmarc=pass header.from=strict.org',
    'evil.com; dmarc=fail (mx.desk.example; dmarc=pass)',
    'evil.com;\r\n mx.desk.example; dmarc=pass header.from=strict.org',
  ]
  for (const [index, results] of forged.entries()) {
    const mail = letter({
      from: 'boss@strict.org',
      to: support,
      text: `Forged ${index}`,
      headers: { 'Authentication-Results': results },
    })
    assert.deepEqual(await outcomeOf(await take(mail)), { held: 'failed_authentication' }, results)
  }
  const second = letter({ from: 'boss@strict.org', to: support, text: 'second' }).toString('latin1')
  const both = `Authentication-Results: mx.other.net; dmarc=fail\r\nAuthentication-Results: mx.desk.example; dmarc=pass\r\n${second}`
  assert.deepEqual(await outcomeOf(await take(Buffer.from(both, 'latin1'))), {
    held: 'failed_authentication',
  })
})

test('M5: our own header names from outside change nothing', async () => {
  for (const [name, value] of [
    ['X-Docket-Test', '1.1.00000000000000000000000000000000'],
    ['X-Docket-Ticket', '1'],
    ['X-Docket-Loop', 'somebody@else.com'],
  ]) {
    const mail = letter({
      from: 'm5@silent.org',
      to: support,
      text: `With ${name}`,
      headers: { [name ?? '']: value ?? '' },
    })
    assert.ok('opened' in (await outcomeOf(await take(mail))), name)
  }
})

test('L40, L41, L42, L47: empty ids never match, a token in Cc joins, a cc of one ticket is a stranger on another', async () => {
  const one = await newTicket('una@customer.org', ['carl@customer.com'])
  const two = await newTicket('duo@customer.org', [])
  const empty = (n: number) =>
    Buffer.from(
      letter({ from: 'una@customer.org', to: support, text: `empty ${n}` })
        .toString('latin1')
        .replace(/Message-ID: .*\r\n/, 'Message-ID: <>\r\n'),
      'latin1',
    )
  const [first, second] = [await outcomeOf(await take(empty(1))), await outcomeOf(await take(empty(2)))]
  assert.ok('opened' in first && 'opened' in second && first['opened'] !== second['opened'])

  const token = replyAddress(support as Address, one.id, desk.running.desk.secret)
  const inCc = letter({
    from: 'una@customer.org',
    to: 'somebody@else.org',
    text: 'cc',
    headers: { Cc: token },
  })
  assert.deepEqual(await outcomeOf(await take(inCc)), { joined: one.id })
  const inBcc = letter({ from: 'una@customer.org', to: 'somebody@else.org', text: 'bcc' })
  assert.deepEqual(await outcomeOf(await take(inBcc, [token])), { joined: one.id })

  const crossing = letter({ from: 'carl@customer.com', to: support, inReplyTo: two.messageId, text: 'L42' })
  assert.deepEqual(await outcomeOf(await take(crossing)), { held: 'unknown_author_update' })
  const bare = letter({ from: 'una@customer.org', to: support, subject: 'No number', text: 'L47' })
  assert.ok('opened' in (await outcomeOf(await take(bare))))
})

test('a strict desk holds replies that nothing proves', async () => {
  await setPolicy({ unverifiedReplies: 'hold' })
  const ticket = await newTicket('strict@silent.org', [])
  const mail = letter({ from: 'strict@silent.org', to: support, inReplyTo: ticket.messageId, text: 'held' })
  assert.deepEqual(await outcomeOf(await take(mail)), { held: 'unverified_sender' })
  await setPolicy({ unverifiedReplies: 'join' })
})

test('M2: whoever types an address of ours into a service never reads what comes back', async () => {
  const { id } = await newTicket('mallory@evil.com', ['partner@evil.com'])
  const token = replyAddress(support as Address, id, desk.running.desk.secret)
  const codes: string[] = []
  const reasons = new Set<unknown>()
  for (const [index, [subject, text]] of letters('CODE').slice(0, 12).entries())
    for (const to of [support, token, `support+id${id}@docket.localhost`]) {
      const code = String(7_310_000 + codes.length)
      codes.push(code)
      const from = services[index % services.length]
      const mail = letter({
        from: from?.from ?? '',
        to,
        subject: subject.replaceAll('CODE', code),
        text: text.replaceAll('CODE', code),
        headers: from?.headers ?? {},
      })
      reasons.add((await outcomeOf(await take(mail, [to])))['held'])
    }
  assert.deepEqual([...reasons], ['system_sender'])
  desk.clock.pass(60)
  const { items } = (await desk.api('GET', `/tickets/${id}/messages`)).body
  const told = JSON.stringify(items) + desk.sink.mails.map(({ raw }) => raw.toString()).join()
  assert.deepEqual(
    codes.filter((code) => told.includes(code)),
    [],
  )
})

test('P4: whom an unproven mail copies is suggested, and joins by an agent’s hand alone', async () => {
  const { id } = await newTicket('rita@silent.org', [])
  const token = replyAddress(support as Address, id, desk.running.desk.secret)
  const mail = letter({
    from: 'rita@silent.org',
    to: token,
    text: 'With my colleague',
    headers: { Cc: `pat@silent.org, ${support}` },
  })
  await outcomeOf(await take(mail, [token]))
  const suggested = async () => {
    const { items } = (await desk.api('GET', `/tickets/${id}/messages`)).body
    return items.at(-1).suggestedCc.map(({ email }: { email: string }) => email)
  }
  assert.deepEqual(await suggested(), ['pat@silent.org'])
  await desk.api('POST', `/tickets/${id}/participants`, { role: 'cc', email: 'pat@silent.org' })
  assert.deepEqual(await suggested(), [])
})

// Providers that post mail: a good proof stores it before 200, everything else is refused and changes nothing.
import assert from 'node:assert/strict'
import { createHmac, createSign, generateKeyPairSync } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { isSns, isSnsUrl, readSes } from '#channels/inbound-webhooks.ts'
import { sql } from '#store/sql.ts'
import { letter } from './support/customer.ts'
import { startDesk, until, type TestDesk } from './support/desk.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

const raw = (subject: string) =>
  letter({ from: 'cy@customer.com', to: 'support@docket.localhost', subject }).toString('latin1')
const opened = (subject: string) =>
  until(async () =>
    (await desk.api('GET', '/tickets?limit=200')).body.items.some(
      (each: { subject: string }) => each.subject === subject,
    ),
  )
const stored = async () => (await desk.running.desk.database.rows(sql`select 1 from raw_mail`)).length
const add = async (provider: string, proof: string): Promise<string> => {
  const answer = await desk.api('POST', '/inbound-sources', { name: provider, provider, proof })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body.url
}
const send = async (url: string, body: string, headers: Record<string, string>) =>
  (await fetch(url, { method: 'POST', body, headers })).status
const now = () => String(Math.floor(Date.parse(desk.clock.now()) / 1000))

test('Mailgun: its signature is asked for, and a spent one is refused', async () => {
  const url = await add('mailgun', 'a signing key')
  const form = (timestamp: string, key: string) =>
    new URLSearchParams({
      timestamp,
      token: 'token',
      signature: createHmac('sha256', key).update(`${timestamp}token`).digest('hex'),
      recipient: 'support@docket.localhost',
      sender: 'cy@customer.com',
      'body-mime': raw('By Mailgun'),
    }).toString()
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  const good = form(now(), 'a signing key')
  const count = await stored()
  assert.equal(await send(url, form(now(), 'another key'), type), 403)
  assert.equal(await send(url, form(String(Number(now()) - 3_600), 'a signing key'), type), 403)
  assert.equal(await send(url.replace(/.{5}$/, 'xxxxx'), form(now(), 'a signing key'), type), 404)
  assert.equal(await stored(), count)
  assert.equal(await send(url, good, type), 200)
  assert.equal(await stored(), count + 1, 'stored before it is acknowledged')
  assert.equal(await send(url, good, type), 200)
  assert.equal(await stored(), count + 1, 'the same mail twice is one')
  await opened('By Mailgun')
})

test('Postmark: the agreed password', async () => {
  const url = await add('postmark', 'a password')
  const body = JSON.stringify({
    From: 'cy@customer.com',
    OriginalRecipient: 'support@docket.localhost',
    RawEmail: raw('By Postmark'),
  })
  const headers = (password: string) => ({
    'content-type': 'application/json',
    authorization: `Basic ${Buffer.from(`x:${password}`).toString('base64')}`,
  })
  assert.equal(await send(url, body, headers('wrong')), 403)
  assert.equal(await send(url, body, headers('a password')), 200)
  await opened('By Postmark')
})

test('SendGrid: ECDSA over timestamp and body, multipart', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const url = await add('sendgrid', publicKey.export({ type: 'spki', format: 'der' }).toString('base64'))
  const part = (name: string, value: string) =>
    `--xx\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const body = `${part('email', raw('By SendGrid'))}${part('envelope', '{"from":"cy@customer.com","to":["support@docket.localhost"]}')}--xx--\r\n`
  const headers = (signed: string) => ({
    'content-type': 'multipart/form-data; boundary=xx',
    'x-twilio-email-event-webhook-timestamp': now(),
    'x-twilio-email-event-webhook-signature': createSign('sha256')
      .update(now() + signed)
      .sign(privateKey, 'base64'),
  })
  assert.equal(await send(url, body, headers(`${body} `)), 403)
  assert.equal(await send(url, body, headers(body)), 200)
  await opened('By SendGrid')
})

test('SES: only Amazon’s addresses, only what its certificate signed', () => {
  for (const url of [
    'http://sns.eu-west-1.amazonaws.com/x.pem',
    'https://sns.eu-west-1.amazonaws.com.evil.com/x.pem',
    'https://evil.com/sns.eu-west-1.amazonaws.com',
    'https://sns.eu-west-1.amazonaws.com@evil.com/',
    'https://sns.eu-west-1.amazonaws.com:8443/x',
  ])
    assert.equal(isSnsUrl(url), false, url)
  assert.equal(isSnsUrl('https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem'), true)
  const content = Buffer.from(raw('By SES')).toString('base64')
  const inner = JSON.stringify({
    content,
    mail: { source: 'cy@customer.com' },
    receipt: { recipients: ['support@docket.localhost'], action: { encoding: 'BASE64' } },
  })
  assert.match(readSes(inner)?.raw.toString() ?? '', /Subject: By SES/)

  const folder = mkdtempSync(join(tmpdir(), 'docket-sns-'))
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]
  const made = spawnSync('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=sns',
    ...files,
  ])
  if (made.status === 0) {
    const [key, certificate] = [
      readFileSync(join(folder, 'key.pem'), 'utf8'),
      readFileSync(join(folder, 'cert.pem'), 'utf8'),
    ]
    const message = {
      Type: 'Notification',
      MessageId: 'm',
      TopicArn: 'arn:aws:sns:x',
      Message: inner,
      Timestamp: 't',
      SignatureVersion: '2',
    }
    const text = ['Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type']
      .map((name) => `${name}\n${message[name as keyof typeof message]}\n`)
      .join('')
    const Signature = createSign('sha256').update(text).sign(key, 'base64')
    assert.equal(isSns({ ...message, Signature }, certificate), true)
    assert.equal(isSns({ ...message, Message: `${inner} `, Signature }, certificate), false)
  }
  rmSync(folder, { recursive: true, force: true })
})

test('sources are the administrators’; their proof never comes out', async () => {
  const ada = await desk.addAgent('Ada', 'agent')
  assert.equal((await desk.as(ada.token)('GET', '/inbound-sources')).status, 403)
  assert.equal((await desk.as(ada.token)('POST', '/inbound-sources', {})).status, 403)
  const text = JSON.stringify((await desk.api('GET', '/inbound-sources')).body)
  assert.equal(/a signing key|a password/.test(text), false)
})

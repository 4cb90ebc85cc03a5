// Providers that post mail: a good proof stores it before 200, everything else is refused and changes nothing.
import assert from 'node:assert/strict'
import { createHmac, createSign, generateKeyPairSync } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Egress } from '#channels/egress.ts'
import { isSnsUrl } from '#channels/inbound-webhooks.ts'
import { sql } from '#store/sql.ts'
import { letter } from '../support/customer.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

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

test('SES: only Amazon’s addresses are asked for anything', () => {
  for (const url of [
    'http://sns.eu-west-1.amazonaws.com/x.pem',
    'https://sns.eu-west-1.amazonaws.com.evil.com/x.pem',
    'https://evil.com/sns.eu-west-1.amazonaws.com',
    'https://sns.eu-west-1.amazonaws.com@evil.com/',
    'https://sns.eu-west-1.amazonaws.com:8443/x',
    'https://sns.eu-west-1.amazonaws.com%2eevil.com/x',
    'https://x.sns.eu-west-1.amazonaws.com/x',
    'https://s3.eu-west-1.amazonaws.com/x',
    'file:///etc/passwd',
  ])
    assert.equal(isSnsUrl(url), false, url)
  assert.equal(isSnsUrl('https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem'), true)
  assert.equal(isSnsUrl('https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-1.pem'), true)
})

const amazon = 'https://sns.eu-west-1.amazonaws.com'
const hasOpenssl = spawnSync('openssl', ['version']).status === 0

test(
  'SES: the certificate is fetched from Amazon alone, and only what it signed for this topic is taken',
  { skip: hasOpenssl ? false : 'install openssl to make a certificate' },
  async (t) => {
    const { key, certificate } = selfSigned()
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      if (request.url === '/broken.pem') response.writeHead(500).end()
      else response.end(request.url?.endsWith('.pem') ? certificate : '<ConfirmSubscriptionResponse/>')
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    t.after(() => server.close())
    t.after(amazonIs((server.address() as AddressInfo).port))

    const topic = 'arn:aws:sns:eu-west-1:1:mail'
    const url = await add('ses', topic)
    const inner = JSON.stringify({
      content: Buffer.from(raw('By SES')).toString('base64'),
      mail: { source: 'cy@customer.com' },
      receipt: { recipients: ['support@docket.localhost'], action: { encoding: 'BASE64' } },
    })
    const notification = {
      Type: 'Notification',
      MessageId: 'm',
      TopicArn: topic,
      Message: inner,
      Timestamp: 't',
      SignatureVersion: '2',
      SigningCertURL: `${amazon}/cert.pem`,
    }
    const confirmation = {
      ...notification,
      Type: 'SubscriptionConfirmation',
      Token: 'token',
      SubscribeURL: `${amazon}/?Action=ConfirmSubscription`,
    }
    const posted = (
      message: Readonly<Record<string, string>>,
      change: Readonly<Record<string, string>> = {},
    ) =>
      send(url, JSON.stringify({ ...message, Signature: snsSignature(message, key), ...change }), {
        'content-type': 'text/plain; charset=UTF-8',
      })
    const count = await stored()

    assert.equal(await posted(notification, { SigningCertURL: 'https://evil.com/cert.pem' }), 403)
    assert.equal(await posted({ ...notification, TopicArn: 'arn:aws:sns:eu-west-1:2:theirs' }), 403)
    assert.equal(asked.length, 0, 'neither made the desk ask anybody')
    assert.equal(await posted(notification, { Message: `${inner} ` }), 403)
    assert.equal(await posted({ ...notification, SigningCertURL: `${amazon}/broken.pem` }), 403)
    assert.equal(await posted({ ...confirmation, SubscribeURL: 'https://evil.com/?Action=x' }), 403)
    assert.equal(asked.includes('/?Action=ConfirmSubscription'), false)
    assert.equal(await stored(), count)
    const [source] = (await desk.api('GET', '/inbound-sources')).body.items.filter(
      (each: { provider: string }) => each.provider === 'ses',
    )
    assert.match(source.refusal, /confirmation does not lead to Amazon/, 'administrators read why')

    assert.equal(await posted(confirmation), 200)
    assert.equal(asked.at(-1), '/?Action=ConfirmSubscription')
    assert.equal(await posted(notification), 200)
    assert.equal(await stored(), count + 1)
    assert.equal(
      asked.filter((each) => each === '/cert.pem').length,
      2,
      'once it proved something it is kept',
    )
    await opened('By SES')
  },
)

/** Leads what the desk fetches from Amazon to a server of ours; what may be fetched is decided before, in the desk. */
function amazonIs(port: number): () => void {
  const { desk: inside } = desk.running
  const { egress } = inside
  const fetch: Egress['fetch'] = (url, init) =>
    egress.fetch(url.replace(amazon, `http://127.0.0.1:${port}`), init)
  Object.assign(inside, { egress: { ...egress, fetch } })
  return () => void Object.assign(inside, { egress })
}

function selfSigned(): { key: string; certificate: string } {
  const folder = mkdtempSync(join(tmpdir(), 'docket-sns-'))
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const options = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=sns'.split(' ')
  const made = spawnSync('openssl', [...options, '-keyout', key, '-out', certificate])
  assert.equal(made.status, 0, made.stderr.toString())
  const pair = { key: readFileSync(key, 'utf8'), certificate: readFileSync(certificate, 'utf8') }
  rmSync(folder, { recursive: true, force: true })
  return pair
}

/** As Amazon documents it: names and values of these fields, each on a line of its own. */
function snsSignature(message: Readonly<Record<string, string>>, key: string): string {
  const fields =
    message['Type'] === 'Notification'
      ? ['Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']
  return createSign('sha256')
    .update(fields.map((name) => `${name}\n${message[name]}\n`).join(''))
    .sign(key, 'base64')
}

test('sources are the administrators’; their proof never comes out', async () => {
  const ada = await desk.addAgent('Ada', 'agent')
  assert.equal((await desk.as(ada.token)('GET', '/inbound-sources')).status, 403)
  assert.equal((await desk.as(ada.token)('POST', '/inbound-sources', {})).status, 403)
  const text = JSON.stringify((await desk.api('GET', '/inbound-sources')).body)
  assert.equal(/a signing key|a password/.test(text), false)
})

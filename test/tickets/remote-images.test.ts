// Images of mails that lie on other servers: shown when asked for, through this server, and nothing else is fetched.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { sql } from '#store/sql.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const asked: string[] = []
let cookies = 0
const elsewhere = createServer((request, response) => {
  asked.push(request.url ?? '')
  if (request.headers.cookie !== undefined || request.headers.referer !== undefined) cookies++
  if (request.url === '/away.png') return response.writeHead(302, { location: '/pixel.png?x=1&y=2' }).end()
  if (request.url === '/page.png')
    return response.end('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
  if (request.url === '/huge.png') return response.end(Buffer.concat([png, Buffer.alloc(6_000_000)]))
  if (request.url === '/round.png') return response.writeHead(302, { location: '/round.png' }).end()
  return response.end(png)
})
let desk: TestDesk
let there: string
before(async () => {
  desk = await startDesk()
  await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done))
  there = `http://127.0.0.1:${(elsewhere.address() as { port: number }).port}`
})
after(async () => {
  elsewhere.close()
  await desk.close()
})

async function mailWith(
  images: readonly string[],
): Promise<{ id: number; message: { id: number; html: string; remoteImages: number } }> {
  const subject = `Pictures ${asked.length} ${images.length}`
  const tags = images.map((url) => `<img src="${url.replaceAll('&', '&amp;')}" alt="">`).join('')
  const head = `From: pat@customer.example\r\nTo: support@docket.localhost\r\nSubject: ${subject}\r\nMessage-ID: <${Math.random()}@x>`
  const raw = `${head}\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>Look ${tags}</p>\r\n`
  await desk.api('POST', '/inbound/email', Buffer.from(raw), { 'content-type': 'message/rfc822' })
  const { id } = await until(async () => (await desk.api('GET', `/tickets?q="${subject}"`)).body.items[0])
  return { id, message: (await desk.api('GET', `/tickets/${id}/messages`)).body.items[0] }
}
const sources = (html: string): string[] =>
  [...html.matchAll(/ src="([^"]*)"/g)].map(([, url = '']) => url.replaceAll('&amp;', '&'))

test('nothing is fetched until an agent asks; then images come through this server without a word about who looks', async () => {
  const images = ['/pixel.png?a=1&b=2', '/away.png', '/page.png', '/huge.png', '/round.png'].map(
    (path) => there + path,
  )
  const { id, message } = await mailWith(images)
  assert.equal(message.remoteImages, 5)
  assert.deepEqual(sources(message.html), [])
  assert.equal(asked.length, 0)
  const { body: shown } = await desk.api('GET', `/tickets/${id}/messages/${message.id}?remoteImages=show`)
  assert.equal(asked.length, 0, 'the server looks only when the browser does')
  const urls = sources(shown.html)
  assert.equal(urls.length, 5)
  const answers = await Promise.all(urls.map((url) => fetch(desk.url + url)))
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 404, 404, 404],
    'a picture, one behind a redirect; no SVG, nothing too large, nothing in circles',
  )
  assert.equal(answers[0]?.headers.get('content-type'), 'image/png')
  assert.match(answers[0]?.headers.get('content-security-policy') ?? '', /sandbox/)
  assert.ok(asked.includes('/pixel.png?a=1&b=2'), 'the address is what the mail said')
  assert.equal(cookies, 0)
})

test('only what this desk signed is fetched, and not for ever', async () => {
  const { id, message } = await mailWith([`${there}/once.png`])
  const { body: shown } = await desk.api('GET', `/tickets/${id}/messages/${message.id}?remoteImages=show`)
  const [url = ''] = sources(shown.html)
  const forged = url.replace('once.png', 'other.png')
  const before = asked.length
  assert.equal((await fetch(desk.url + forged)).status, 404)
  assert.equal((await fetch(`${desk.url}/api/v1/remote-images?url=${encodeURIComponent(there)}`)).status, 400)
  assert.equal(asked.length, before, 'nobody was asked')
  desk.clock.pass(3 * 3_600)
  assert.equal((await fetch(desk.url + url)).status, 404)
  assert.equal(asked.length, before)
})

test('an agent chooses a sender whose images are always shown: for them alone, not for who only claims to be that sender', async () => {
  const { id, message } = await mailWith([`${there}/chosen.png`])
  const bo = desk.api
  const ada = desk.as((await desk.addAgent('Ada', 'agent')).token)
  const seenBy = async (call: typeof bo) => (await call('GET', `/tickets/${id}/messages`)).body.items[0]
  const sender = (await seenBy(ada)).author.id
  assert.equal(message.remoteImages, 1)
  assert.equal((await ada('PUT', `/image-senders/${sender}`)).status, 204)
  const chosen = await seenBy(ada)
  assert.deepEqual([chosen.remoteImages, chosen.imagesChosen], [0, true])
  const [image = ''] = sources(chosen.html)
  assert.equal((await fetch(desk.url + image)).status, 200)
  const other = await seenBy(bo)
  assert.deepEqual([other.remoteImages, other.imagesChosen], [1, false], 'the choice is each agent’s own')
  assert.equal((await ada('DELETE', `/image-senders/${sender}`)).status, 204)
  assert.equal((await seenBy(ada)).remoteImages, 1)
  assert.equal((await ada('PUT', '/image-senders/999999')).status, 404)
  await ada('PUT', `/image-senders/${sender}`)
  await desk.running.desk.database.rows(
    sql`update message set sender_check = 'failed' where id = ${message.id}`,
  )
  assert.equal((await seenBy(ada)).remoteImages, 1)
})

// The help center as strangers see it: what is published for everybody, found by its words, at addresses that last, without scripts.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startDesk, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
before(async () => {
  desk = await startDesk()
})
after(() => desk.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(desk.url + path, { headers, redirect: 'manual' })

async function article(title: string, more: object = {}): Promise<{ id: number; slug: string }> {
  const { status, body } = await desk.api('POST', '/articles', { title, status: 'published', ...more })
  assert.equal(status, 201, JSON.stringify(body))
  return body
}

test('a stranger reads what is published for everybody, and nothing of a draft, an archived or an agents’ article', async () => {
  await article('Where is my parcel', { body: '<p>In the mail</p>', section: 'Orders' })
  const hidden = [
    await article('Zebra draft', { status: 'draft', body: '<p>zebra</p>' }),
    await article('Zebra archived', { status: 'archived', body: '<p>zebra</p>' }),
    await article('Zebra agents', { audience: 'agents', body: '<p>zebra</p>' }),
  ]
  const list = await (await get('/help/en')).text()
  const map = await (await get('/sitemap.xml')).text()
  const found = await (await get('/help/en?q=zebra')).text()
  assert.match(list, /<h2>Orders<\/h2><ul><li><a href="\/help\/en\/where-is-my-parcel">/)
  assert.match(map, /\/help\/en\/where-is-my-parcel<\/loc>/)
  for (const { id, slug } of hidden) {
    assert.equal((await get(`/help/en/${slug}`)).status, 404, slug)
    for (const text of [list, map]) assert.doesNotMatch(text, /zebra/i)
    assert.equal((await get(`/help/preview/${id}`)).status, 401)
  }
  assert.doesNotMatch(found, /Zebra (draft|archived|agents)/)
  const shown = await fetch(`${desk.url}/help/preview/${hidden[0]?.id}`, {
    headers: { authorization: `Bearer ${desk.token}` },
  })
  assert.deepEqual([shown.status, shown.headers.get('cache-control')], [200, 'no-store'])
  assert.match(await shown.text(), /<h1>Zebra draft<\/h1>/)
  const agent = await desk.addAgent('Ada', 'agent')
  const refused = await fetch(`${desk.url}/help/preview/${hidden[0]?.id}`, {
    headers: { authorization: `Bearer ${agent.token}` },
  })
  assert.equal(refused.status, 403)
})

test('a page runs no script, has no styles of its own, and says to machines what it is', async () => {
  const body =
    '<h1>Step one</h1><p style="color:red">Press <a href="https://x.example/a">this</a></p><h2>Two</h2><p>b</p><h3>More</h3><h2>Three</h2><script>x()</script>'
  await article('Tips </script><b>&', { body, slug: 'tips' })
  const answer = await get('/help/en/tips')
  const html = await answer.text()
  assert.match(answer.headers.get('content-security-policy') ?? '', /style-src 'self'/)
  assert.doesNotMatch(html, / style=|x\(\)/)
  assert.equal(html.match(/<script/g)?.length, 1)
  assert.equal(html.match(/<h1/g)?.length, 1)
  assert.match(html, /<h2 id="part-1">Step one<\/h2>/)
  assert.match(html, /<a href="#part-4">Three<\/a>/)
  assert.match(html, new RegExp(`<link rel="canonical" href="${desk.url}/help/en/tips">`))
  const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(html)?.[1] ?? '')
  assert.deepEqual([data['@type'], data.headline, data.inLanguage], ['Article', 'Tips </script><b>&', 'en'])
  const css = (await (await get('/help.css')).text()).length + (await (await get('/pages.css')).text()).length
  assert.ok(html.length + css < 30_000, `${html.length + css} bytes`)
})

test('who has a page already is told so, until it changes', async () => {
  const { id } = await article('Cached', { body: '<p>one</p>' })
  const mark = (await get('/help/en/cached')).headers.get('etag') ?? ''
  assert.equal((await get('/help/en/cached', { 'if-none-match': mark })).status, 304)
  await desk.api('PATCH', `/articles/${id}`, { body: '<p>two</p>' })
  assert.equal((await get('/help/en/cached', { 'if-none-match': mark })).status, 200)
})

test('an address that an article had leads on to where it is, as long as it is public', async () => {
  const { id } = await article('Old name')
  await desk.api('PATCH', `/articles/${id}`, { slug: 'new-name' })
  await desk.api('PATCH', `/articles/${id}`, { slug: 'newest-name' })
  for (const slug of ['old-name', 'new-name']) {
    const moved = await get(`/help/en/${slug}`)
    assert.deepEqual([moved.status, moved.headers.get('location')], [301, '/help/en/newest-name'])
  }
  await article('Old name')
  assert.equal((await get('/help/en/old-name')).status, 200, 'a living article has its address first')
  await desk.api('PATCH', `/articles/${id}`, { status: 'draft' })
  assert.equal((await get('/help/en/new-name')).status, 404)
})

test('the search needs no script, forgives endings, marks the words, and repeats what was typed safely', async () => {
  await article('Cancelling the subscription', { body: '<p>Open the settings and press Cancel.</p>' })
  const html = await (
    await get(`/help/en?q=${encodeURIComponent('how do I cancel my subscriptions')}`)
  ).text()
  assert.match(html, /<mark>Cancelling<\/mark> the <mark>subscription<\/mark>/)
  const none = await (await get(`/help/en?q=${encodeURIComponent('"><img src=x onerror=y>')}`)).text()
  assert.doesNotMatch(none, /<img src=x/)
  assert.match(none, /Nothing was found/)
  for (const odd of ['%00', '%27%20%7C', 'q&q=b']) assert.equal((await get(`/help/en?q=${odd}`)).status, 200)
})

test('the language is the reader’s where there is something in it', async () => {
  await article('Versand', { language: 'de', body: '<p>Morgen</p>' })
  const to = async (accept: string) =>
    (await get('/help', { 'accept-language': accept })).headers.get('location')
  assert.equal(await to('de-AT,de;q=0.9,en;q=0.5'), '/help/de')
  assert.equal(await to('fr'), '/help/en')
  const german = await (await get('/help/de')).text()
  assert.match(german, /<html lang="de">[\s\S]*hreflang="en"/)
  assert.match(german, /Nicht das Richtige\? <a href="\/forms\/contact">/)
  assert.equal((await get('/help/xx')).status, 404)
  assert.match(await (await get('/robots.txt')).text(), /Sitemap: http/)
})

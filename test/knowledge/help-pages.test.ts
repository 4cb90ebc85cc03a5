// The help center as strangers see it: what is published for everybody, found by its words, at addresses that last, without scripts.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { sql } from '#store/sql.ts'
import { reader } from '../support/pages.ts'

let desk: TestDesk
before(async () => {
  desk = await startDesk({ trustedProxies: ['127.0.0.1'] })
})
after(() => desk.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(desk.url + path, { headers, redirect: 'manual' })

async function article(title: string, more: object = {}): Promise<{ id: number; slug: string }> {
  const { status, body } = await desk.api('POST', '/articles', { title, status: 'published', ...more })
  assert.equal(status, 201, JSON.stringify(body))
  return body
}

async function section(names: object, more: object = {}): Promise<number> {
  const { status, body } = await desk.api('POST', '/sections', { brand: 1, names, ...more })
  assert.equal(status, 201, JSON.stringify(body))
  return body.id
}

test('a stranger reads what is published for everybody, and nothing of a draft, an archived or an agents’ article', async () => {
  await article('Where is my parcel', {
    body: '<p>In the mail</p>',
    section: await section({ en: 'Orders' }),
  })
  const hidden = [
    await article('Zebra draft', { status: 'draft', body: '<p>zebra</p>' }),
    await article('Zebra archived', { status: 'archived', body: '<p>zebra</p>' }),
    await article('Zebra agents', { audience: 'agents', body: '<p>zebra</p>' }),
  ]
  const list = await (await get('/help/en')).text()
  const map = await (await get('/sitemap.xml')).text()
  const found = await (await get('/help/en?q=zebra')).text()
  assert.match(
    list,
    /<h3><a href="\/help\/en\/sections\/orders">Orders<\/a><\/h3><p class="count">1 article<\/p><ul><li><a href="\/help\/en\/where-is-my-parcel">/,
  )
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
  const { '@graph': graph } = JSON.parse(
    /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html)?.[1] ?? '',
  )
  const [data, crumbs] = graph
  assert.equal(crumbs.itemListElement.at(-1).item, `${desk.url}/help/en/tips`)
  assert.deepEqual([data['@type'], data.headline, data.inLanguage], ['Article', 'Tips </script><b>&', 'en'])
  const css = (await (await get('/help.css')).text()).length + (await (await get('/pages.css')).text()).length
  assert.ok(html.length + css < 30_000, `${html.length + css} bytes`)
})

test('who has a page already is told so, until it changes', async () => {
  const { id } = await article('Cached', { body: '<p>one</p>' })
  const { headers } = await get('/help/en/cached')
  const mark = headers.get('etag') ?? ''
  assert.equal(headers.get('cache-control'), 'no-cache', 'nobody shows it after it was taken back')
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
    assert.equal(moved.headers.get('cache-control'), 'no-cache', 'it may be an article’s own again')
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
  // The words that are known are looked up again after a while.
  desk.clock.pass(601)
  const meant = await (await get('/help/en?q=cancle+subscripton')).text()
  assert.match(
    meant,
    /Did you mean <a href="\/help\/en\?q=cancel%20subscription"><strong>cancel subscription<\/strong>/,
  )
  assert.doesNotMatch(await (await get('/help/en?q=zebar')).text(), /zebra/, 'drafts are nobody’s words')
  const none = await (await get(`/help/en?q=${encodeURIComponent('"><img src=x onerror=y>')}`)).text()
  assert.doesNotMatch(none, /<img src=x/)
  assert.match(none, /Nothing was found/)
  for (const odd of ['%00', '%27%20%7C', 'q&q=b']) assert.equal((await get(`/help/en?q=${odd}`)).status, 200)
})

test('a form speaks as its visitor does, names what may answer them, and ends with ways on', async () => {
  const german = { 'accept-language': 'de-AT,de;q=0.9' }
  assert.match(
    await (await get('/forms/contact', german)).text(),
    /<html lang="de">[\s\S]*Ihre E-Mail-Adresse/,
  )
  assert.match(await (await get('/forms/contact', { 'accept-language': 'fr' })).text(), /Your e-mail address/)
  const fitting = async (about: string, reader = {}) => {
    const answer = await get(`/forms/contact/articles?about=${encodeURIComponent(about)}`, reader)
    return ((await answer.json()) as { items: unknown[] }).items
  }
  // What is not there in the reader's language may be in another.
  for (const reader of [{}, german])
    assert.deepEqual((await fitting('cancel my subscription', reader))[0], {
      title: 'Cancelling the subscription',
      path: '/help/en/cancelling-the-subscription',
      language: 'en',
    })
  assert.deepEqual(await fitting('zebra'), [], 'what is a draft or for agents is nobody’s')
  assert.equal((await get('/forms/none/articles?about=x')).status, 404)
  const body = new FormData()
  for (const [name, value] of Object.entries({
    email: 'cy@customer.example',
    subject: 'Hi',
    message: 'Hello',
  }))
    body.append(name, value)
  const thanks = await (await fetch(`${desk.url}/forms/contact`, { method: 'POST', body })).text()
  assert.match(
    thanks,
    /Its number is #\d+[\s\S]*href="\/help">Help center<\/a>[\s\S]*href="\/forms\/contact">Write something else/,
  )
})

test('what is typed is looked for however short or common, and a number narrows nothing away', async () => {
  await article('Your PC', { body: '<p>Connect the PC by USB. Error 404 is harmless.</p>' })
  await article('All about IT', { body: '<p>Ask them.</p>' })
  const shows = async (q: string) => (await get(`/help/en?q=${encodeURIComponent(q)}`)).text()
  for (const q of ['PC', '404', 'connect 7']) assert.match(await shows(q), /\/help\/en\/your-pc/, q)
  assert.match(await shows('IT'), /\/help\/en\/all-about-it/)
})

test('an article’s language is one that pages can name, as it is usually written', async () => {
  for (const language of ['en-12', 'en-USA'])
    assert.equal(
      (await desk.api('POST', '/articles', { title: 'No language', language })).status,
      400,
      language,
    )
  const { body } = await desk.api('POST', '/articles', { title: 'Draft', language: 'pt-br' })
  assert.equal(body.language, 'pt-BR')
  assert.equal((await get('/help/%00/x')).status, 404)
})

test('the language is the reader’s where there is something in it', async () => {
  await article('Versand', { language: 'de', body: '<p>Morgen</p>' })
  const to = async (accept: string) =>
    (await get('/help', { 'accept-language': accept })).headers.get('location')
  assert.equal(await to('de-AT,de;q=0.9,en;q=0.5'), '/help/de')
  assert.equal(await to('fr'), '/help/en')
  const german = await (await get('/help/de')).text()
  assert.match(german, /<html lang="de">[\s\S]*hreflang="en"/)
  assert.match(german, /Nicht das Richtige\?[\s\S]*<a class="button" href="\/forms\/contact">/)
  assert.equal((await get('/help/xx')).status, 404)
  assert.match(await (await get('/robots.txt')).text(), /Sitemap: http/)
})

test('an article in two languages has one address in each, and what is in one alone is shown as such', async () => {
  const guides = await section({ en: 'Guides', de: 'Anleitungen' })
  const english = await article('Mount the lamp', { section: guides, body: '<p>Screw it in</p>' })
  await article('Only here', { section: guides, body: '<p>Flicker</p>' })
  const german = { section: guides, language: 'de', translationOf: english.id }
  await article('Lampe anbringen', { ...german, body: '<p>Schrauben Sie sie ein</p>' })
  const page = await (await get('/help/de/lampe-anbringen')).text()
  assert.match(page, new RegExp(`hreflang="en" href="${desk.url}/help/en/mount-the-lamp"`))
  assert.match(page, new RegExp(`hreflang="x-default" href="${desk.url}/help/en/mount-the-lamp"`))
  assert.match(page, /<nav class="way"[\s\S]*Anleitungen/)
  assert.match(page, /<a href="\/help\/en\/mount-the-lamp" hreflang="en" lang="en">English<\/a>/)
  const moved = await get('/help/de/mount-the-lamp')
  assert.deepEqual([moved.status, moved.headers.get('location')], [302, '/help/de/lampe-anbringen'])
  const shown = await (await get('/help/de/sections/guides')).text()
  assert.match(
    shown,
    /<a href="\/help\/de\/only-here" lang="en">Only here<\/a> <span class="tongue" lang="de">Englisch</,
  )
  assert.doesNotMatch(shown, /Mount the lamp/)
  const { id } = await article('Nur deutsch', {
    language: 'de',
    section: await section({ en: 'Alone', de: 'Allein' }),
  })
  const alone = await (await get('/help/de/sections/alone')).text()
  assert.doesNotMatch(alone, /\/help\/en\/sections\/alone/, 'nothing of it is there in English')
  await desk.api('PATCH', `/articles/${id}`, { status: 'archived' })
  const other = await (await get('/help/de/only-here')).text()
  assert.match(other, /noch nicht auf Deutsch/)
  assert.match(other, new RegExp(`<link rel="canonical" href="${desk.url}/help/en/only-here">`))
  assert.match(await (await get('/help/de?q=flicker')).text(), /href="\/help\/de\/only-here/)
  assert.match(await (await get('/help/de/feed.xml')).text(), /<title>Lampe anbringen<\/title>/)
  assert.match(
    await (await get('/sitemap.xml')).text(),
    /mount-the-lamp<\/loc><lastmod>[^<]+<\/lastmod><xhtml:link rel="alternate" hreflang="de"/,
  )
})

test('another brand has its own help; what is in no section stands in both', async () => {
  const { body: brand } = await desk.api('POST', '/brands', { name: 'Lark' })
  const own = await section({ en: 'Birds' }, { brand: brand.id })
  const larks = await article('Feeding larks', { section: own })
  await article('For everybody')
  const base = `/help/brand/${brand.id}/en`
  const list = await (await get(base)).text()
  assert.match(list, /Feeding larks[\s\S]*For everybody/)
  assert.doesNotMatch(list, /Where is my parcel/)
  assert.doesNotMatch(await (await get('/help/en')).text(), /Feeding larks/)
  const moved = await get('/help/en/feeding-larks')
  assert.deepEqual([moved.status, moved.headers.get('location')], [301, `${base}/feeding-larks`])
  assert.equal((await get(`${base}/feeding-larks`)).status, 200)
  assert.match(await (await get(`${base}?q=feeding`)).text(), /feeding-larks/)
  assert.doesNotMatch(await (await get('/help/en?q=feeding')).text(), /feeding-larks/)
  assert.doesNotMatch(await (await get(base)).text(), /href="\/forms\//, 'no form of another brand')
  await desk.api('PATCH', `/articles/${larks.id}`, { slug: 'feeding-birds' })
  for (const old of ['/help/en', base]) {
    const led = await get(`${old}/feeding-larks`)
    assert.deepEqual([led.status, led.headers.get('location')], [301, `${base}/feeding-birds`])
  }
  for (const path of ['/help/brand/999/en', '/help/brand/x/en', `${base}/sections/orders`])
    assert.equal((await get(path)).status, 404, path)
})

test('whether it helped is said by a button, once by each reader and version; a look says nothing', async () => {
  const { id } = await article('Does it help', { body: '<p>one</p>' })
  const votes = async () => (await desk.api('GET', `/articles/${id}/comments`)).body
  const [ann, bob] = [reader(desk.url), reader(desk.url)]
  const page = await ann.get('/help/en/does-it-help')
  for (const path of ['helpful', 'helpful?helpful=yes&version=1'])
    assert.equal((await ann.get(`/help/en/does-it-help/${path}`)).status, 404)
  assert.deepEqual([(await votes()).votes, ann.cookies.size], [[], 0])
  const thanks = await ann.send(page, '/helpful', { helpful: 'no' })
  assert.match(thanks.html, /What was missing/)
  await ann.send(thanks, '/helpful', { comment: 'A picture <b>' })
  await ann.send(page, '/helpful', { helpful: 'no' })
  await bob.send(await bob.get('/help/en/does-it-help'), '/helpful', { helpful: 'yes' })
  assert.deepEqual((await votes()).votes, [{ version: 1, yes: 1, no: 1 }])
  assert.deepEqual(
    (await votes()).items.map(({ comment, helpful }: { comment: string; helpful: boolean }) => [
      comment,
      helpful,
    ]),
    [['A picture <b>', false]],
  )
  const elsewhere = await bob.post(
    '/help/en/does-it-help/helpful',
    { helpful: 'no', version: '1' },
    { 'sec-fetch-site': 'cross-site' },
  )
  const wrong = await bob.post('/help/en/does-it-help/helpful', { helpful: 'no', version: '99' })
  assert.deepEqual([elsewhere.status, wrong.status], [404, 404])
  const filled = new FormData()
  filled.set('helpful', 'yes')
  filled.set('version', '1')
  const vote = () =>
    fetch(`${desk.url}/help/en/does-it-help/helpful`, {
      method: 'POST',
      body: filled,
      headers: { cookie: 'docket_reader=%22%3E%3Cb%3E' },
    })
  const odd = await vote()
  assert.equal(odd.status, 200)
  assert.match(await odd.text(), /name="reader" value="[\w-]{22}"/)
  filled.set('file', new Blob(['x']), 'x.txt')
  assert.equal((await vote()).status, 413)
  await desk.api('PATCH', `/articles/${id}`, { body: '<p>two</p>' })
  await ann.send(await ann.get('/help/en/does-it-help'), '/helpful', { helpful: 'yes' })
  assert.deepEqual((await votes()).votes, [
    { version: 2, yes: 1, no: 0 },
    { version: 1, yes: 2, no: 1 },
  ])
})

test('a search that leads nowhere is a gap, with the tickets written after it and nothing of who searched', async () => {
  await article('Painting the shade', { body: '<p>With water colours.</p>' })
  const ann = reader(desk.url)
  const opened = await ann.get('/help/en?q=painting+shades')
  await ann.get(/href="(\/help\/en\/painting-the-shade\?from=[^"]+)"/.exec(opened.html)?.[1] ?? '')
  const missed = await ann.get('/help/en?q=gift+cards+for+ann@customer.example')
  const form = await ann.get(/href="(\/forms\/contact\?from=[^"]+)"/.exec(missed.html)?.[1] ?? '')
  const mark = /name="from" value="([^"]+)"/.exec(form.html)?.[1] ?? ''
  assert.equal(mark.length, 12)
  const sent = { email: 'ann@customer.example', subject: 'A card', message: 'Can I give one?', from: mark }
  assert.equal((await ann.post('/forms/contact', sent)).status, 200)
  await reader(desk.url).get('/help/en?q=Gift+card')
  await ann.get('/help/en?q=never+again', { 'user-agent': 'SomeBot/1.0' })
  desk.clock.pass(3_600)
  const { body } = await desk.api('GET', '/gaps')
  const gap = body.items.find(({ text }: { text: string }) => /gift card/i.test(text))
  assert.deepEqual([gap.searches, gap.empty, gap.ticketCount, gap.tickets[0].subject], [2, 2, 1, 'A card'])
  assert.doesNotMatch(JSON.stringify(body), /customer\.example|painting shades|never again/)
  const agent = await desk.addAgent('Gus', 'agent')
  assert.equal((await desk.as(agent.token)('GET', '/gaps')).status, 403)
  const walled = await desk.addAgent('Wim', 'lead')
  await desk.api('PATCH', `/agents/${walled.principal.agentId}`, { sees: 'own_teams' })
  const { body: team } = await desk.api('POST', '/teams', { name: 'Cards' })
  await desk.api('PATCH', `/tickets/${gap.tickets[0].id}`, { team: team.id })
  const { body: behind } = await desk.as(walled.token)('GET', '/gaps')
  const seen = behind.items.find(({ text }: { text: string }) => /gift card/i.test(text))
  assert.deepEqual([seen.ticketCount, seen.tickets], [0, []])
  desk.clock.pass(91 * 86_400)
  await until(async () => (await desk.api('GET', '/gaps?days=90')).body.searches.searches === 0)
})

test('an article whose language nobody can read as one breaks no page', async () => {
  const { id } = await article('Odd tongue', { body: '<p>Odd</p>', section: await section({ en: 'Odd' }) })
  for (const language of ['en_US', 'x', 'not a language']) {
    await desk.running.desk.database.rows(sql`update article set language = ${language} where id = ${id}`)
    await desk.running.desk.database.rows(
      sql`update person set language = ${language} where email is not null`,
    )
    const other = encodeURIComponent(language)
    for (const path of [
      '/help/en',
      '/help/en/sections/odd',
      '/help/en?q=odd',
      '/help/en/odd-tongue',
      `/help/${other}`,
      `/help/${other}?q=odd`,
      `/help/${other}/odd-tongue`,
      `/help/${other}/sections/odd`,
      `/help/${other}/feed.xml`,
      '/sitemap.xml',
      `/help/preview/${id}`,
      '/forms/contact/articles?about=odd',
    ]) {
      const headers = { authorization: `Bearer ${desk.token}` }
      const { status } = await get(path, path.includes('preview') ? headers : {})
      assert.ok(status < 500, `${path}: ${status}`)
    }
    assert.equal((await desk.api('GET', '/articles')).status, 200)
    assert.equal((await desk.api('GET', `/articles/${id}`)).status, 200)
  }
})

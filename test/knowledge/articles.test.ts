// Articles as a resource: who may write and read them, versions and what two writers do, and what a search finds first.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { dropIdleArticleFiles, dropIdleUploads } from '#desk/privacy/unused-files-store.ts'
import { plus } from '#kit/time.ts'
import { sql } from '#store/sql.ts'
import { startDesk, type Call, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let lead: Call
let agent: Call
let viewer: Call

before(async () => {
  desk = await startDesk()
  lead = desk.as((await desk.addAgent('Lee', 'lead')).token)
  agent = desk.as((await desk.addAgent('Ada', 'agent')).token)
  viewer = desk.as((await desk.addAgent('Vic', 'viewer')).token)
})
after(() => desk.close())

type Entry = { id: number; title: string; slug: string }
const titles = (answer: { body: { items: Entry[] } }) => answer.body.items.map(({ title }) => title)

async function publish(title: string, body: string, more: object = {}): Promise<Entry> {
  const { status, body: made } = await lead('POST', '/articles', {
    title,
    body,
    status: 'published',
    ...more,
  })
  assert.equal(status, 201, JSON.stringify(made))
  return made
}

test('leads write, agents and viewers read what is published, and strangers ask for nothing here', async () => {
  const draft = (await lead('POST', '/articles', { title: 'Secret plans', body: '<p>x</p>' })).body
  assert.deepEqual([draft.status, draft.audience, draft.version, draft.url], ['draft', 'public', 1, null])
  for (const who of [agent, viewer]) {
    assert.equal((await who('GET', `/articles/${draft.id}`)).status, 404)
    assert.deepEqual(titles(await who('GET', '/articles?q=secret')), [])
    assert.deepEqual(titles(await who('GET', '/articles?status=draft')), [])
    for (const [method, path, body] of [
      ['POST', '/articles', { title: 'Mine' }],
      ['PATCH', `/articles/${draft.id}`, { title: 'Mine' }],
      ['GET', `/articles/${draft.id}/versions`, undefined],
      ['POST', `/articles/${draft.id}/restore`, { version: 1 }],
    ] as const)
      assert.equal((await who(method, path, body)).status, 403, `${method} ${path}`)
  }
  assert.equal((await fetch(`${desk.url}/api/v1/articles`)).status, 401)
  const internal = await publish('Goodwill', '<p>Up to 40</p>', { audience: 'agents' })
  const read = await viewer('GET', `/articles/${internal.id}`)
  assert.deepEqual([read.status, read.body.url], [200, null])
  await lead('PATCH', `/articles/${internal.id}`, { status: 'archived' })
  assert.equal((await agent('GET', `/articles/${internal.id}`)).status, 404)
  assert.ok(!titles(await lead('GET', '/articles')).includes('Goodwill'))
  assert.ok(titles(await lead('GET', '/articles?status=archived')).includes('Goodwill'))
})

test('what is written is cleaned, has an address of its own, and no address is given twice', async () => {
  const { body: first } = await lead('POST', '/articles', {
    title: 'Wärme & Licht',
    language: 'de',
    body: '<h2>Hallo</h2><p onclick="x()">Text<script>alert(1)</script></p>',
  })
  assert.equal(first.slug, 'waerme-licht')
  assert.match(first.body, /<h2>Hallo<\/h2><p>Text<\/p>/)
  const { body: second } = await lead('POST', '/articles', {
    title: 'Wärme und Licht',
    slug: 'waerme',
    language: 'de',
  })
  const { body: third } = await lead('POST', '/articles', { title: 'Wärme, Licht', language: 'de' })
  assert.equal(third.slug, 'waerme-licht-2')
  const taken = await lead('PATCH', `/articles/${second.id}`, { slug: 'waerme-licht' })
  assert.deepEqual([taken.status, taken.body.errors[0].path], [400, 'slug'])
  assert.equal(
    (await lead('POST', '/articles', { title: 'x', slug: 'waerme-licht', language: 'de' })).status,
    400,
  )
  assert.equal((await lead('POST', '/articles', { title: 'x', slug: 'Not a slug' })).status, 400)
  const renamed = await lead('PATCH', `/articles/${third.id}`, { title: 'Neuer Titel' })
  assert.equal(renamed.body.slug, 'waerme-licht-2', 'an address that was given is kept')
})

async function section(names: object, more: object = {}): Promise<{ id: number }> {
  const brand = (await desk.api('GET', '/brands')).body.items[0].id
  const { status, body } = await lead('POST', '/sections', { brand, names, ...more })
  assert.equal(status, 201, JSON.stringify(body))
  return body
}

test('sections are a tree in an order; a move takes along what lies below and never under itself', async () => {
  const [orders, lamps] = [await section({ en: 'Orders' }), await section({ en: 'Lamps', de: 'Lampen' })]
  const returns = await section({ en: 'Returns' }, { parentId: orders.id })
  const deep = await section({ en: 'Labels' }, { parentId: returns.id })
  const tree = async () =>
    (await viewer('GET', '/sections')).body.items.map(
      ({ level, names }: { level: number; names: { en: string } }) => `${level} ${names.en}`,
    )
  assert.deepEqual(await tree(), ['0 Orders', '1 Returns', '2 Labels', '0 Lamps'])
  await lead('PATCH', `/sections/${lamps.id}`, { place: 0 })
  await lead('PATCH', `/sections/${returns.id}`, { parentId: lamps.id, names: { en: 'Sending back' } })
  assert.deepEqual(await tree(), ['0 Lamps', '1 Sending back', '2 Labels', '0 Orders'])
  for (const [id, parentId] of [
    [lamps.id, deep.id],
    [lamps.id, lamps.id],
    [orders.id, 999_999],
  ])
    assert.equal((await lead('PATCH', `/sections/${id}`, { parentId })).status, 400)
  assert.equal((await agent('POST', '/sections', { brand: 1, names: { en: 'Mine' } })).status, 403)
  assert.equal((await lead('POST', '/sections', { brand: 1, names: {} })).status, 400)
  const twin = await section({ en: 'Orders' })
  const made = (await publish('Where is the label', '<p>In the box</p>', { section: deep.id })) as Entry & {
    section: { name: string }
  }
  assert.equal(made.section.name, 'Labels')
  assert.deepEqual(titles(await agent('GET', `/articles?section=${lamps.id}`)), ['Where is the label'])
  assert.deepEqual(titles(await agent('GET', `/articles?section=${twin.id}`)), [])
  assert.deepEqual(titles(await agent('GET', '/articles?q=labels')), ['Where is the label'])
  await lead('PATCH', `/sections/${deep.id}`, { names: { en: 'Stickers' } })
  assert.deepEqual(titles(await agent('GET', '/articles?q=stickers')), ['Where is the label'])
  // An import may bring sections that lie in each other.
  const { database } = desk.running.desk
  const lie = (id: number, parentId: number | null) =>
    database.rows(sql`update section set parent_id = ${parentId} where id = ${id}`)
  await lie(lamps.id, deep.id)
  assert.deepEqual(titles(await agent('GET', `/articles?section=${lamps.id}`)), ['Where is the label'])
  await lie(lamps.id, null)
})

test('an article has one translation in each language; tied and untied, its text is no other', async () => {
  const english = await publish('Guarantee', '<p>Two years</p>')
  const spanish = await publish('Garantía', '<p>Dos años</p>', { language: 'es', translationOf: english.id })
  const french = await publish('La garantie', '<p>Deux ans</p>', {
    language: 'fr',
    translationOf: spanish.id,
  })
  const shown = async (id: number) =>
    (await agent('GET', `/articles/${id}`)).body.translations.map(({ title }: Entry) => title)
  assert.deepEqual(await shown(english.id), ['Garantía', 'La garantie'])
  const second = { title: 'Otra', language: 'es', translationOf: english.id }
  assert.equal((await lead('POST', '/articles', second)).status, 400)
  assert.equal((await lead('PATCH', `/articles/${french.id}`, { language: 'es' })).status, 400)
  const { body } = await lead('PATCH', `/articles/${english.id}`, { translationOf: null })
  assert.deepEqual([body.translations, body.version], [[], 1])
  assert.deepEqual(await shown(spanish.id), ['La garantie'])
})

test('every save is a version, what did not change is none, and any version comes back without changing who may read it', async () => {
  const orders = await section({ en: 'Orders and more' })
  const made = await publish('Returns', '<p>30 days</p>')
  await lead('PATCH', `/articles/${made.id}`, { title: 'Returns', body: '<p>30 days</p>' })
  await lead('PATCH', `/articles/${made.id}`, { body: '<p>14 days</p>', section: orders.id })
  await lead('PATCH', `/articles/${made.id}`, { audience: 'agents' })
  const { items } = (await lead('GET', `/articles/${made.id}/versions`)).body
  assert.deepEqual(
    items.map((each: { version: number; changed: string[] }) => [each.version, each.changed]),
    [
      [3, ['audience']],
      [2, ['body', 'section']],
      [1, []],
    ],
  )
  const page = (await lead('GET', `/articles/${made.id}/versions?limit=1`)).body
  const next = (await lead('GET', `/articles/${made.id}/versions?limit=1&cursor=${page.nextCursor}`)).body
  assert.deepEqual(
    [page.items[0].version, next.items[0].version, next.items[0].changed],
    [3, 2, ['body', 'section']],
  )
  const { body: back } = await lead('POST', `/articles/${made.id}/restore`, { version: 1 })
  assert.deepEqual(
    [back.version, back.body, back.section, back.audience],
    [4, '<p>30 days</p>', null, 'agents'],
  )
  assert.equal((await lead('POST', `/articles/${made.id}/restore`, { version: 99 })).status, 404)
  const { items: audit } = (await desk.api('GET', '/audit?thing=article&limit=5')).body
  assert.equal(audit[0].action, 'article_restored')
  assert.ok(
    audit[0].changes.some(({ field, to }: { field: string; to: unknown }) => field === 'version' && to === 4),
  )
})

test('of two writers who start from the same version, the second is told about the same field alone', async () => {
  const orders = await section({ en: 'Parcels' })
  const made = await publish('Tracking', '<p>In the mail</p>')
  await lead('PATCH', `/articles/${made.id}`, { body: '<p>In your account</p>', expectedVersion: 1 })
  const late = { body: '<p>By phone</p>', section: orders.id, expectedVersion: 1 }
  const refused = await desk.api('PATCH', `/articles/${made.id}`, late)
  assert.deepEqual([refused.status, refused.body.refusal], [409, 'conflict'])
  assert.deepEqual(refused.body.conflict, [
    {
      field: 'body',
      base: '<p>In the mail</p>',
      theirs: '<p>In your account</p>',
      yours: '<p>By phone</p>',
      theirActor: { type: 'agent', id: null, name: 'Lee' },
      theirSeq: 2,
    },
  ])
  const other = await desk.api('PATCH', `/articles/${made.id}`, { section: orders.id, expectedVersion: 1 })
  assert.deepEqual([other.status, other.body.body, other.body.version], [200, '<p>In your account</p>', 3])
})

test('the same POST twice is one article', async () => {
  const ask = () => lead('POST', '/articles', { title: 'Once only' }, { 'idempotency-key': 'once-article' })
  const [first, second] = [await ask(), await ask()]
  assert.equal(first.body.id, second.body.id)
  assert.equal(titles(await lead('GET', '/articles?q=once%20only')).length, 1)
})

test('a search finds stems of the language, beginnings while typing, and puts titles first', async () => {
  await publish('Opening hours', '<p>We answer questions about invoices and refunds.</p>')
  await publish('When your refund arrives', '<p>Within five days.</p>')
  await publish('Rückerstattung', '<p>Binnen fünf Tagen.</p>', { language: 'de' })
  assert.deepEqual(titles(await agent('GET', '/articles?q=refunded')), [
    'When your refund arrives',
    'Opening hours',
  ])
  assert.deepEqual(titles(await agent('GET', '/articles?q=Ruckerstattungen')), ['Rückerstattung'])
  assert.deepEqual(titles(await agent('GET', '/articles?q=invo')), [])
  assert.deepEqual(titles(await agent('GET', '/articles?q=invo&typing=true')), ['Opening hours'])
  assert.deepEqual(titles(await agent('GET', '/articles?q=refund+invoice')), ['Opening hours'])
  assert.deepEqual(
    titles(await agent('GET', `/articles?q=${encodeURIComponent("') | !!! <->")}&typing=true`)).length > 2,
    true,
  )
  const found = await agent('GET', '/articles?q=refund&limit=1')
  const rest = await agent('GET', `/articles?q=refund&limit=1&cursor=${found.body.nextCursor}`)
  assert.deepEqual([titles(found), titles(rest)], [['When your refund arrives'], ['Opening hours']])
  assert.equal(rest.body.nextCursor, null)
  assert.deepEqual(titles(await agent('GET', '/articles?language=de')), ['Rückerstattung'])
})

test('a ticket is shown the articles that may answer it, in its language first, and never a draft', async () => {
  await publish('Hub blinks red', '<p>Restart your router, then unplug the hub.</p>')
  await publish('Hub blinkt rot', '<p>Starten Sie den Router neu.</p>', { language: 'de' })
  await lead('POST', '/articles', { title: 'Hub blinks red, a draft' })
  await publish('Hub blinks red: which batch', '<p>Numbers 24-0310 on.</p>', { audience: 'agents' })
  await publish('Washing lamp shades', '<p>With water.</p>')
  const { body: ticket } = await lead('POST', '/tickets', {
    subject: 'Hub blinkt rot',
    body: 'Guten Tag, der Hub blinkt und ich habe das nicht gemacht. Bitte helfen Sie mir mit dem Router.',
    requester: { email: 'cy@customer.example' },
  })
  const { body } = await agent('GET', `/tickets/${ticket.id}/articles`)
  assert.equal(body.items[0].title, 'Hub blinkt rot')
  assert.equal(body.items[0].url, `${desk.url}/help/de/hub-blinkt-rot`)
  assert.ok(!titles({ body }).some((title) => /draft|Washing/.test(title)), titles({ body }).join())
  const { body: english } = await lead('POST', '/tickets', {
    subject: 'My hub blinks red since the morning',
    body: 'Hello, what is it that I can do with the hub? It is not for me to say.',
    requester: { email: 'ann@customer.example' },
  })
  const fitting = (await agent('GET', `/tickets/${english.id}/articles`)).body.items
  assert.deepEqual(
    fitting
      .slice(0, 2)
      .map(({ title }: Entry) => title)
      .toSorted(),
    ['Hub blinks red', 'Hub blinks red: which batch'],
  )
  assert.equal(
    fitting.find(({ title }: Entry) => title.endsWith('batch')).url,
    null,
    'agents alone: nothing to send',
  )
  const blind = await desk.addAgent('Una', 'agent')
  const { body: team } = await desk.api('POST', '/teams', { name: 'Far away' })
  await desk.api('PATCH', `/agents/${blind.principal.agentId}`, { sees: 'own_teams' })
  await lead('PATCH', `/tickets/${english.id}`, { team: team.id })
  assert.equal((await desk.as(blind.token)('GET', `/tickets/${english.id}/articles`)).status, 404)
})

test('a picture of an article is read by whoever may read the article, and by nobody once it is taken back', async () => {
  const writer = await desk.addAgent('Wim', 'lead')
  const bytes = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const bring = async (file: File, token = writer.token) => {
    const body = new FormData()
    body.set('file', file)
    const headers = { authorization: `Bearer ${token}` }
    return fetch(`${desk.url}/api/v1/articles/files`, { method: 'POST', headers, body })
  }
  const picture = new File([bytes], 'Knopf & Größe.png', { type: 'image/png' })
  assert.equal((await bring(picture, (await desk.addAgent('Ari', 'agent')).token)).status, 403)
  assert.equal((await bring(new File([], 'x.txt'))).status, 400)
  const made = (await (await bring(picture)).json()) as { url: string; isPicture: boolean }
  assert.equal(made.isPicture, true)
  const manual = (await (await bring(new File(['<script>'], 'manual.html'))).json()) as { url: string }
  const read = (path: string, headers: Record<string, string> = {}) => fetch(desk.url + path, { headers })
  const asAgent = { authorization: `Bearer ${writer.token}` }
  const statuses = async () => [(await read(made.url)).status, (await read(made.url, asAgent)).status]
  assert.deepEqual(await statuses(), [404, 200])
  const body = `<p>Press</p><img src="${made.url}" alt="A button" width="1" height="1" onerror="x()"><p><a href="${manual.url}">manual.html</a></p><img src="/other.png"><img src="//evil.example${made.url}">`
  const { body: draft } = await lead('POST', '/articles', { title: 'With a picture', body })
  assert.equal(draft.body.match(/<img/g).length, 1)
  assert.deepEqual(await statuses(), [404, 200])
  await lead('PATCH', `/articles/${draft.id}`, { status: 'published' })
  const shown = await read(made.url)
  assert.deepEqual(
    [shown.status, shown.headers.get('content-type'), shown.headers.get('cache-control')],
    [200, 'image/png', 'public, no-cache'],
  )
  const again = await read(made.url, { 'if-none-match': shown.headers.get('etag') ?? '' })
  assert.equal(again.status, 304)
  // What could be a page of ours is saved, and runs nowhere.
  const saved = await read(manual.url)
  assert.match(saved.headers.get('content-disposition') ?? '', /^attachment; .*manual\.html/)
  assert.match(saved.headers.get('content-security-policy') ?? '', /sandbox/)
  const page = await (await read('/help/en/with-a-picture')).text()
  assert.ok(page.includes(`<img alt="A button" width="1" height="1" src="${made.url}" />`), page)
  for (const change of [{ audience: 'agents' }, { audience: 'public', status: 'draft' }]) {
    await lead('PATCH', `/articles/${draft.id}`, change)
    assert.deepEqual(await statuses(), [404, 200])
  }
  await lead('PATCH', `/articles/${draft.id}`, { status: 'published', body: '<p>No picture</p>' })
  assert.deepEqual(await statuses(), [404, 200])
  await lead('POST', `/articles/${draft.id}/restore`, { version: 2 })
  assert.deepEqual(await statuses(), [200, 200])
  assert.equal((await read(`/help/files/${'0'.repeat(64)}/x.png`, asAgent)).status, 404)

  // What no version of an article names, and no message or draft, goes after a month; the rest stays.
  const idle = (await (await bring(new File(['idle'], 'idle.txt'))).json()) as { url: string }
  const { database } = desk.running.desk
  const upload = async (name: string) => {
    const form = new FormData()
    form.set('file', new File([name], name))
    const headers = { authorization: `Bearer ${writer.token}` }
    const sent = await fetch(`${desk.url}/api/v1/attachments`, { method: 'POST', headers, body: form })
    return ((await sent.json()) as { id: number }).id
  }
  const [kept, left] = [await upload('kept.txt'), await upload('left.txt')]
  const { id: ticketId } = (await lead('GET', '/tickets')).body.items[0]
  const held = { body: '', attachments: [kept] }
  assert.equal((await desk.as(writer.token)('PUT', `/tickets/${ticketId}/draft?mode=note`, held)).status, 200)
  await database.rows(sql`update attachment set created_at = created_at - interval '31 days'`)
  await dropIdleUploads(database, 100)
  await dropIdleArticleFiles(database, plus(desk.clock.now(), 31 * 86_400), 100)
  assert.equal((await read(idle.url, asAgent)).status, 404)
  await lead('PATCH', `/articles/${draft.id}`, { body: '<p>No picture</p>' })
  assert.deepEqual(await statuses(), [404, 200], 'an older version names it')
  const there = await database.rows<{ id: number }>(
    sql`select id from attachment where id = any(${[kept, left]}) order by id`,
  )
  assert.deepEqual(
    there.map(({ id }) => id),
    [kept],
  )
})

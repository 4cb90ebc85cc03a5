// XOAUTH2: consent at a provider, tokens renewed before they end, Dovecot asking that provider whether a token is good.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { letter } from '../support/customer.ts'
import { startDesk, until } from '../support/desk.ts'
import { startDovecot, withoutDovecot } from '../support/dovecot.ts'

/** A provider that gives tokens, spends each refresh token once, and tells servers whether a token is good. */
async function startProvider() {
  const good = new Set<string>()
  const asked: Record<string, string>[] = []
  let refresh = ''
  let count = 0
  const server = createServer(async (request, response) => {
    const form = Object.fromEntries(new URLSearchParams(await text(request)))
    const json = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    if (request.url === '/introspect')
      return json(200, { active: good.has(form['token'] ?? ''), email: 'support', username: 'support' })
    asked.push(form)
    const wrong =
      form['grant_type'] === 'refresh_token' ? form['refresh_token'] !== refresh : form['code'] !== 'the-code'
    if (wrong)
      return json(400, { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' })
    refresh = `refresh-${++count}`
    const token = `access-${count}`
    good.add(token)
    json(200, { access_token: token, expires_in: 3600, refresh_token: refresh })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    asked,
    revoke: () => void ((refresh = 'none'), good.clear()),
    close: () => new Promise((done) => server.close(done)),
  }
}

test(
  'a mailbox connects by consent, fetches with XOAUTH2, and says what to do when consent is withdrawn',
  { skip: withoutDovecot() },
  async (t) => {
    const provider = await startProvider()
    const dovecot = await startDovecot({ oauthUrl: `${provider.url}/introspect` })
    const desk = await startDesk()
    t.after(async () => {
      await desk.close()
      await dovecot.close()
      await provider.close()
    })
    const { body } = await desk.api('POST', '/mailboxes', { address: 'oauth@desk.example' })
    const imap = { host: '127.0.0.1', port: dovecot.port, security: 'none', user: 'support', auth: 'oauth' }
    const oauth = {
      provider: 'custom',
      clientId: 'docket',
      authorizeUrl: `${provider.url}/authorize`,
      tokenUrl: `${provider.url}/token`,
      scope: 'mail',
    }
    const patched = await desk.api('PATCH', `/mailboxes/${body.id}`, {
      imap,
      oauth,
      clientSecret: 'shh',
      paused: false,
    })
    assert.equal(patched.status, 200, JSON.stringify(patched.body))
    const { url } = (await desk.api('POST', `/mailboxes/${body.id}/oauth`, {})).body
    const consent = new URL(url)
    assert.equal(consent.searchParams.get('code_challenge_method'), 'S256')
    const state = consent.searchParams.get('state') ?? ''

    const forged = await desk.api(
      'GET',
      `/mailboxes/oauth-callback?code=the-code&state=${state.replace(/^\d+/, '1')}`,
    )
    assert.equal(forged.status, 400, 'a state that was not signed here is refused')
    const ada = await desk.addAgent('Ada', 'admin')
    const others = await desk.as(ada.token)('GET', `/mailboxes/oauth-callback?code=the-code&state=${state}`)
    assert.equal(others.status, 400, 'one administrator cannot finish what another began')
    const back = await fetch(`${desk.url}/api/v1/mailboxes/oauth-callback?code=the-code&state=${state}`, {
      redirect: 'manual',
      headers: { authorization: `Bearer ${desk.token}` },
    })
    // A browser goes on to the mailbox: it would stay on an empty page with any status but one that leads on.
    assert.deepEqual(
      [back.status, back.headers.get('location')],
      [303, `/admin/mailboxes/${body.id}?oauth=connected`],
    )
    const connected = (await desk.api('GET', `/mailboxes/${body.id}`)).body
    assert.equal(connected.oauth.connected, true)
    assert.equal(JSON.stringify(connected).includes('refresh-'), false)

    await until(
      async () => (await desk.api('GET', `/mailboxes/${body.id}`)).body.health.state === 'ok',
      20_000,
    )
    dovecot.deliver(letter({ from: 'cy@customer.example', to: 'oauth@desk.example', subject: 'By token' }))
    await until(async () => (await desk.api('GET', '/tickets?q=token')).body.items.length === 1)
    assert.deepEqual(
      provider.asked.map((form) => [form['grant_type'], form['client_secret']]),
      [
        ['authorization_code', 'shh'],
        ['refresh_token', 'shh'],
      ],
    )

    provider.revoke()
    await dovecot.stop()
    await dovecot.start()
    const failing = await until(async () => {
      const { health } = (await desk.api('GET', `/mailboxes/${body.id}`)).body
      return health.cure === 'connect_again' ? health : null
    }, 20_000)
    assert.match(failing.failure, /invalid_grant: Token has been expired or revoked/)
  },
)

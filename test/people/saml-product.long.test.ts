// Signing in by a real SAML product, SimpleSAMLphp: each reads the metadata of the other, requests are signed and answers encrypted where it
// wants that, groups lead to role and team, and what is for another is refused.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startDesk, type TestDesk } from '../support/desk.ts'
import { signedIn } from '../support/session.ts'
import { startSimpleSamlPhp, withoutSimpleSamlPhp, type SimpleSamlPhp } from '../support/simplesamlphp.ts'

const skip = withoutSimpleSamlPhp()
let desk: TestDesk
let company: SimpleSamlPhp
let boss: Awaited<ReturnType<typeof signedIn>>

before(async () => {
  if (skip !== false) return
  company = await startSimpleSamlPhp({
    boss: { name: 'Boss', groups: ['Chiefs'] },
    nia: { name: 'Nia', groups: ['Support', 'Billing'] },
    pia: { name: 'Pia', groups: ['Lunch'] },
  })
  desk = await startDesk()
  boss = await signedIn(desk.url, await desk.addAgent('Boss', 'admin'))
})
after(async () => {
  await desk?.close()
  await company?.close()
})

const json = async (answer: Promise<Response>) => (await answer).json() as Promise<any> // eslint-disable-line typescript/no-explicit-any

async function leave(id: number, purpose: string, cookie: string) {
  const started = await fetch(`${desk.url}/api/v1/session/providers/${id}/start`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-docket-csrf': '1', cookie },
    body: JSON.stringify({ purpose }),
  })
  assert.equal(started.status, 200, await started.clone().text())
  const { url } = (await started.json()) as { url: string }
  return { url, way: started.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
}

/** A browser leaves for a provider, signs in there, and posts what it is given. `instead` is what it says to another request. */
async function comeBy(id: number, uid: string, { purpose = 'sign_in', cookie = '', instead = '' } = {}) {
  const { url, way } = await leave(id, purpose, cookie)
  const { action, answer, xml } = await company.signIn(instead || url, uid)
  const posted = await fetch(
    instead === '' ? action : `${desk.url}/api/v1/session/providers/${id}/callback`,
    {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ SAMLResponse: answer }),
    },
  )
  const back = await fetch(posted.headers.get('location') ?? '', {
    redirect: 'manual',
    headers: { cookie: [way, cookie].filter(Boolean).join('; ') },
  })
  const session = back.headers.getSetCookie().find((line) => line.startsWith('docket_session='))
  return { to: back.headers.get('location') ?? '', session: session?.split(';')[0] ?? '', url, xml }
}

test(
  'SimpleSAMLphp and the desk read each other’s metadata; groups lead to role and team',
  { skip },
  async () => {
    company.know([], { wantsSigned: true, encrypts: true })
    const add = (name: string) =>
      json(boss.call('POST', '/identity-providers', { kind: 'saml', name, metadataUrl: company.metadataUrl }))
    const [made, other] = [await add('Company'), await add('Another desk')]
    assert.equal(made.issuer, company.metadataUrl)
    assert.equal(made.saml.signsRequests, true)
    /** What stands at the desk's own addresses now is entered there. */
    const know = async (how: Parameters<SimpleSamlPhp['know']>[1]) =>
      company.know(
        await Promise.all([made, other].map(async ({ metadataUri }) => (await fetch(metadataUri)).text())),
        how,
      )
    const path = `/identity-providers/${made.id}`
    assert.equal((await boss.call('PATCH', path, { domains: ['acme.example'] })).status, 200)
    const billing = (await desk.api('POST', '/teams', { name: 'Billing' })).body
    const grants = [
      { group: '*', role: null, teamId: null },
      { group: 'support', role: 'agent', teamId: null },
      { group: 'billing', role: null, teamId: billing.id },
    ]
    assert.equal((await boss.call('PUT', '/group-access', { grants })).status, 200)

    // Signed and in the clear, encrypted, and both without.
    for (const how of [
      { wantsSigned: true, encrypts: false },
      { wantsSigned: true, encrypts: true },
      { wantsSigned: false, encrypts: true },
    ]) {
      await json(boss.call('PATCH', path, { signsRequests: how.wantsSigned }))
      await know(how)
      const { url, xml } = await comeBy(made.id, 'nia', { purpose: 'trial', cookie: boss.cookie })
      assert.equal(new URL(url).searchParams.has('Signature'), how.wantsSigned)
      assert.equal(xml.includes('EncryptedAssertion'), how.encrypts)
      assert.equal(xml.includes('nia@acme.example'), !how.encrypts)
      const { trial } = await json(boss.call('GET', path))
      assert.deepEqual(
        trial.steps.map(({ step, isGood }: never) => [step, isGood]),
        ['answer', 'assertion', 'claims', 'account'].map((step) => [step, true]),
        JSON.stringify(trial),
      )
      assert.deepEqual(trial.groups, ['Support', 'Billing'])
    }
    assert.equal((await boss.call('PATCH', path, { signsRequests: true })).status, 200)
    await know({ wantsSigned: true, encrypts: true })
    await comeBy(made.id, 'nia', { purpose: 'trial', cookie: boss.cookie })
    assert.equal((await boss.call('PATCH', path, { isOn: true })).status, 200)
    const nia = await comeBy(made.id, 'nia')
    const me = await json(fetch(`${desk.url}/api/v1/session`, { headers: { cookie: nia.session } }))
    assert.deepEqual(
      [nia.to, me.name, me.role, me.teams.map((team: { name: string }) => team.name)],
      ['/', 'Nia', 'agent', ['Billing']],
    )
    assert.match((await comeBy(made.id, 'pia')).to, /no_group/)

    // What it says for another address of the desk is nothing here, be it hidden or not.
    for (const encrypts of [true, false]) {
      await know({ wantsSigned: true, encrypts })
      const trial = { purpose: 'trial', cookie: boss.cookie }
      const { url } = await leave(other.id, 'trial', boss.cookie)
      await comeBy(made.id, 'nia', { ...trial, instead: url })
      const { steps } = (await json(boss.call('GET', path))).trial
      assert.match(steps.at(-1).said, encrypts ? /does not open/ : /audience/)
      assert.deepEqual([steps.at(-1).step, steps.at(-1).isGood], ['assertion', false])
    }
  },
)

test('SimpleSAMLphp refuses a request that nobody signed where it wants them signed', { skip }, async () => {
  const [made] = (await json(boss.call('GET', '/identity-providers'))).items.filter(
    ({ name }: { name: string }) => name === 'Company',
  )
  const path = `/identity-providers/${made.id}`
  assert.equal((await boss.call('PATCH', path, { signsRequests: false })).status, 200)
  await assert.rejects(comeBy(made.id, 'nia'), /no signature found/)
})

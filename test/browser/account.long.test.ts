// Signing in beyond the password, in a real browser: an app's codes made here, and a passkey of a virtual authenticator.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateSync } from 'otplib'
import type { Page } from 'playwright-core'
import { axe, deskInBrowser, type TestBrowser } from '../support/browser.ts'
import { until, type TestDesk } from '../support/desk.ts'
import { atEnd } from '../support/ends.ts'
import { CLIENT, startProvider } from '../support/identity-provider.ts'
import { startSamlPage } from '../support/saml-provider.ts'
import { BASE, MANAGER, startSlapd, withoutSlapd } from '../support/slapd.ts'

let desk: TestDesk
let browser: TestBrowser
let origin: string
deskInBrowser(
  async (started) => {
    ;({ desk, browser } = started)
    origin = desk.config.baseUrl
    const requester = { email: 'cy@customer.example' }
    await desk.api('POST', '/tickets', { subject: 'A lamp', body: 'It is dark', requester })
  },
  { isNamed: true },
)

const codeOf = (secret: string) =>
  generateSync({ secret: secret.replaceAll(' ', ''), epoch: Math.floor(Date.parse(desk.clock.now()) / 1000) })

async function withPassword(page: Page, { email, password }: { email: string; password: string }) {
  await page.goto(`${origin}/sign-in`)
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

const inside = (page: Page) => page.getByRole('button', { name: /^Account of/ }).waitFor()

/** A platform authenticator that knows its person. */
async function giveAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

test('a colleague is invited by mail, chooses a password, forgets it, and gets in again', async () => {
  const page = await browser.newPage(await desk.addAgent('Captain', 'admin'), { at: '/admin/agents' })
  await page.getByRole('button', { name: 'Add agent' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Ivy')
  await dialog.getByLabel('Email address').fill('ivy@desk.example')
  await dialog.getByRole('button', { name: 'Add agent' }).click()
  await page.getByText('A link is on its way to ivy@desk.example').waitFor()
  const visitor = await browser.newVisitor({ viewport: { width: 390, height: 800 } })
  const openMailed = async (words: string) => {
    const mail = await until(async () =>
      desk.sink.mails.find(({ to, mail: { text } }) => to[0] === 'ivy@desk.example' && text?.includes(words)),
    )
    await visitor.goto(/http\S+/.exec(mail.mail.text ?? '')?.[0] ?? '')
  }
  await openMailed('Captain has made an account')
  await visitor.getByLabel('New password').fill('the first long word')
  assert.deepEqual(await axe(visitor), [])
  assert.ok(!visitor.url().includes('#'), 'the secret has left the address bar')
  await visitor.getByRole('button', { name: 'Save and sign in' }).click()
  await visitor.waitForURL(/inbox/)
  await visitor.context().clearCookies()
  await visitor.goto(`${origin}/sign-in`)
  await visitor.getByRole('button', { name: 'Forgot your password?' }).click()
  await visitor.getByLabel('Email address').fill('ivy@desk.example')
  assert.deepEqual(await axe(visitor), [])
  await visitor.getByRole('button', { name: 'Mail me a link' }).click()
  await visitor.getByText('If ivy@desk.example belongs to an account').waitFor()
  await openMailed('Somebody asked for a new password')
  await visitor.getByLabel('New password').fill('the second long word')
  await visitor.getByRole('button', { name: 'Save and sign in' }).click()
  await visitor.waitForURL(/inbox/)
  await visitor.goBack().catch(() => null)
  await openMailed('Somebody asked for a new password')
  await visitor.getByLabel('New password').fill('the third long word')
  await visitor.getByRole('button', { name: 'Save and sign in' }).click()
  await visitor.getByText('This link was used already or is too old.').waitFor()
})

test('an app is added, asked for, and stood in for by a recovery code', async () => {
  const agent = await desk.addAgent('Ada', 'agent')
  const page = await browser.newPage(agent, { at: '/me' })
  await page.getByRole('button', { name: 'Add an authenticator app' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add an authenticator app' })
  await dialog.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
  const secret = (await dialog.locator('code').textContent()) ?? ''
  await dialog.getByLabel('Code from your app').fill('000000')
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  await dialog.getByText('That is not the code.').waitFor()
  assert.deepEqual(await axe(page), [])
  await dialog.getByLabel('Code from your app').fill(codeOf(secret))
  await page.keyboard.press('Enter')
  const codes = page.getByRole('dialog', { name: 'Recovery codes' })
  const first = (await codes.getByRole('listitem').first().textContent()) ?? ''
  assert.match(first, /^\w{4}-\w{4}-\w{4}-\w{4}$/)
  assert.deepEqual(await axe(page), [])
  await codes.getByRole('button', { name: 'I have kept them' }).click()
  await page.getByText('10 codes left').waitFor()
  desk.clock.pass(60)
  const visitor = await browser.newVisitor()
  await withPassword(visitor, agent)
  await visitor.getByLabel('Code from your app').waitFor()
  assert.deepEqual(await axe(visitor), [])
  await visitor.getByLabel('Code from your app').fill('000000')
  await visitor.keyboard.press('Enter')
  await visitor.getByText('That is not right, or was used already.').waitFor()
  await visitor.getByLabel('Code from your app').fill(codeOf(secret))
  await visitor.keyboard.press('Enter')
  await inside(visitor)
  const lost = await browser.newVisitor()
  await withPassword(lost, agent)
  await lost.getByRole('button', { name: 'Use a recovery code' }).click()
  await lost.getByLabel('Recovery code').fill(first)
  await lost.keyboard.press('Enter')
  await inside(lost)
})

test('a passkey is added, steps up over an open form, and signs in alone', async () => {
  const agent = await desk.addAgent('Eve', 'admin')
  const page = await browser.newPage(agent)
  await giveAuthenticator(page)
  await page.goto(`${origin}/me`)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a passkey' })
  await dialog.getByLabel('Name').fill('This laptop')
  await dialog.getByRole('button', { name: 'Go on' }).click()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await page.getByRole('listitem').filter({ hasText: 'This laptop' }).waitFor()
  // What was typed is still there when the question has been answered, and goes out by itself.
  await page.goto(`${origin}/admin/tokens`)
  await page.getByRole('button', { name: 'Add token' }).click()
  const form = page.getByRole('dialog', { name: 'Add token' })
  await form.getByLabel('Name').fill('For the shop')
  desk.clock.pass(660)
  await form.getByRole('button', { name: 'Add token' }).click()
  const question = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await question.getByRole('button', { name: 'Use a passkey' }).waitFor()
  assert.deepEqual(await axe(page), [])
  await page.keyboard.press('Escape')
  await form.getByText('Confirm that it is you, and send this again.').waitFor()
  await form.getByRole('button', { name: 'Add token' }).click()
  await question.getByRole('button', { name: 'Use a passkey' }).click()
  await page.getByText(/dkt_/).waitFor()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: /^Account of Eve/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await inside(page)
})

test('a role that needs a factor says so in its days, and after them lets nothing else be done', async () => {
  const boss = await desk.addAgent('Boss', 'admin')
  const page = await browser.newPage(boss, { at: '/admin/sign-in-policy' })
  await page.getByLabel('Required for Agent').check()
  await page.getByRole('group', { name: 'Agent' }).getByLabel('Days to add one').fill('7')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText(/^Since /).waitFor()
  const agent = await desk.addAgent('Ida', 'agent')
  const own = await browser.newPage(agent)
  await own.getByText('Your role needs a second factor by').waitFor()
  assert.deepEqual(await axe(own), [])
  await own.getByRole('link', { name: 'Add one' }).click()
  await own.getByRole('heading', { name: 'Second factor' }).waitFor()
  desk.clock.pass(8 * 86_400)
  await withPassword(own, agent)
  await own.getByRole('heading', { name: 'Add a second factor' }).waitFor()
  assert.deepEqual(await axe(own), [])
  await own.goto(`${origin}/inbox/all`)
  await own.getByRole('button', { name: 'Add an authenticator app' }).click()
  const secret = (await own.getByRole('dialog').locator('code').textContent()) ?? ''
  await own.getByLabel('Code from your app').fill(codeOf(secret))
  await own.keyboard.press('Enter')
  await own.getByRole('button', { name: 'I have kept them' }).click()
  await inside(own)
})

test('another device is signed out from the list, and by an administrator', async () => {
  const agent = await desk.addAgent('Lou', 'viewer')
  const [here, there] = [await browser.newPage(agent), await browser.newPage(agent)]
  await here.goto(`${origin}/me`)
  const list = here.getByRole('list', { name: 'Where you are signed in' })
  await list.getByText('This device').waitFor()
  await list.getByRole('button', { name: /^Sign out Chrome/ }).click()
  await here.getByText(/is signed out$/).waitFor()
  assert.equal(await list.getByRole('listitem').count(), 1)
  await there.goto(`${origin}/me`)
  await there.getByLabel('Email address').waitFor()
  const boss = await browser.newPage(await desk.addAgent('Chief', 'admin'), { at: '/admin/agents' })
  await boss.getByRole('row', { name: /Lou/ }).getByRole('button', { name: 'Edit' }).click()
  await boss.getByRole('button', { name: 'Sign out everywhere' }).click()
  await boss
    .getByRole('dialog', { name: 'Sign out everywhere' })
    .getByRole('button', { name: 'Sign out everywhere' })
    .click()
  await boss.getByText('Lou is signed out everywhere').waitFor()
  await here.getByLabel('Email address').waitFor()
})

test('a company’s provider is tried, signs in, and proves in another tab over an open form', async (t) => {
  const provider = await startProvider()
  atEnd(t, () => provider.close())
  const chloe = await desk.addAgent('Chloe', 'admin')
  provider.signedIn = { sub: 'b-1', email: chloe.email, email_verified: true, name: 'Chloe' }
  const page = await browser.newPage(chloe, { at: '/admin/providers' })
  await page.getByRole('button', { name: 'Add a provider' }).click()
  await page.getByLabel('Name').fill('Acme')
  await page.getByLabel('Issuer').fill(provider.issuer)
  await page.getByLabel('Client ID').fill(CLIENT.id)
  await page.getByLabel('Client secret').fill(CLIENT.secret)
  await page.getByRole('dialog').getByRole('button', { name: 'Add a provider' }).click()
  await page.getByText('Redirect URI').waitFor()
  const [redirectUri = '', logoutUri = ''] = await page.locator('pre').allTextContents()
  provider.allow(redirectUri, logoutUri)
  await page.getByRole('button', { name: 'Save and try' }).click()
  await page.getByText('linked: Chloe').waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByRole('button', { name: 'Switch on' }).click()
  await page.getByRole('button', { name: 'Switch off' }).waitFor()

  const other = await browser.newVisitor()
  await other.goto(`${origin}/sign-in`)
  await other.getByRole('button', { name: 'Sign in with Acme' }).click()
  await inside(other)
  desk.clock.pass(3_600)
  await other.goto(`${origin}/admin/tokens`)
  await other.getByRole('button', { name: 'Add token' }).click()
  await other.getByLabel('Name').fill('Directory')
  await other.getByRole('dialog').getByRole('button', { name: 'Add token' }).click()
  await other.getByRole('button', { name: 'Sign in again with Acme' }).click()
  await other.getByText(/^dkt_/).waitFor()
})

test('a provider that speaks SAML is set up by its metadata, tried, and signs in from another site', async (t) => {
  const dora = await desk.addAgent('Dora', 'admin')
  const provider = await startSamlPage({ nameId: 'd-1', email: dora.email, name: 'Dora' })
  atEnd(t, () => provider.close())
  const page = await browser.newPage(dora, { at: '/admin/providers' })
  await page.getByRole('button', { name: 'Add a provider' }).click()
  await page.getByLabel('How it is spoken with').selectOption('saml')
  await page.getByLabel('Name').fill('Bolt')
  await page.getByLabel('Or its text').fill('<nothing/>')
  const add = page.getByRole('dialog').getByRole('button', { name: 'Add a provider' })
  await add.click()
  await page.getByText('This is no metadata of an identity provider').waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByLabel('Or its text').fill('')
  await page.getByLabel('Address of the provider’s metadata').fill(provider.metadataUrl)
  await add.click()
  await page.getByText('CN=Acme sign-in, until').waitFor()
  const [entityId = '', consumerUrl = ''] = await page.locator('pre').allTextContents()
  await page.getByLabel('Domains').fill('desk.example')
  provider.know('https://another.example', consumerUrl)
  await page.getByRole('button', { name: 'Save and try' }).click()
  await page.getByText('To change at the provider').waitFor()
  provider.know(entityId, consumerUrl)
  await page.getByRole('button', { name: 'Save and try' }).click()
  await page.getByText('linked: Dora').waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByRole('button', { name: 'Switch on' }).click()
  await page.getByRole('button', { name: 'Switch off' }).waitFor()

  const other = await browser.newVisitor()
  await other.goto(`${origin}/sign-in?next=${encodeURIComponent('/me')}`)
  await other.getByRole('button', { name: 'Sign in with Bolt' }).click()
  await other.waitForURL(`${origin}/me`)
  await inside(other)
  // The answer that begins there, in a browser that asked for none: said plainly, and nobody is in.
  const stranger = await browser.newVisitor()
  await stranger.goto(provider.metadataUrl.replace('/metadata', '/sso'))
  await stranger.getByText('it did not begin here').waitFor()
})

/** By the API it is signed in with in every run. */
const skipLdap =
  process.env['DOCKET_TEST_LONG'] === undefined ? 'asked for with DOCKET_TEST_LONG=1' : withoutSlapd()

test('a directory is tried on its page, and its password signs in', { skip: skipLdap }, async (t) => {
  const slapd = await startSlapd(`dn: ${BASE}
objectClass: dcObject
objectClass: organization
o: Acme
dc: acme

dn: uid=gus,${BASE}
objectClass: inetOrgPerson
uid: gus
cn: Gus
sn: Gus
mail: gus@desk.example
userPassword: gus at the company
`)
  atEnd(t, () => slapd.close())
  const page = await browser.newPage(await desk.addAgent('Gus', 'admin'), { at: '/admin/providers' })
  await page.getByRole('button', { name: 'Add a provider' }).click()
  await page.getByLabel('How it is spoken with').selectOption('ldap')
  await page.getByLabel('Name', { exact: true }).fill('Acme directory')
  await page.getByLabel('Address of the directory').fill('ldap://ldap.acme.example')
  await page.getByLabel('Where people and groups are').fill(BASE)
  const add = page.getByRole('dialog').getByRole('button', { name: 'Add a provider' })
  await add.click()
  await page.getByText('would send passwords unencrypted').waitFor()
  await page.getByLabel('Address of the directory').fill(slapd.secureUrl)
  await page.getByLabel('Certificates to trust').fill(slapd.authority)
  await page.getByLabel('Name that the desk looks with').fill(MANAGER.dn)
  await page.getByLabel('Its password').fill(MANAGER.password)
  await add.click()
  await page.getByLabel('Domains').fill('desk.example')
  const tryAs = async (password: string) => {
    await page.getByRole('button', { name: 'Save and try' }).click()
    const dialog = page.getByRole('dialog', { name: 'Trial' })
    await dialog.getByLabel('Name or address').fill('gus@desk.example')
    await dialog.getByLabel('Password').fill(password)
    await dialog.getByRole('button', { name: 'Try' }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  await tryAs('guessed')
  await page.getByText('The directory does not take that password').waitFor()
  await tryAs('gus at the company')
  await page.getByText('linked: Gus').waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByRole('button', { name: 'Switch on' }).click()
  await page.getByRole('button', { name: 'Switch off' }).waitFor()

  const other = await browser.newVisitor()
  await other.goto(`${origin}/sign-in`)
  await other.getByText('that you have there: Acme directory').waitFor()
  await withPassword(other, { email: 'gus@desk.example', password: 'gus at the company' })
  await inside(other)
})

test('the consoles stayed silent', () => {
  assert.deepEqual(browser.said, [])
})

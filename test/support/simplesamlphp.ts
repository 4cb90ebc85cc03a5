// A real SAML provider of identity (SimpleSAMLphp) in a folder of its own, served by PHP's own server on loopback: it reads the metadata of
// the desk, wants signed requests where it is told to, encrypts what it says, and asks for a name and a password.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newOwnKey } from '#channels/own-certificate.ts'
import { withCookies } from './cookies.ts'
import { freePort, until } from './desk.ts'

const SHARE = '/usr/share/simplesamlphp'
const PHP = '/usr/bin/php'

/** Why this machine cannot run it, for `skip`; false when it can. */
export function withoutSimpleSamlPhp(): string | false {
  return existsSync(join(SHARE, 'www')) && existsSync(PHP)
    ? false
    : 'SimpleSAMLphp is not here: apt-get install simplesamlphp php-cli php-xml php-mbstring'
}

type Person = { readonly name: string; readonly groups: readonly string[] }

export type SimpleSamlPhp = {
  readonly metadataUrl: string
  /** Enters the metadata of desks there, by their text; what it wants and how it answers. */
  readonly know: (
    metadata: readonly string[],
    how: { readonly wantsSigned: boolean; readonly encrypts: boolean },
  ) => void
  /** Signs in at the address that a desk leads to; the form that its last page sends, and whether anything in that can be read. */
  readonly signIn: (
    url: string,
    uid: string,
  ) => Promise<{ readonly action: string; readonly answer: string; readonly xml: string }>
  readonly close: () => Promise<void>
}

/** Starts it with these people; each has `<uid> at the company` as password. */
export async function startSimpleSamlPhp(people: Readonly<Record<string, Person>>): Promise<SimpleSamlPhp> {
  const folder = mkdtempSync(join(tmpdir(), 'docket-simplesamlphp-'))
  for (const name of ['metadata', 'cert', 'data', 'log', 'tmp', 'sessions']) mkdirSync(join(folder, name))
  const { privateKey, certificate } = await newOwnKey({ days: 30, commonName: 'company', nowMs: Date.now() })
  writeFileSync(join(folder, 'cert/key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
  writeFileSync(join(folder, 'cert/cert.pem'), certificate)
  const port = await freePort()
  const base = `http://127.0.0.1:${port}/`
  writeFileSync(join(folder, 'authsources.php'), sourcesOf(people))
  const know: SimpleSamlPhp['know'] = (metadata, how) => {
    writeFileSync(join(folder, 'metadata/saml20-idp-hosted.php'), hostedOf(how))
    metadata.forEach((text, at) => writeFileSync(join(folder, `desk-${at}.xml`), text))
    writeFileSync(join(folder, 'config.php'), configOf(folder, base, metadata.length))
  }
  know([], { wantsSigned: false, encrypts: false })
  // What is changed in its files counts at once.
  const set = ['error_reporting=E_ALL & ~E_DEPRECATED', 'opcache.enable=0'].flatMap((each) => ['-d', each])
  const child = spawn(PHP, [...set, '-S', `127.0.0.1:${port}`, '-t', join(SHARE, 'www')], {
    stdio: 'ignore',
    env: { SIMPLESAMLPHP_CONFIG_DIR: folder, TMPDIR: join(folder, 'tmp') },
  })
  const metadataUrl = `${base}saml2/idp/metadata.php`
  await until(() =>
    fetch(metadataUrl).then(
      ({ ok }) => ok || null,
      () => null,
    ),
  )
  return {
    metadataUrl,
    know,
    signIn: (url, uid) => signIn(url, uid, `${uid} at the company`),
    close: async () => {
      const ended = new Promise((done) => child.once('exit', done))
      child.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const php = (value: unknown): string =>
  `json_decode(${JSON.stringify(JSON.stringify(value)).replaceAll('$', '\\$')}, true)`

const sourcesOf = (people: Readonly<Record<string, Person>>) => {
  const users = Object.entries(people).map(([uid, { name, groups }]) => [
    `${uid}:${uid} at the company`,
    { uid: [uid], email: [`${uid}@acme.example`], displayName: [name], groups },
  ])
  return `<?php $config = ['company' => array_merge(['exampleauth:UserPass'], ${php(Object.fromEntries(users))})];`
}

const configOf = (folder: string, base: string, desks: number) => {
  const desk = (at: number) => ({ type: 'xml', file: join(folder, `desk-${at}.xml`) })
  const config = {
    baseurlpath: base,
    certdir: `${folder}/cert/`,
    loggingdir: `${folder}/log/`,
    datadir: `${folder}/data/`,
    tempdir: `${folder}/tmp`,
    metadatadir: `${folder}/metadata`,
    secretsalt: 'a salt of a test',
    timezone: 'UTC',
    'logging.handler': 'file',
    'enable.saml20-idp': true,
    'module.enable': { exampleauth: true, core: true, saml: true },
    'store.type': 'phpsession',
    'session.phpsession.savepath': `${folder}/sessions`,
    'session.cookie.secure': false,
    'metadata.sources': [{ type: 'flatfile' }, ...Array.from({ length: desks }, (_, at) => desk(at))],
  }
  return `<?php $config = ${php(config)};`
}

const hostedOf = ({ wantsSigned, encrypts }: { wantsSigned: boolean; encrypts: boolean }) => {
  const hosted = {
    host: '__DEFAULT__',
    privatekey: 'key.pem',
    certificate: 'cert.pem',
    auth: 'company',
    'validate.authnrequest': wantsSigned,
    'redirect.validate': wantsSigned,
    'assertion.encryption': encrypts,
    NameIDFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    authproc: { 1: { class: 'saml:PersistentNameID', attribute: 'uid' } },
  }
  return `<?php $metadata['__DYNAMIC:1__'] = ${php(hosted)};`
}

/** As a browser: follows where it is led, types name and password, and takes what the last page would send. */
async function signIn(url: string, uid: string, password: string) {
  const ask = withCookies()
  const get = async (at: string, body?: URLSearchParams): Promise<{ url: string; page: string }> => {
    const answer = await ask(at, body)
    const next = answer.headers.get('location')
    return next === null ? { url: at, page: await answer.text() } : get(new URL(next, at).href)
  }
  const form = await get(url)
  const AuthState = valueIn(form.page, 'AuthState')
  const last =
    AuthState === '' ? form : await get(form.url, new URLSearchParams({ username: uid, password, AuthState }))
  const answer = valueIn(last.page, 'SAMLResponse')
  if (answer === '') throw new Error(last.page.replace(/<[^>]*>|\s+/g, ' ').slice(0, 1_000))
  const action = plain(/<form[^>]* action="([^"]*)"/.exec(last.page)?.[1] ?? '')
  return { action, answer, xml: Buffer.from(answer, 'base64').toString() }
}

const valueIn = (page: string, name: string): string =>
  plain(new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(page)?.[1] ?? '')

const plain = (text: string): string =>
  text
    .replaceAll(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

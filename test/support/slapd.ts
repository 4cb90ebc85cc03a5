// A real directory (OpenLDAP) in a folder of its own, as an ordinary child process on loopback, with and without TLS.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'ldapts'
import { freePort, until } from './desk.ts'
import { newSigningKey } from './saml-provider.ts'

const BINARY = '/usr/sbin/slapd'

/** Why this machine cannot run the directory, for `skip`; false when it can. */
export function withoutSlapd(): string | false {
  return existsSync(BINARY) ? false : 'OpenLDAP is not here: apt-get install slapd'
}

export type Slapd = {
  readonly plainUrl: string
  readonly secureUrl: string
  /** The certificate that vouches for it. */
  readonly authority: string
  /** Changes the directory as its manager. */
  readonly change: <T>(work: (client: Client) => Promise<T>) => Promise<T>
  readonly close: () => Promise<void>
}

export const BASE = 'dc=acme,dc=example'
export const MANAGER = { dn: `cn=manager,${BASE}`, password: 'manager of the tree' }

/** Starts a directory whose entries are these (LDIF). */
export async function startSlapd(ldif: string): Promise<Slapd> {
  const folder = mkdtempSync(join(tmpdir(), 'docket-slapd-'))
  mkdirSync(join(folder, 'data'))
  const { privateKey, certificate } = await newSigningKey(30, Date.now(), 'localhost')
  const authority = `-----BEGIN CERTIFICATE-----\n${certificate.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`
  writeFileSync(join(folder, 'cert.pem'), authority)
  writeFileSync(join(folder, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
  writeFileSync(join(folder, 'slapd.conf'), configIn(folder))
  writeFileSync(join(folder, 'tree.ldif'), ldif)
  const config = join(folder, 'slapd.conf')
  const added = spawnSync('/usr/sbin/slapadd', ['-f', config, '-l', join(folder, 'tree.ldif')])
  if (added.status !== 0) throw new Error(added.stderr.toString())
  const [plain, secure] = [await freePort(), await freePort()]
  const plainUrl = `ldap://127.0.0.1:${plain}`
  const child = spawn(BINARY, ['-f', config, '-h', `${plainUrl} ldaps://127.0.0.1:${secure}`, '-d', '0'], {
    stdio: 'ignore',
  })
  await until(() => answers(secure))
  return {
    plainUrl,
    secureUrl: `ldaps://localhost:${secure}`,
    authority,
    change: async (work) => {
      const client = new Client({ url: plainUrl })
      await client.bind(MANAGER.dn, MANAGER.password)
      return work(client).finally(() => client.unbind())
    },
    close: async () => {
      const ended = new Promise((done) => child.once('exit', done))
      child.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const configIn = (folder: string) => `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${folder}/pid
TLSCertificateFile ${folder}/cert.pem
TLSCertificateKeyFile ${folder}/key.pem
database mdb
suffix "${BASE}"
rootdn "${MANAGER.dn}"
rootpw "${MANAGER.password}"
directory ${folder}/data
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="cn=reader,${BASE}" read by self read by * none
`

const answers = (port: number) =>
  new Promise<true | null>((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => (socket.destroy(), done(true)))
    socket.once('error', () => done(null))
  })

// A passkey in software, as WebAuthn describes it: ES256, no attestation. It signs what it is told to, right or wrong.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

export type Asked = { readonly challenge: string }
export type Signing = {
  readonly origin: string
  readonly rpId?: string
  /** Whether the person was made sure of, by PIN or finger. */
  readonly isVerified?: boolean
  readonly signCount?: number
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()
const clientData = (type: string, challenge: string, origin: string) =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

/** Makes a passkey for `localhost`. */
export function authenticator() {
  const id = randomBytes(32)
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const named = { id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key' as const }
  const authData = ({ rpId = 'localhost', isVerified = true, signCount = 0 }: Signing, more = 0) => {
    const flags = 0x01 | (isVerified ? 0x04 : 0) | more
    const count = Buffer.alloc(4)
    count.writeUInt32BE(signCount)
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count])
  }
  return {
    /** `RegistrationResponseJSON`. */
    make: ({ challenge }: Asked, signing: Signing) => {
      // The public key as COSE: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
      const key = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y, 'base64url'),
      ])
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key])
      const data = Buffer.concat([authData(signing, 0x40), credential])
      const attestation = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
        Buffer.from([data.length]),
        data,
      ])
      const client = clientData('webauthn.create', challenge, signing.origin)
      return {
        ...named,
        clientExtensionResults: {},
        response: {
          clientDataJSON: client.toString('base64url'),
          attestationObject: attestation.toString('base64url'),
          transports: ['internal'],
        },
      }
    },
    /** `AuthenticationResponseJSON`. */
    sign: ({ challenge }: Asked, signing: Signing) => {
      const client = clientData('webauthn.get', challenge, signing.origin)
      const data = authData(signing)
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
      return {
        ...named,
        clientExtensionResults: {},
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signature.toString('base64url'),
        },
      }
    },
  }
}

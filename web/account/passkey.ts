// What the browser does with passkeys: it makes one, or has one sign. A person who turns away is told apart from a failure.
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser'

import type { FactorAdded } from '../../src/api/contract/account.ts'
import { call } from '../wire/call.ts'
import { say } from '../words/say.ts'

export const knowsPasskeys = browserSupportsWebAuthn

type Asked = Parameters<typeof startAuthentication>[0]['optionsJSON']
type Signed = Awaited<ReturnType<typeof startAuthentication>>
type Making = Parameters<typeof startRegistration>[0]['optionsJSON']

/** Has a passkey sign what the server asks at `path`. */
export async function signWithPasskey(path: string): Promise<Signed> {
  const optionsJSON = await call<Asked>('POST', path)
  return startAuthentication({ optionsJSON }).catch(tell)
}

/** Makes a passkey and leaves it with the server. */
export async function makePasskey(name: string): Promise<FactorAdded> {
  const optionsJSON = await call<Making>('POST', '/account/passkeys/challenge')
  const passkey = await startRegistration({ optionsJSON }).catch(tell)
  return call<FactorAdded>('POST', '/account/passkeys', { body: { name, passkey } })
}

/** The browser says "not allowed" for whoever closed its window, and nothing more about why. */
function tell(error: unknown): never {
  const name = error instanceof Error ? error.name : ''
  if (name === 'InvalidStateError') throw new Error(say('passkey.known'), { cause: error })
  if (name === 'NotAllowedError' || name === 'AbortError')
    throw new Error(say('passkey.cancelled'), { cause: error })
  if (name === 'SecurityError') throw new Error(say('passkey.wrongPlace'), { cause: error })
  throw error
}

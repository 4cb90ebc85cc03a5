// Who is signed in, and what they may do.
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'

import type {
  ChosenPassword,
  Credentials,
  Me,
  MePatch,
  Permission,
  Setup,
  SetupState,
} from '../../src/api/contract.ts'
import type { FactorShown, FactorWanted } from '../../src/api/contract/account.ts'
import type { SignInProviders } from '../../src/api/contract/providers.ts'
import { signInProblems, type SignInProblem, type SignInPurpose } from '../../src/people/provider-sign-in.ts'
import { rightsOf } from '../../src/people/rights.ts'
import { call, CallFailed, onFactorRequired, onSignedOut } from './call.ts'
import { client } from './client.ts'
import { onTabs, tellTabs } from './tabs.ts'

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async (): Promise<Me | null> => {
    try {
      return await call<Me>('GET', '/session')
    } catch (error) {
      if (error instanceof CallFailed && error.status === 401) return null
      throw error
    }
  },
})

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: () => call<SetupState>('GET', '/setup'),
})

onSignedOut(() => client.setQueryData(meQuery.queryKey, null))
onFactorRequired(() => location.assign('/add-factor'))
// Loaded anew, so that nothing of a person stays behind in a tab that somebody else may find.
onTabs(({ kind }) => {
  if (kind === 'signed-out') location.assign('/sign-in')
})

/** Looks whether anybody is still let in; who is not is led away at once, not at the next thing they do. */
export async function lookWhoIsIn(): Promise<void> {
  try {
    if ((await call<Me>('GET', '/session')).mustAddFactor) location.assign('/add-factor')
  } catch (error) {
    if (error instanceof CallFailed && error.status === 401) client.setQueryData(meQuery.queryKey, null)
  }
}

/** The person at the keyboard; only inside the signed-in part of the app. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(meQuery)
  return data ?? nobody
}

const nobody: Me = {
  id: 0,
  name: '',
  email: '',
  role: 'viewer',
  customRole: null,
  teams: [],
  permissions: [],
  deskName: '',
  signature: '',
  sendDelaySeconds: 0,
  countsTouch: false,
  factorDueAt: null,
  mustAddFactor: false,
  provider: null,
  feedSeq: '',
}

const everybodys = rightsOf({ role: 'viewer', customRole: null })

/** Whether there is anything for them in the administration: a right that is not about tickets, and not everybody's. */
export function useAdministers(): boolean {
  return useMe().permissions.some((each) => !each.startsWith('ticket.') && !everybodys.includes(each))
}

export function useMay(permission: Permission): boolean {
  return useMe().permissions.includes(permission)
}

async function enter(me: Me): Promise<void> {
  client.clear()
  client.setQueryData(meQuery.queryKey, me)
}

/** Signs in; or answers what second factor is wanted, to be shown with `showFactor`. */
export async function signIn(credentials: Credentials): Promise<FactorWanted['wanted'] | null> {
  return enterOrShow(await call<Me | FactorWanted>('POST', '/session', { body: credentials }))
}

/** Chooses a password by a link; as `signIn`. */
export async function choosePassword(chosen: ChosenPassword): Promise<FactorWanted['wanted'] | null> {
  return enterOrShow(await call<Me | FactorWanted>('POST', '/session/password', { body: chosen }))
}

async function enterOrShow(answer: Me | FactorWanted): Promise<FactorWanted['wanted'] | null> {
  if ('wanted' in answer) return answer.wanted
  await enter(answer)
  return null
}

/** Shows the second factor, or a passkey alone, and is signed in. */
export async function showFactor(shown: FactorShown): Promise<void> {
  await enter(await call<Me>('POST', '/session/factor', { body: shown }))
}

export async function setUp(body: Setup): Promise<void> {
  await enter(await call<Me>('POST', '/setup', { body }))
}

export async function signOut(): Promise<void> {
  await call('DELETE', '/session')
  tellTabs({ kind: 'signed-out' })
  client.clear()
  client.setQueryData(meQuery.queryKey, null)
}

export async function patchMe(body: MePatch): Promise<void> {
  client.setQueryData(meQuery.queryKey, await call<Me>('PATCH', '/session', { body }))
}

export const signInProvidersQuery = queryOptions({
  queryKey: ['ways-in'],
  queryFn: () => call<SignInProviders>('GET', '/session/providers'),
})

/** Why nobody came in by a provider, as an address names it; null where it names nothing that is known. */
export function signInProblemIn(named: string | null | undefined): SignInProblem | null {
  return signInProblems.find((each) => each === named) ?? null
}

/** Leaves for a provider of identity; what comes back ends at `next`. */
export async function goToProvider(id: number, purpose: SignInPurpose, next?: string): Promise<void> {
  location.assign(await providerAddress(id, purpose, next))
}

/** Where a provider asks who it is. */
export async function providerAddress(id: number, purpose: SignInPurpose, next?: string): Promise<string> {
  const body = { purpose, ...(next === undefined ? {} : { next }) }
  return (await call<{ url: string }>('POST', `/session/providers/${id}/start`, { body })).url
}

/** Asks a provider in another tab who is there; ends when that tab says that it was proved. */
export async function proveAtProvider(id: number): Promise<void> {
  // Opened at the press: later a browser would take it for a popup that nobody wanted.
  const tab = window.open('about:blank', '_blank')
  const isProved = new Promise<void>((done) => onTabs(({ kind }) => kind === 'proved' && done()))
  try {
    const address = await providerAddress(id, 'proof')
    if (tab === null) location.assign(address)
    else tab.location.replace(address)
  } catch (error) {
    tab?.close()
    throw error
  }
  await isProved
}

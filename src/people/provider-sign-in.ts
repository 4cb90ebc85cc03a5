// The way to a provider of identity and back, in words. It imports nothing, so that the app takes it as it is.

/** Why somebody goes there. */
export const signInPurposes = ['sign_in', 'link', 'proof', 'trial'] as const
export type SignInPurpose = (typeof signInPurposes)[number]

/** Why nobody came in: stands in the address that the browser comes back to. */
export const signInProblems = [
  'expired',
  'unasked',
  'unreachable',
  'refused',
  'misset',
  'unknown_account',
  'unverified',
  'deactivated',
  'no_group',
  'taken',
  'other_person',
] as const
export type SignInProblem = (typeof signInProblems)[number]

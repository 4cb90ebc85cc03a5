// The way to a provider of identity and back, in words. It imports nothing, so that the app takes it as it is.

/** Why somebody goes there. */
export const waysThere = ['sign_in', 'link', 'proof', 'trial'] as const
export type WayThere = (typeof waysThere)[number]

/** Why nobody came in: stands in the address that the browser comes back to. */
export const wayProblems = [
  'expired',
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
export type WayProblem = (typeof wayProblems)[number]

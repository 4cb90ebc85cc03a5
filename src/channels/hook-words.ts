// The words of hooks, each list once. It imports nothing, so that the app takes it as it is.

/** How a sender proves itself, the best first; of `none` everybody is believed who has the address. */
export const hookSchemes = ['standard', 'github', 'stripe', 'secret', 'none'] as const
export type HookScheme = (typeof hookSchemes)[number]

/** How a later event of the same matter is written on its ticket. */
export const hookAgains = ['note', 'message'] as const
export type HookAgain = (typeof hookAgains)[number]

/** What became of an event: `arrived` was not carried out yet. */
export const hookStates = ['arrived', 'done', 'skipped', 'failed'] as const
export type HookState = (typeof hookStates)[number]

/** What a mapping says by templates, in the order in which it is shown. */
export const hookParts = [
  'only',
  'matter',
  'email',
  'name',
  'subject',
  'body',
  'status',
  'priority',
  'tags',
] as const
export type HookPart = (typeof hookParts)[number]

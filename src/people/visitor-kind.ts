// How much is known of who visits. It imports nothing, so that the app takes it as it is.

/** Least first: nothing; what they typed; what their company's site has signed. */
export const visitorKinds = ['anonymous', 'claimed', 'verified'] as const
export type VisitorKind = (typeof visitorKinds)[number]

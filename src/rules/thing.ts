// What rules can refer to. It imports nothing, so that the contract and the app take it as it is.

/** What conditions name by its id. */
export const referredKinds = ['team', 'agent', 'category', 'queue', 'brand', 'mailbox'] as const
export type Referred = (typeof referredKinds)[number]

export const thingKinds = [...referredKinds, 'tag', 'field', 'template', 'webhook', 'macro'] as const
export type ThingKind = (typeof thingKinds)[number]

/** A thing by id, or by name or key where it has no id. */
export type Thing = { readonly kind: ThingKind; readonly id: number | string }

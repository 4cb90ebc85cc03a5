// The makes of desks that are read by their API or from their database. It imports nothing, so that the app takes it as it is.
export const apiKinds = ['zendesk', 'freshdesk'] as const
export type ApiKind = (typeof apiKinds)[number]

export const databaseKinds = ['zammad', 'chatwoot'] as const
export type DatabaseKind = (typeof databaseKinds)[number]

// The parts that agents have, the mightiest first. It imports nothing, so that the app takes it as it is.
export const roles = ['admin', 'lead', 'agent', 'viewer'] as const
export type Role = (typeof roles)[number]

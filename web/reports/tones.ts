// The colour of each status, as a token.
export const statusTones = {
  new: '--status-new',
  open: '--status-open',
  pending: '--status-pending',
  on_hold: '--status-on-hold',
} as const

// What became of one recipient of a mail, as a report says it (RFC 3464).

export type DeliveryStatus = {
  readonly recipient: string | null
  readonly action: string
  readonly status: string | null
  readonly diagnostic: string
}

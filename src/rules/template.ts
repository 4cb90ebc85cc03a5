// Texts that rules send, and whom they can be sent to.

/** A text with placeholders. Templates of one family reach a recipient once per update. */
export type Template = {
  readonly key: string
  readonly family?: string
  readonly subject?: string
  readonly body: string
}

/** `agent:3`, `team:2`, or whoever has the part now. */
export type Recipient =
  | 'assignee'
  | 'followers'
  | 'owner'
  | 'requester'
  | `agent:${number}`
  | `team:${number}`

// How a ticket can be linked by hand or by a rule, the plainest first. What follows what is written by the desk itself.
import type { LinkType } from '../../src/tickets/vocabulary.ts'
import { offered } from './offered.ts'

export const linkChoices = offered<LinkType>({
  relates: true,
  duplicates: true,
  duplicated_by: true,
  parent: true,
  child: true,
  problem: true,
  incident: true,
  blocks: true,
  blocked_by: true,
  follows: false,
  followed_by: false,
})

// Links that rules asked for, until they are made.
import type { Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import type { LinkType } from '#tickets/vocabulary.ts'

export type DueLink = {
  readonly ticketId: number
  readonly otherId: number
  readonly linkType: LinkType
  readonly ruleId: number
  readonly ruleVersion: string
}

/** Takes some links, for this transaction alone. */
export async function takeRuleLinks(tx: Transaction, limit: number): Promise<DueLink[]> {
  return tx.hot<DueLink>(sql`delete from rule_link where key in (
      select key from rule_link order by key limit ${limit} for update skip locked)
    returning ticket_id as "ticketId", other_id as "otherId", link_type as "linkType", rule_id as "ruleId",
      rule_version as "ruleVersion"`)
}

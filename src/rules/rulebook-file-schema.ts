// The shape of a rulebook file: rules inside their sections, owners by address.
import { z } from 'zod'
import { ruleDraft, template } from '#rules/rule-schema.ts'

const ruleInFile = ruleDraft.omit({ ownerId: true, section: true }).extend({
  owner: z.string().min(1).max(254),
  do: z.array(z.record(z.string(), z.unknown())).max(50),
})
export type RuleInFile = z.output<typeof ruleInFile>

export const rulebookFile = z.strictObject({
  apiVersion: z.literal('docket/v1'),
  kind: z.literal('Rulebook'),
  sections: z
    .array(
      z.strictObject({
        key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be small letters, digits and dashes'),
        title: z.string().trim().min(1).max(200).optional(),
        rules: z.array(ruleInFile).max(8_000).default([]),
      }),
    )
    .max(100),
  templates: z.array(template).max(2_000).default([]),
})

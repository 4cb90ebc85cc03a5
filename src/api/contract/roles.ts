// Roles of the desk's own, and what an agent may do with the reason for it.
import { z } from 'zod'
import { permission } from '../contract.ts'
import { id, name, nameRef, pageOf } from './shapes.ts'

/** Null: of all of them. */
const only = z.array(id).max(500).nullable()
const limitsShape = z.object({ brandIds: only, mailboxIds: only })

// GET, POST and PATCH /roles
export const customRole = z.object({
  id,
  name: z.string(),
  actions: z.array(permission),
  /** Of which brands and mailboxes holders see tickets at most. */
  limits: limitsShape,
  /** How many active agents hold it. */
  agents: z.number().int(),
  archived: z.boolean(),
})
export const customRolePage = pageOf(customRole)
export type CustomRole = z.infer<typeof customRole>
/** What the chosen rights need is added: the answer says what the role gives. */
export const newCustomRole = z.strictObject({
  name,
  actions: z.array(permission).max(200),
  limits: limitsShape.optional(),
})
export type NewCustomRole = z.infer<typeof newCustomRole>
export const customRolePatch = newCustomRole.partial().extend({ archived: z.boolean().optional() })

/** GET /agents/{id}/rights. `because`: the role gives it, or does not, or the wall takes it (it is for who sees the whole desk). */
export const agentRights = z.object({
  role: z.object({ name: z.string(), custom: z.boolean() }),
  items: z.array(
    z.object({
      action: permission,
      allowed: z.boolean(),
      because: z.enum(['role', 'not_in_role', 'wall', 'deactivated']),
    }),
  ),
  sight: z.object({
    /** Every team's tickets, or those of these teams, their own, and those without a team. */
    teams: z.array(nameRef).nullable(),
    brands: z.array(nameRef).nullable(),
    mailboxes: z.array(nameRef).nullable(),
    /** What narrows brands and mailboxes. */
    limitedBy: z.array(z.enum(['role', 'agent'])),
  }),
})
export type AgentRights = z.infer<typeof agentRights>

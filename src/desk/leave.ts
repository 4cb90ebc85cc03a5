// An agent who leaves a team, or the desk, gives back the active tickets they own there; resolved and closed ones keep them.
import { act } from '#desk/act.ts'
import type { By } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId, TeamId } from '#kit/ids.ts'
import type { Transaction } from '#store/database.ts'
import type { Command } from '#tickets/command.ts'
import { activeTicketsOf, findTicket } from '#tickets/ticket-store.ts'

/** Unassigns the agent's active tickets of these teams, or of all. */
export async function releaseTicketsOf(
  desk: Desk,
  tx: Transaction,
  leaving: { agentId: PersonId; teamIds: readonly TeamId[] | 'all'; by: By },
): Promise<void> {
  const { agentId, teamIds, by } = leaving
  if (teamIds !== 'all' && teamIds.length === 0) return
  for (const id of await activeTicketsOf(tx, agentId, teamIds)) {
    const teamId = (await findTicket(tx, id))?.ticket.teamId ?? null
    const command: Command =
      teamId === null
        ? { kind: 'set', assigneeId: null, assigneeReason: 'left_team' }
        : { kind: 'leaveTeam', personId: agentId, teamId }
    await act(desk, tx, id, command, by)
  }
}

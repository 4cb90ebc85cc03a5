// Why the desk says no, in a sentence: for whoever asked, by whatever door.
import type { Desk } from '#desk/desk.ts'
import type { Refusal } from '#tickets/refusal.ts'

/** The sentence of a refusal. */
export async function refusalSentence(desk: Pick<Desk, 'setup'>, refusal: Refusal): Promise<string> {
  switch (refusal.name) {
    case 'not_found':
      return `There is no such ${refusal.what.split(' ')[0]}.`
    case 'forbidden':
      return `This needs the right "${refusal.needs}".`
    case 'fields_required': {
      const { fields } = await desk.setup.now()
      const missing = fields.filter(({ id }) => refusal.fieldIds.includes(id))
      return `Fill in first: ${missing.map(({ label }) => label).join(', ')}.`
    }
    default:
      return words[refusal.name] ?? `Refused: ${refusal.name}.`
  }
}

const words: Partial<Record<Refusal['name'], string>> = {
  conflict: 'Somebody changed the same field in the meantime.',
  newer_message: 'A newer message has come in. Read it, or send anyway.',
  privacy_ack_required: 'People would newly read this conversation. Name them to go on.',
  transition_not_allowed: 'The ticket cannot go to this status from where it is.',
  ticket_closed: 'The ticket is closed: only tags, notes and links can change.',
  ticket_flagged: 'The ticket is marked as spam, deleted or merged.',
  assignee_required: 'A ticket needs an assignee before it is resolved.',
  children_open: 'Some of its child tickets are still open.',
  close_reason_required: 'Closing without resolving needs a reason.',
  reopen_window_passed: 'It was closed too long ago to be reopened. Open a follow-up instead.',
  target_closed: 'The other ticket is closed.',
  merge_cycle: 'These tickets would be merged into each other.',
  limit_exceeded: 'That is more than one command may take.',
  already_sent: 'The mail has left already.',
  changed_since: 'It was changed again since.',
}

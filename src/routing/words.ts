// Why somebody does not get a ticket, in a few plain words: for the command line and the log.
import type { Ineligible } from '#routing/eligible.ts'

const clock = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ')

/** Such as `skill german level 2 < 3`, `capacity 10/10`, `away since 09:40`. */
export function reasonWords(found: Ineligible, skills: ReadonlyMap<number, string>): string {
  switch (found.because) {
    case 'not_in_team':
      return 'in none of the teams asked'
    case 'presence': {
      const since = found.since === null ? '' : ` since ${clock(found.since)}`
      return `${found.presence.replaceAll('_', ' ')}${since}`
    }
    case 'channel_off':
      return 'takes nothing of this channel now'
    case 'outside_hours':
      return 'outside working hours'
    case 'shift_end':
      return `shift ends ${clock(found.endsAt)}, it usually takes ${Math.round(found.handleSeconds / 60)} min`
    case 'skill':
      return `skill ${skills.get(found.skillId) ?? found.skillId} level ${found.level} < ${found.minLevel}`
    case 'may_not_see':
      return 'may not see tickets of its team'
    case 'excluded':
      return `${found.why === 'conflict' ? 'conflict of interest' : found.why.replaceAll('_', ' ')}${found.until === null ? '' : `, not asked until ${clock(found.until)}`}`
    case 'reserved':
      return `kept for somebody else until ${clock(found.until)}`
    case 'capacity':
      return `capacity ${found.used}/${found.max}, needs ${found.units}`
  }
}

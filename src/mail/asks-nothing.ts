// Whether a mail asks for nothing although it says something: a machine's notice, a reaction, an accepted invitation.
// Such a mail joins its ticket and leaves it settled. When in doubt it asks.
import { acceptance } from '#mail/invite.ts'
import { anyOf } from '#mail/phrases.ts'
import type { Mail } from '#mail/mail.ts'

/** `text` is what its author newly wrote. */
export function asksNothing(mail: Mail, text: string): boolean {
  return isMachines(mail) || isReaction(mail, text) || isApproval(text) || accepts(mail, text)
}

function isMachines(mail: Mail): boolean {
  const submitted = (mail.headers.get('auto-submitted')?.[0] ?? '').trim().toLowerCase()
  return /^auto-(?:generated|replied|notified)/.test(submitted)
}

const reacted = anyOf(String.raw`
  reacted (?:to|via|with) | (?:hat )?.{0,40}(?:reagiert|reaktion) (?:auf|über|via|mit) | a réagi (?:à|via|avec) | reaccionó (?:a|con|mediante) | ha reagito (?:a|con|tramite)
  reagiu (?:a|com|via) | heeft gereageerd (?:op|via|met) | reagerade (?:på|via|med) | zareagował\p{L}{0,3} (?:na|przez)
`)

/** RFC 9078 and Gmail mark theirs; Outlook's tell in a line of words. */
function isReaction(mail: Mail, text: string): boolean {
  if (mail.attachments.some(({ type }) => type === 'text/vnd.google.email-reaction+json')) return true
  const [first = '', ...rest] = text
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '')
  return first.length < 120 && rest.length <= 2 && emoji.test(first) && reacted.test(first)
}

const emoji = /\p{Extended_Pictographic}/u
const kind = new Set([
  ...'👍👌🙏❤🧡💛💚💙💜🖤🤍🤎💖💗💓💞💕💝💘♥🫶😀😃😄😁😆😂🤣😊☺🙂😉😍🥰😘🤗🤩🥳😎😇',
  ...'🎉🎊✅✔☑💯👏🙌🤝💪⭐🌟✨💐🌹🌸🌺🌻🍀☀👋🆗🤙🥂🍻',
])
// Tones of skin, joiners, and what may stand around.
const besides = /^(?:\p{Emoji_Modifier}|\u200d|\ufe0f|[\s!.])$/u

/** Nothing but a thumb or the like. */
function isApproval(text: string): boolean {
  const bare = text.trim()
  if (bare.length > 60) return false
  if (/^(?:(?::-?\)|;-?\)|<3|\+1)[\s!.]*)+$/.test(bare)) return true
  const signs = [...bare].filter((sign) => !besides.test(sign))
  return signs.length > 0 && signs.every((sign) => kind.has(sign))
}

/** An invitation accepted without a word of the guest's own. */
function accepts(mail: Mail, text: string): boolean {
  const found = acceptance(mail)
  if (found === null || found.comment !== '') return false
  const bare = text.trim()
  // Calendars put the event's own title into the words they write for their guests.
  return bare === '' || (found.summary.length >= 3 && bare.includes(found.summary))
}

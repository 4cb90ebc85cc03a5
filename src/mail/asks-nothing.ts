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

// As programs tell of somebody else's message: through what, or to `your` message; people tell of things, and of their own.
const reacted = anyOf(String.raw`
  reacted (?:to your (?:message|e-?mail)|via \p{L}|with \p{Extended_Pictographic})
  hat (?:(?:auf|über|via|mit) (?:(?:ihre|deine|eine) )?\S{1,20} ){1,3}reagiert | hat (?:\S{1,12} )?reagiert (?:auf (?:ihre|deine)|über|via|mit \p{Extended_Pictographic})
  a réagi (?:à (?:votre|ton)|via|avec \p{Extended_Pictographic}) | reaccionó (?:a (?:tu|su)|con \p{Extended_Pictographic}|mediante) | ha reagito (?:al (?:tuo|suo)|con|tramite)
  reagiu (?:à (?:sua|tua)|com|via) | heeft (?:(?:via|met|op) (?:(?:je|uw) )?\S{1,20} ){1,3}gereageerd | heeft gereageerd (?:op (?:je|uw)|via|met) | reagerade (?:på ditt|via|med)
  zareagował\p{L}{0,3} (?:na (?:twoją|twój)|przez) | reagoval\p{L}? (?:na (?:vaši|tvoji)|přes) | でリアクション | とリアクション | (?:做出|作出).{0,4}回应 | 반응을?(?: ?표시| ?보)
`)
const complains =
  /(?:^|[^\p{L}])(?:my|our|nobody|no one|not|never|mein\p{L}{0,2}|unser\p{L}{0,2}|niemand|keiner|nicht|personne|nadie|nessuno|ninguém|nie|ingen)(?![\p{L}])/iu

/** RFC 9078 and Gmail mark theirs; Outlook's tell in a line of words. */
function isReaction(mail: Mail, text: string): boolean {
  if (mail.attachments.some(({ type }) => type === 'text/vnd.google.email-reaction+json')) return true
  const [first = '', ...rest] = text
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '')
  return (
    first.length < 120 &&
    rest.length <= 2 &&
    emoji.test(first) &&
    reacted.test(first) &&
    !complains.test(first)
  )
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

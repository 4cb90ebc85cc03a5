// Secrets in what customers write, replaced by typed placeholders: cards (Luhn), bank accounts (IBAN, mod 97 by ISO 7064), tokens,
// passwords, identity numbers. A number that fails its check is no secret of that kind and stays.

export const secretKinds = ['card', 'iban', 'token', 'password', 'identity'] as const
export type SecretKind = (typeof secretKinds)[number]

export type Redacted = { readonly text: string; readonly found: readonly SecretKind[] }

/** Runs in which one may stand, its groups parted by one sign: what is written like an IBAN, else digits. */
const RUN =
  /(?<![\p{L}\p{N}])(?:[A-Za-z]{2}\d{2}(?:[ \u00a0-]?[A-Za-z\d]){11,60}|\d(?:[ \u00a0.-]?\d){12,60})(?![\p{L}\p{N}])/gu
/** What services give out under a prefix of theirs, web tokens, and keys in PEM. */
const TOKEN =
  /(?<![\w-])(?:(?:sk|pk|rk)[-_](?:live|test|proj)[-_][\w-]{8,}|gh[opsur]_\w{20,}|github_pat_\w{20,}|xox[abprs]-[\w-]{10,}|AKIA[A-Z\d]{16}|AIza[\w-]{30,}|dkt_\w{16,}|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*)|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]{0,8000}?-----END [A-Z ]*PRIVATE KEY-----|(?<=\bbearer\s{1,3})[\w.~+/=-]{16,}/giu
const PASSWORD =
  /(?<=(?<!\p{L})(?:password|passwort|passcode|passphrase|kennwort|mot de passe|contraseña|pin|tan)(?:[ \t]{1,3}(?:is|ist|lautet|war|was|code))?[ \t]{0,3}[:=]?[ \t]{0,3}["'„“]?)(?=[^\s"'“”]{0,63}[\d!#$%&*+@^_])[^\s"'“”,;]{4,64}/giu

/** How identity numbers are written: Germany's for taxes, Spain's, and the social security number of the United States. */
const IDENTITY =
  /(?<![\p{L}\p{N}.,-])(?:\d{2}(?: ?\d{3}){3}|\d{8}-?[A-Za-z]|\d{3}-\d{2}-\d{4})(?![\p{L}\p{N}]|[.,-]\d)/gu

/** Whether a number is one by its check: ISO 7064 (mod 11, 10), the letter by the rest of 23, or the ranges that are given out. */
export function isIdentity(text: string): boolean {
  const digits = text.replace(/\D/g, '')
  if (/[A-Za-z]$/.test(text))
    return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits) % 23] === text.slice(-1).toUpperCase()
  if (digits.length === 9) return /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(digits)
  if (digits.startsWith('0') || /^(\d)\1*$/.test(digits)) return false
  let rest = 10
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + rest) % 10
    rest = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return (11 - rest) % 10 === Number(digits.at(-1))
}

/** A text without its secrets, and which kinds were in it. */
export function redact(text: string): Redacted {
  const found = new Set<SecretKind>()
  const as = (kind: SecretKind) => {
    found.add(kind)
    return `[${kind}]`
  }
  const clean = text
    .replace(TOKEN, () => as('token'))
    .replace(RUN, (run) => {
      const rest = without(run, isIban, () => as('iban'))
      // An IBAN with a slip in it is no card, whatever all of its digits add up to. But two letters and two digits may be a word before a card.
      const isOne = /^[A-Z]{2}\d{2}/.test(rest) ? isUsualCard : isCard
      return without(rest, isOne, () => as('card'))
    })
    .replace(IDENTITY, (match) => (isIdentity(match) ? as('identity') : match))
    .replace(PASSWORD, (match) => (match.startsWith('[') ? match : as('password')))
  return { text: clean, found: secretKinds.filter((kind) => found.has(kind)) }
}

/** A run without the groups that are one of what is looked for, the longest first: other numbers may stand beside it. */
function without(run: string, isOne: (text: string) => boolean, mask: () => string): string {
  const groups = run.split(/([ \u00a0.-])/)
  for (let count = groups.length; count > 0; count--)
    for (let from = 0; from + count <= groups.length; from++) {
      const part = groups.slice(from, from + count).join('')
      if (!isOne(part)) continue
      const rest = groups.slice(from + count).join('')
      return `${groups.slice(0, from).join('')}${mask()}${without(rest, isOne, mask)}`
    }
  return run
}

/** Whether digits, spaces between them allowed, are the number of a payment card: 13 to 19 digits that pass Luhn's check. */
export function isCard(text: string): boolean {
  if (!/^\d.*\d$/su.test(text)) return false
  const digits = text.replace(/\D/g, '')
  if (digits.length < 13 || digits.length > 19 || /^(\d)\1*$/.test(digits)) return false
  const sum = [...digits].toReversed().reduce((total, digit, at) => {
    const doubled = at % 2 === 1 ? Number(digit) * 2 : Number(digit)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}

/** Whether it is one of as many digits as nearly all cards have. */
const isUsualCard = (text: string): boolean => isCard(text) && /^(?:\D*\d){15,16}$/.test(text)

/** Whether a text is an IBAN: its remainder by 97 is 1. */
export function isIban(text: string): boolean {
  const bare = text.replace(/[ \u00a0-]/g, '').toUpperCase()
  if (!/^\p{L}.*\d$/su.test(text) || !/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(bare)) return false
  const turned = bare.slice(4) + bare.slice(0, 4)
  let rest = 0
  for (const sign of turned) rest = Number(`${rest}${Number.parseInt(sign, 36)}`) % 97
  return rest === 1
}

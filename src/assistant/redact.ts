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
      const rest = /[A-Za-z]/.test(run) ? without(run, ibans, () => as('iban')) : run
      // An IBAN with a slip in it is no card, whatever all of its digits add up to. But two letters and two digits may be a word before a card.
      return without(rest, /^[A-Z]{2}\d{2}/.test(rest) ? usualCards : cards, () => as('card'))
    })
    .replace(IDENTITY, (match) => (isIdentity(match) ? as('identity') : match))
    .replace(PASSWORD, (match) => (match.startsWith('[') ? match : as('password')))
  return { text: clean, found: secretKinds.filter((kind) => found.has(kind)) }
}

type Sought = {
  readonly isOne: (text: string) => boolean
  /** What counts of a group, and how many of these one has. */
  readonly counted: RegExp
  readonly least: number
  readonly most: number
}

const cards: Sought = { isOne: isCard, counted: /\d/g, least: 13, most: 19 }
/** As many digits as nearly all cards have. */
const usualCards: Sought = { ...cards, least: 15, most: 16 }
const ibans: Sought = { isOne: isIban, counted: /[A-Za-z\d]/g, least: 15, most: 34 }

/** A run without the groups that are one of what is looked for, the longest first: other numbers may stand on both sides of it. */
function without(run: string, sought: Sought, mask: () => string): string {
  const { isOne, counted, least, most } = sought
  const groups = run.split(/([ \u00a0.-])/)
  const sizes = groups.map((group) => group.match(counted)?.length ?? 0)
  const places = [0]
  for (const group of groups) places.push((places.at(-1) ?? 0) + group.length)
  if (sizes.reduce((sum, size) => sum + size, 0) < least) return run
  // By twos, for a sign stands between two groups.
  for (let count = groups.length; count > 0; count -= 2) {
    let size = sizes.slice(0, count).reduce((sum, each) => sum + each, 0)
    for (let from = 0; from + count <= groups.length; from += 2) {
      const [begins, ends] = [places[from] ?? 0, places[from + count] ?? 0]
      if (size >= least && size <= most && isOne(run.slice(begins, ends)))
        return `${without(run.slice(0, begins), sought, mask)}${mask()}${without(run.slice(ends), sought, mask)}`
      size += (sizes[from + count] ?? 0) + (sizes[from + count + 1] ?? 0)
      size -= (sizes[from] ?? 0) + (sizes[from + 1] ?? 0)
    }
  }
  return run
}

/** Whether digits, spaces between them allowed, are the number of a payment card: 13 to 19 digits that pass Luhn's check. */
function isCard(text: string): boolean {
  const last = digitAt(text, text.length - 1)
  if (!isDigit(last) || !isDigit(digitAt(text, 0))) return false
  let [sum, count] = [0, 0]
  let isMixed = false
  for (let at = text.length - 1; at >= 0; at--) {
    const digit = digitAt(text, at)
    if (!isDigit(digit)) continue
    const doubled = count % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
    count += 1
    isMixed ||= digit !== last
  }
  return count >= 13 && count <= 19 && isMixed && sum % 10 === 0
}

const digitAt = (text: string, at: number): number => text.charCodeAt(at) - 48
const isDigit = (value: number): boolean => value >= 0 && value <= 9

/** Whether a text is an IBAN: its remainder by 97 is 1. */
export function isIban(text: string): boolean {
  const bare = text.replace(/[ \u00a0-]/g, '').toUpperCase()
  if (!/^\p{L}.*\d$/su.test(text) || !/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(bare)) return false
  const turned = bare.slice(4) + bare.slice(0, 4)
  let rest = 0
  for (const sign of turned) {
    const value = Number.parseInt(sign, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

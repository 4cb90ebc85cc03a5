// What people spell in many ways: telephone numbers, dates, and account numbers in groups. Each has one form by which any
// spelling finds any other. The text is in small letters.

export type Spelled = { readonly from: number; readonly to: number; readonly forms: readonly string[] }

const EDGE = '(?<![\\p{L}\\p{N}])'
const END = '(?![\\p{L}\\p{N}])'
const find = (pattern: string) => new RegExp(`${EDGE}(?:${pattern})${END}`, 'gu')

const PHONE = find(
  '\\+\\d[\\d ()./‐-]{5,22}\\d|0\\d[\\d ()./‐-]{4,20}\\d|\\(\\+?\\d{1,6}\\)[\\d ./‐-]{4,18}\\d|\\d{3}[-. ‐]\\d{3}[-. ‐]\\d{4}',
)
/** The account number of ISO 13616, and plain numbers in groups. */
const GROUPED = find('[a-z]{2}\\d{2}(?: [a-z\\d]{4}){2,7}(?: [a-z\\d]{1,3})?|\\d{3,4}(?: \\d{3,4}){2,5}')

const MONTHS: readonly RegExp[] = [
  /^(?:jan|jän)/,
  /^feb/,
  /^(?:mar|mär|mrz)/,
  /^apr/,
  /^(?:may|mai)$/,
  /^jun/,
  /^jul/,
  /^aug/,
  /^sep/,
  /^o[ck]t/,
  /^nov/,
  /^de[cz]/,
]
const MONTH =
  '(?:jan(?:uary?|\\.)?|jän(?:ner)?|januar|feb(?:ruary?)?|mar(?:ch)?|märz?|mrz|apr(?:il)?|ma[yi]|june?|juni|july?|juli|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)'
const YEAR_FIRST = find('(\\d{4})([-./‐])(\\d{1,2})\\2(\\d{1,2})')
const YEAR_LAST = find('(\\d{1,2})([-./‐]) ?(\\d{1,2})\\2 ?(\\d{4}|\\d{2})')
const DAY_MONTH = find(`(\\d{1,2})(?:\\.|st|nd|rd|th)? ?(?:of )?(${MONTH})\\.?,? (\\d{4})`)
const MONTH_DAY = find(`(${MONTH})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})`)

/** Everything of the kind in a text. */
export function spelledIn(text: string): readonly Spelled[] {
  // Nothing here goes without several digits near each other, and most texts have none.
  if (!/\d{4}|\d[\d ()./‐-]{4,}\d/.test(text)) return []
  const dates = datesIn(text)
  const isDate = (from: number) => dates.some((date) => from >= date.from && from < date.to)
  const phones = [...text.matchAll(PHONE)].flatMap((found) => {
    const digits = found[0].replace(/\D/g, '').replace(/^0+/, '')
    const isOne = digits.length >= 7 && digits.length <= 15 && !isDate(found.index)
    return isOne ? [spanOf(found, [`p:${digits.slice(-7)}`])] : []
  })
  const grouped = [...text.matchAll(GROUPED)].map((found) => spanOf(found, [found[0].replaceAll(' ', '')]))
  return [...dates, ...phones, ...grouped]
}

function datesIn(text: string): readonly Spelled[] {
  const monthOf = (name = '') => MONTHS.findIndex((month) => month.test(name)) + 1
  return [
    ...each(text, YEAR_FIRST, ([, year, , month, day]) => [dayForm(year, month, day)]),
    ...each(text, YEAR_LAST, ([, one = '', mark, other = '', year = '']) => {
      if (year.length === 2 && (one.length !== 2 || other.length !== 2)) return []
      const full = year.length === 2 ? `20${year}` : year
      return [dayForm(full, other, one), ...(mark === '.' ? [] : [dayForm(full, one, other)])]
    }),
    ...each(text, DAY_MONTH, ([, day, name, year]) => [dayForm(year, monthOf(name), day)]),
    ...each(text, MONTH_DAY, ([, name, day, year]) => [dayForm(year, monthOf(name), day)]),
  ]
}

function each(
  text: string,
  pattern: RegExp,
  forms: (found: RegExpExecArray) => readonly (string | null)[],
): Spelled[] {
  return [...text.matchAll(pattern)].flatMap((found) => {
    const known = forms(found).filter((form) => form !== null)
    return known.length === 0 ? [] : [spanOf(found, [...new Set(known)])]
  })
}

function dayForm(year: string | number = 0, month: string | number = 0, day: string | number = 0) {
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  if (m < 1 || m > 12 || d < 1 || d > 31) return null
  return `d:${y}${String(m).padStart(2, '0')}${String(d).padStart(2, '0')}`
}

function spanOf(found: RegExpExecArray, forms: readonly string[]): Spelled {
  return { from: found.index, to: found.index + found[0].length, forms }
}

const STANDS = /(?=[\s")]|$)/y

/** How much of the beginning of a search text is one such thing, written with blanks; 0 when none is. */
export function spelledLength(text: string): number {
  const start = text.slice(0, 60).toLowerCase()
  if (!/^[+(\d]|^\p{L}{2,9}\.? ?\d/u.test(start) || /^[+\d]?\d{6,} /.test(start)) return 0
  const ends = spelledIn(start).flatMap(({ from, to }) => (from === 0 ? [to] : []))
  const longest = Math.max(0, ...ends)
  STANDS.lastIndex = longest
  return longest > 0 && STANDS.test(start) && start.slice(0, longest).includes(' ') ? longest : 0
}

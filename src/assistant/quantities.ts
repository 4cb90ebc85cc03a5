// Numbers with their units in a text, brought to one measure: two weeks are fourteen days, vierzehn Tage too.

export type Quantity = { readonly unit: string; readonly amount: number }

/** What a unit is counted in, and how many of these it is. */
const UNITS: readonly (readonly [RegExp, string, number])[] = [
  [/^(?:seconds?|secs?|sekunden?)$/, 'second', 1],
  [/^(?:minutes?|mins?|minuten?)$/, 'second', 60],
  [/^(?:hours?|hrs?|stunden?|std)$/, 'second', 3_600],
  [/^(?:(?:business|working) days?|werktag(?:en?|e)?|arbeitstag(?:en?|e)?)$/, 'working day', 1],
  [/^(?:days?|tag(?:en?|e)?)$/, 'second', 86_400],
  [/^(?:weeks?|wochen?)$/, 'second', 604_800],
  [/^(?:months?|monat(?:en?|e)?)$/, 'month', 1],
  [/^(?:years?|jahr(?:en?|e)?)$/, 'month', 12],
  [/^(?:%|percent|prozent)$/, 'percent', 1],
  [/^(?:€|eur|euros?)$/, 'EUR', 1],
  [/^(?:\$|usd|dollars?)$/, 'USD', 1],
  [/^(?:£|gbp|pounds?|pfund)$/, 'GBP', 1],
  [/^(?:chf|franken|francs?)$/, 'CHF', 1],
  [/^(?:kg|kilos?|kilograms?|kilogramm)$/, 'kg', 1],
  [/^(?:watts?|w)$/, 'watt', 1],
  [/^(?:°c|degrees?|grad)$/, 'degree', 1],
]

const NUMBER_WORDS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ['one', 'ein', 'eine', 'einen', 'einem', 'einer'],
    ['two', 'zwei'],
    ['three', 'drei'],
    ['four', 'vier'],
    ['five', 'fünf'],
    ['six', 'sechs'],
    ['seven', 'sieben'],
    ['eight', 'acht'],
    ['nine', 'neun'],
    ['ten', 'zehn'],
    ['eleven', 'elf'],
    ['twelve', 'zwölf'],
    ['thirteen', 'dreizehn'],
    ['fourteen', 'vierzehn'],
    ['fifteen', 'fünfzehn'],
  ]
    .flatMap((words, at) => words.map((word) => [word, at + 1] as const))
    .concat([
      ['twenty', 20],
      ['zwanzig', 20],
      ['thirty', 30],
      ['dreißig', 30],
      ['sixty', 60],
      ['sechzig', 60],
      ['ninety', 90],
      ['neunzig', 90],
    ]),
)

const AMOUNT = `\\d{1,12}(?:[.,]\\d{1,12})*|${Object.keys(NUMBER_WORDS).join('|')}`
const AFTER = new RegExp(
  `(?<![\\p{L}\\p{N}.,])(${AMOUNT})[\\s-]{0,3}((?:business|working)\\s+days?|[\\p{L}]+|[%€$£]|°c)`,
  'giu',
)
const BEFORE = /(?<![\p{L}\p{N}])([€$£]|eur|usd|gbp|chf)\s?(\d{1,12}(?:[.,]\d{1,12})*)/giu

/** The quantities that a text names, each once. */
export function quantitiesIn(text: string): Quantity[] {
  const found = new Map<string, Quantity>()
  const note = (number: string, unit: string) => {
    const known = UNITS.find(([pattern]) => pattern.test(unit.toLowerCase().replace(/\s+/g, ' ')))
    if (known === undefined) return
    const quantity = { unit: known[1], amount: amountOf(number) * known[2] }
    found.set(`${quantity.unit} ${quantity.amount}`, quantity)
  }
  for (const [, number = '', unit = ''] of text.matchAll(AFTER)) note(number, unit)
  for (const [, unit = '', number = ''] of text.matchAll(BEFORE)) note(number, unit)
  return [...found.values()]
}

/** `1.500,00`, `1,500.00` and `1500` are one: the last sign parts off cents when two digits or one follow it. */
function amountOf(number: string): number {
  const word = NUMBER_WORDS[number.toLowerCase()]
  if (word !== undefined) return word
  const [, whole = '', cents = ''] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(number) ?? []
  return Number(`${whole.replace(/[.,]/g, '')}.${cents === '' ? '0' : cents}`)
}

/** Whether two texts name amounts of one unit and agree in none: 14 days here, 30 days there. */
export function contradict(one: string, other: string): boolean {
  const [mine, theirs] = [quantitiesIn(one), quantitiesIn(other)]
  return mine.some(({ unit }) => {
    const there = theirs.filter((each) => each.unit === unit)
    if (there.length === 0) return false
    const here = mine.filter((each) => each.unit === unit)
    return !here.some(({ amount }) => there.some((each) => each.amount === amount))
  })
}

// Whether two names are read as the same: letters of other alphabets that look like Latin ones, marks, signs without width, digits.
// A short list of what people have in their keyboards, after the idea of UTS #39; no claim to be complete.

/** Small letters that look like the Latin one before them. */
const ALIKE = [
  'aаɑα',
  'bЬьƅ',
  'cсϲᴄ',
  'dԁ',
  'eеєҽ',
  'gɡ',
  'hһн',
  'iіɩιıl1|!jјϳ',
  'kкκ',
  'mм',
  'nп',
  'oоοσ0оօ',
  'pрρ',
  'qԛ',
  'rг',
  'sѕ5',
  'tтτ',
  'uυսц',
  'vνѵ',
  'wԝω',
  'xхχ',
  'yуγʏ',
  'zᴢ2',
  'bв',
] as const

const LATIN = new Map(
  ALIKE.flatMap(([first = '', ...others]) => others.map((other) => [other.toLowerCase(), first])),
)

/** Whether two names look the same to who reads them in a list. */
export function looksAlike(one: string, other: string): boolean {
  const shape = shapeOf(one)
  return shape !== '' && shape === shapeOf(other)
}

/** What is left of a name when case, width, marks, spaces and punctuation are taken away and look-alikes are one. */
function shapeOf(name: string): string {
  const letters = [...name.normalize('NFKD').toLowerCase().normalize('NFKD')]
  return letters
    .map((letter) => LATIN.get(letter) ?? letter)
    .filter((letter) => /[\p{L}\p{N}]/u.test(letter))
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
}

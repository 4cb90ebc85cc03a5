// The forms of one word: without accents and plural endings, as people write it who have no such letter on their keyboard, and
// without Korean particles.

/** Letters that are no letter with an accent, as people write them without a keyboard for them. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
  ŋ: 'n',
  æ: 'ae',
  œ: 'oe',
}
const SPECIAL = /[ßłøđðþħŧıŋæœ]/g
const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' }

const MARKED = /([\p{sc=Latin}\p{sc=Greek}\p{sc=Hebrew}\p{sc=Arabic}])\p{M}+/gu
/** Stress, which only textbooks write, and the dots of ё, which few do. й, ї and ў are letters of their own. */
const STRESSED = /([аеиоуыэюя])[\u0300\u0301]+|(е)\u0308/gu

/** A word's forms, its usual one first. */
export function formsOf(word: string): readonly string[] {
  if (isPlain(word)) return [stem(word)]
  const forms = [stem(plain(word))]
  if (/[äöüøå]/.test(word))
    forms.push(stem(plain(word.replace(/[äöüøå]/g, (letter) => UMLAUTS[letter] ?? letter))))
  const bare = withoutParticle(word)
  if (bare !== null) forms.push(bare)
  return [...new Set(forms)]
}

/** Whether a text has no letter that could be written in another way. */
export function isPlain(text: string): boolean {
  return !/[^ -~\s]/.test(text)
}

/** A word without accents, its ending kept. */
export function foldedWord(word: string): string {
  return plain(word)
}

/** Text without accents, in small letters already. Japanese voicing and the breve of й make other letters: they stay. */
export function plain(text: string): string {
  if (isPlain(text)) return text
  return text
    .normalize('NFD')
    .replace(MARKED, '$1')
    .replace(STRESSED, '$1$2')
    .replace(SPECIAL, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFC')
}

/**
 * English plurals alone, after Harman's weak stemmer, which leaves other languages' words as they are nearly always. Singular and
 * plural meet in a form that need not be a word: mailbox, mailboxes; cache, caches; cookie, cookies.
 */
export function stem(word: string): string {
  const last = word.at(-1)
  if (word.length < 4 || (last !== 's' && last !== 'e') || /\d/.test(word)) return word
  const single = withoutS(word)
  if (single.length >= 5 && single.endsWith('ie')) return `${single.slice(0, -2)}y`
  if (single.length < 4 || !/(?:[sxzo]|[cs]h)e$/.test(single)) return single
  const bare = single.slice(0, -1).replace(/zz$/, 'z')
  return bare.length < 4 ? bare : withoutS(bare)
}

function withoutS(word: string): string {
  if (!word.endsWith('s') || /(?:ss|us|is)$/.test(word)) return word
  if (word.length >= 5 && word.endsWith('ies') && !/[ae]ies$/.test(word)) return `${word.slice(0, -3)}y`
  return word.slice(0, -1)
}

/** What Korean hangs on nouns, the longest first; two of them at most. */
const PARTICLES =
  /(?:입니다|이에요|예요|에게서|한테서|으로서|으로써|에서|에게|한테|께서|으로|까지|부터|보다|처럼|마다|조차|마저|이나|이랑|라고|하고|은|는|이|가|을|를|의|에|로|와|과|도|만|께|랑|나|야)$/u

function withoutParticle(word: string): string | null {
  if (!/^\p{sc=Hangul}+$/u.test(word)) return null
  const once = word.replace(PARTICLES, '')
  if (once.length === 0 || once === word) return null
  const twice = once.replace(/(?:에서|에게|한테|으로|까지|부터|만|에)$/u, '')
  return twice.length >= 2 ? twice : once
}

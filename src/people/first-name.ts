// What a greeting calls somebody: the first name within a display name as mail programs, directories and people write it.

const titles =
  /^(?:(?:herrn?|frau|hr|fr|mr|mrs|ms|miss|mx|sir|madam|mme|mlle|m|monsieur|madame|sig|sig\.?ra|signora?|sr|sra|señora?|senhora?|dhr|mevr|pan|pani|dr|dres|prof|professor|doktor|doctor|dott|dottoressa|ing|dipl|mag|med|phil|rer|nat|jur|habil|h\.?c|rev|hon|ph\.?d|mba|msc|bsc|dipl\.?-?ing|ir|drs|mgr|phdr|mudr|judr)\.?|(?:dipl|dr|prof|mag)\.-?\p{L}{1,5}\.?)$/iu
const particles =
  /^(?:van|von|vom|zu|zum|zur|der|den|dem|de|del|della|di|da|dos|das|du|des|la|le|el|al|bin|ibn|ter|ten|te|af|av|y|und|and|&)$/iu
const companies =
  /(?:^|\s)(?:gmbh|ag|kg|ohg|ug|e\.?v|se|inc|ltd|llc|plc|corp|co|s\.?a|s\.?l|s\.?r\.?l|b\.?v|n\.?v|oy|ab|as|team|support|service|info|firma|fa|eheleute|familie|office|sales|kundenservice|buchhaltung|helpdesk|newsletter|noreply|no-reply|shop)\.?(?=\s|$)/iu

/** The first name, or '' where a name has none that could be told: a surname with its title, a company, an address. */
export function firstName(name: string): string {
  const bare = name
    .slice(0, 200)
    .replace(/\([^()]*\)|\[[^[\]]*\]|["“”„«»]/g, ' ')
    .replace(/\s+(?:via|über|by|at|@|\||[-–—/])\s.*$/iu, ' ')
    .trim()
    .replace(/^['’‘`]+|['’‘`]+$/g, '')
    .trim()
  if (bare === '' || bare.includes('@') || companies.test(bare)) return ''
  // No script of the far east parts a name by what comes first.
  if (/\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(bare)) return bare
  const [before = '', after] = bare.split(/\s*,\s*/, 2)
  const isTurned = after !== undefined && wordsOf(after).length > 0
  const words = wordsOf(isTurned ? after : before)
  const [first = ''] = words
  const hadTitle = before.split(/\s+/).some((word) => titles.test(word))
  // "Dr. Müller", "van der Berg", "H. Müller": what is left is a surname.
  if ((!isTurned && hadTitle && words.length < 2) || particles.test(first)) return ''
  return /^\p{L}\.?$/u.test(first) ? '' : first
}

function wordsOf(part: string): string[] {
  return part.split(/\s+/).filter((word) => word !== '' && !titles.test(word))
}

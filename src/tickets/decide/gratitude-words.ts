// A gratitude model without learning: a closed vocabulary. One word that it does not know makes the text no thanks, so it
// misses many thanks and mistakes almost nothing for one.
import { wordsOf } from '#tickets/decide/gratitude.ts'
import type { GratitudeModel } from '#tickets/decide/gratitude.ts'

type Vocabulary = { readonly thanks: ReadonlySet<string>; readonly around: ReadonlySet<string> }

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** Around: no verb, negation or word for a thing that could carry a request or a complaint. */
const vocabularies: Readonly<Record<string, Vocabulary>> = {
  en: {
    thanks: words('thanks thank thx cheers appreciated grateful'),
    around: words(
      'you so very much a lot again for your the help support kind quick fast prompt response reply answer many all and ' +
        'great perfect excellent awesome wonderful amazing fantastic brilliant super nice lovely good really team ' +
        'everyone hi hello dear best regards warm wishes day weekend',
    ),
  },
  de: {
    thanks: words('danke dankeschön dank merci'),
    around: words(
      'schön vielen herzlichen besten lieben schönen vielmals sehr ganz herzlich für die ihre eure deine hilfe unterstützung ' +
        'schnelle rasche nette antwort rückmeldung super prima toll klasse perfekt wunderbar großartig und nochmals ' +
        'nochmal ihnen euch dir team hallo liebe liebes grüße gruß grüßen mit freundlichen viele beste schönes ' +
        'wochenende tag einen',
    ),
  },
}

export const wordModel: GratitudeModel = {
  probability: (text, language) => {
    const vocabulary = vocabularies[language]
    return vocabulary !== undefined && isOnlyThanks(wordsOf(text), vocabulary) ? 0.995 : 0
  },
  thresholds: { en: 0.99, de: 0.99 },
}

function isOnlyThanks(said: readonly string[], { thanks, around }: Vocabulary): boolean {
  return said.some((word) => thanks.has(word)) && said.every((word) => thanks.has(word) || around.has(word))
}

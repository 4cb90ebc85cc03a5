// Texts that talk to the assistant instead of to people: told to forget its rules, to play somebody else, to give away what it reads.
// What customers, articles and files say is data and moves nothing by itself; the flag makes that people look.
import { folded } from '#kit/words.ts'

const THEM =
  '(?:(?:all|any|the|your|these|those|my|of|above|previous|prior|earlier|preceding|former|system|every) ){0,4}'
const SIGNS: readonly RegExp[] = [
  `(?:ignore|disregard|forget|override|bypass|skip) ${THEM}(?:instructions?|rules?|prompts?|guidelines?|directives?|commands?|restrictions?|safeguards?)`,
  'ignorier\\w* (?:alle |die |deine |ihre |bisherigen |vorherigen |obigen |vorigen |samtliche ){0,4}(?:anweisung\\w*|regeln?|vorgaben?|befehle?|instruktion\\w*)',
  '(?:vergiss|vergessen sie|missachte|umgehe) (?:alle |alles |die |deine |ihre |bisherigen |vorherigen |was ){0,4}(?:anweisung\\w*|regeln?|vorgaben?|befehle?|instruktion\\w*|oben|davor)',
  '(?:you are|act|behave|pretend to be|respond) (?:now |from now on )?(?:as )?(?:dan|an? unrestricted|an? (?:ai|language model|assistant|chatbot) (?:without|with no)|in developer mode|jailbroken)',
  'du bist (?:jetzt|ab jetzt|nun|ab sofort) (?:ein|eine|kein|der|die|dan)',
  '(?:reveal|print|repeat|show|output|leak|tell me|send me) (?:me )?(?:your |the |all of your ){1,2}(?:system |hidden |secret |initial |original ){0,2}(?:prompt|instructions|rules)',
  '(?:zeig|nenn|gib|verrate|wiederhole)\\w* (?:mir |uns )?(?:deine|ihre|den|die) (?:system ?)?(?:prompt|anweisungen|instruktionen)',
  '(?:new|updated|important) (?:system )?instructions?(?: for (?:the )?(?:ai|assistant|bot|model))? ?:',
  '(?:note|message|instructions?|hinweis|anweisung\\w*) (?:to|for|an|fur) (?:the |any |den |die |das )?(?:ai|ki|assistant|assistenten|chatbot|bot|language model|llm|sprachmodell)\\b',
  '(?:^|\\n) ?(?:system|assistant|developer) ?: ',
  '<\\|? ?/? ?(?:im_start|im_end|system|endoftext|assistant) ?\\|?>',
  '\\[/?inst\\]|<<sys>>|begin system prompt|end of (?:system )?prompt',
].map((each) => new RegExp(each, 'u'))

/** The longest run of letters that can hide a text as base64. */
const ENCODED = /(?<![\w+/=])[\w+/]{32,4000}={0,2}(?![\w+/=])/g

/** Whether a text tries to command whoever reads it automatically; encoded texts in it are looked at too. */
export function isInjected(text: string): boolean {
  const plain = said(text)
  if (SIGNS.some((sign) => sign.test(plain))) return true
  return [...text.matchAll(ENCODED)].slice(0, 20).some(([encoded]) => {
    const decoded = said(Buffer.from(encoded, 'base64').toString('utf8'))
    return SIGNS.some((sign) => sign.test(decoded))
  })
}

/** Without case, accents and doubled spaces; lines stay. */
function said(text: string): string {
  return folded(text.slice(0, 100_000))
    .replace(/[^\S\n]+/g, ' ')
    .replace(/["'*`„“”]/g, '')
}

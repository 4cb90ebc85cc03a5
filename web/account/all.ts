// Everything of signing in beyond the password, with its words: one part, loaded when something of it is first shown.
import { language } from '../words/language.ts'
import { learn } from '../words/say.ts'
import { AddFactor } from './AddFactor.tsx'
import { Factors } from './Factors.tsx'
import { Identities } from './Identities.tsx'
import { ProofDialog } from './ProofDialog.tsx'
import { ProofForm } from './ProofForm.tsx'
import { signWithPasskey } from './passkey.ts'
import { Sessions } from './Sessions.tsx'

/** Given out when the words are there. */
export const account = learnWords().then(() => ({
  AddFactor,
  Factors,
  Identities,
  ProofDialog,
  ProofForm,
  Sessions,
  signWithPasskey,
}))

async function learnWords(): Promise<void> {
  if (language === 'de') return learn((await import('../words/de/account.ts')).de)
  const [{ en: words }, { pseudo }] = await Promise.all([
    import('../words/en/account.ts'),
    import('../words/pseudo.ts'),
  ])
  learn(language === 'en' ? words : pseudo(words))
}

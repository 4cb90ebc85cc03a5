// The kinds of things that the assistant is set up with, as `kinds.ts` has them: what it asks of other systems, and its own configuration.
import { z } from 'zod'
import { assistantSettings } from '#api/contract/assistant.ts'
import { lookUpPatch, lookUps, newLookUp } from '#api/contract/lookups.ts'

/** Their list comes whole. */
const lookUpPage = lookUps.extend({ nextCursor: z.null().default(null) })

export const ofAssistant = [
  // Each without its secret, which is in no file: until somebody gives it, a look-up that needs one is refused by the other system.
  {
    kind: 'LookUps',
    path: '/assistant/look-ups',
    list: 'whole' as const,
    page: lookUpPage,
    fields: ['key', 'name', 'url', 'header', 'answers', 'timeoutSeconds', 'brandId', 'forAnyone'],
    given: newLookUp.omit({ secret: true }),
    patch: lookUpPatch.omit({ secret: true }),
    names: { brandId: 'Brands' },
    knownBy: ['key'],
    key: ({ key }: Readonly<Record<string, unknown>>) => String(key),
  },
  {
    kind: 'Assistant',
    path: '/assistant/versions',
    list: 'whole' as const,
    page: null,
    fields: Object.keys(assistantSettings.shape).filter((field) => field !== 'providerId'),
    given: assistantSettings,
    patch: assistantSettings,
    names: {
      'rows.*.brandId': 'Brands',
      'rows.*.categoryId': 'Categories',
      'highStakes.*': 'Categories',
      'guidance.*.brandId': 'Brands',
      'guidance.*.categoryId': 'Categories',
      'guidance.*.ownerId': 'Agents',
      'procedures.*.categoryId': 'Categories',
      'procedures.*.brandId': 'Brands',
      'procedures.*.steps.*.macroId': 'Macros',
    },
    knownBy: [],
    key: () => '',
  },
]

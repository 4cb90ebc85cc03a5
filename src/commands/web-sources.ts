// What the web app is built from: its own files, the contract, and lists of words that it shares with the server.
import { globSync } from 'node:fs'

/** What the browser app takes beside the contract: lists of words, which role gives which right, and how colours are made legible; their files bring nothing along. */
export const SHARED_WORDS = [
  'src/assistant/words.ts',
  'src/channels/hook-words.ts',
  'src/channels/outbox-words.ts',
  'src/imports/csv/targets.ts',
  'src/imports/kinds.ts',
  'src/kit/color.ts',
  'src/people/audit-fault.ts',
  'src/people/rights.ts',
  'src/people/role.ts',
  'src/people/provider-kind.ts',
  'src/people/provider-sign-in.ts',
  'src/people/visitor-kind.ts',
  'src/reporting/boards.ts',
  'src/reporting/names.ts',
  'src/rules/german.ts',
  'src/reporting/spoken.ts',
  'src/reporting/vocabulary.ts',
  'src/rules/rule.ts',
  'src/rules/thing.ts',
  'src/setup/field-type.ts',
  'src/setup/identity-words.ts',
  'src/sla/policy.ts',
  'src/tickets/touch.ts',
  'src/tickets/vocabulary.ts',
]

/** The files whose change asks for another build, as paths below the project's folder. */
export function webSources(root: string): string[] {
  const all = [
    'web/**/*.{ts,tsx,css,html,svg}',
    'widget/*.{ts,tsx}',
    'src/api/contract/**/*.ts',
    'src/api/contract.ts',
    'package-lock.json',
  ]
  const found = globSync(all, { cwd: root, exclude: (path) => path.includes('dist') })
  return [...found, ...SHARED_WORDS]
}

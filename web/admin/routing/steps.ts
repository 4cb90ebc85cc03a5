// Steps of relaxation, in words and as a form holds them.
import type { Queue } from '../../../src/api/contract/routing.ts'
import { say } from '../../words/say.ts'

export type Step = Queue['relax'][number]
export const stepKinds = [
  'dropTier3',
  'dropTier2',
  'dropTier1',
  'lowerLevels',
  'addSecondaryTeams',
  'overflow',
] as const
export type StepKind = (typeof stepKinds)[number]

export function kindOf({ do: step }: Step): StepKind {
  if ('dropTier' in step) return `dropTier${step.dropTier}`
  if ('lowerLevelsBy' in step) return 'lowerLevels'
  return 'addSecondaryTeams' in step ? 'addSecondaryTeams' : 'overflow'
}

export function stepOf(kind: StepKind, after: number): Step {
  switch (kind) {
    case 'dropTier1':
      return { after, do: { dropTier: 1 } }
    case 'dropTier2':
      return { after, do: { dropTier: 2 } }
    case 'dropTier3':
      return { after, do: { dropTier: 3 } }
    case 'lowerLevels':
      return { after, do: { lowerLevelsBy: 1 } }
    case 'addSecondaryTeams':
      return { after, do: { addSecondaryTeams: true } }
    case 'overflow':
      return { after, do: { overflow: true } }
  }
}

export function stepWords(step: Step): string {
  return say('queues.step', { minutes: Math.round(step.after / 60), what: say(`relaxStep.${kindOf(step)}`) })
}

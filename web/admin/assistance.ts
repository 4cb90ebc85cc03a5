// The pages of the assistant, which few open: loaded with the first of them.
export { Assistant } from './assistant/Assistant.tsx'
export { AssistantRuns } from './assistant/AssistantRuns.tsx'
export { AssistantLadder } from './assistant/Ladder.tsx'
export { AssistantProcedures } from './assistant/Procedures.tsx'
export { AssistantReview } from './assistant/Review.tsx'
export { AssistantScenarios } from './assistant/Scenarios.tsx'
export { Simulations } from './assistant/Simulations.tsx'

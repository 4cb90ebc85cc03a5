// The pages of the assistant, which few open: loaded with the first of them.
export { Assistant } from './assistant/Assistant.tsx'
export { AssistantRuns } from './assistant/AssistantRuns.tsx'
export { Simulations } from './assistant/Simulations.tsx'

// The pages of what the assistant may ask outside of the desk, models and other systems: loaded with the first of them.
export { AssistantLookUps } from './assistant/LookUps.tsx'
export { AssistantModels } from './assistant/Models.tsx'

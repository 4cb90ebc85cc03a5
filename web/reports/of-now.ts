// The boards that tell of now: a part of their own, loaded when one of them is opened.
export { Automation } from './Automation.tsx'
export { Stalls } from './Stalls.tsx'
export { Taxonomy } from './Taxonomy.tsx'

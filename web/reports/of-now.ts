// The boards that tell of now, and what is gone through one by one: a part of their own, loaded when one of them is opened.
export { Automation } from './Automation.tsx'
export { Reviews } from './Reviews.tsx'
export { Stalls } from './Stalls.tsx'
export { Taxonomy } from './Taxonomy.tsx'

// Dialogs of the list, and what stands where it holds nothing, loaded when the first is shown.
import { lazily } from '../parts/lazily.tsx'

export const JobBar = lazily(() => import('./JobBar.tsx').then((all) => all.JobBar))
export const JobResults = lazily(() => import('./JobResults.tsx').then((all) => all.JobResults))
export const NothingHere = lazily(() => import('./NothingHere.tsx').then((all) => all.NothingHere))
export const SaveView = lazily(() => import('./SaveView.tsx').then((all) => all.SaveView))

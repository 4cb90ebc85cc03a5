// Dialogs of the list, loaded when the first is opened.
import { lazily } from '../parts/lazily.tsx'

export const JobBar = lazily(() => import('./JobBar.tsx').then((all) => all.JobBar))
export const JobResults = lazily(() => import('./JobResults.tsx').then((all) => all.JobResults))
export const SaveView = lazily(() => import('./SaveView.tsx').then((all) => all.SaveView))

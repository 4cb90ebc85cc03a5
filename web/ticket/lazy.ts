// What of a ticket is not needed to read it. Composer and side start on their way with the ticket and arrive while the
// conversation is fetched, or before when there is time; the dialogs come when the first is opened.
import { lazily } from '../parts/lazily.tsx'
import { learnAdmin, learnRules } from '../words/say.ts'

const loadComposer = () => import('./composer/Composer.tsx')
const loadContext = () => import('./beside/Context.tsx')
export const loadTicketParts = () => Promise.all([loadComposer(), loadContext()])

export const Composer = lazily(() => loadComposer().then((all) => all.Composer))
export const Context = lazily(() => loadContext().then((all) => all.Context))

const loadDialogs = () => import('./dialogs/dialogs.ts')

export const AddLink = lazily(() => loadDialogs().then((all) => all.AddLink))
export const FindBar = lazily(() => loadDialogs().then((all) => all.FindBar))
export const HoldDialog = lazily(() => loadDialogs().then((all) => all.HoldDialog))
export const IncidentsDialog = lazily(() => loadDialogs().then((all) => all.IncidentsDialog))
export const MacroDialog = lazily(() => loadDialogs().then((all) => all.MacroDialog))
export const MergeDialog = lazily(() => loadDialogs().then((all) => all.MergeDialog))
export const RedactDialog = lazily(() => loadDialogs().then((all) => all.RedactDialog))
export const RequesterDialog = lazily(() => loadDialogs().then((all) => all.RequesterDialog))
export const SendLater = lazily(() => loadDialogs().then((all) => all.SendLater))
export const SideDialog = lazily(() => loadDialogs().then((all) => all.SideDialog))
export const SplitDialog = lazily(() => loadDialogs().then((all) => all.SplitDialog))
export const Viewer = lazily(() => loadDialogs().then((all) => all.Viewer))

/** It speaks as the pages of backtests do. */
export const WhatIfDialog = lazily(() =>
  Promise.all([import('./dialogs/WhatIfDialog.tsx'), learnRules(), learnAdmin()]).then(
    ([found]) => found.WhatIfDialog,
  ),
)

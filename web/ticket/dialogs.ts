// All dialogs of a ticket, so that one lazy import brings them together.
export { AddLink } from './AddLink.tsx'
export { IncidentsDialog } from './IncidentsDialog.tsx'
export { MacroDialog } from './MacroDialog.tsx'
export { MergeDialog } from './MergeDialog.tsx'
export { RequesterDialog } from './RequesterDialog.tsx'
export { SendLater } from './SendLater.tsx'
export { SplitDialog } from './SplitDialog.tsx'
export { Viewer } from './Viewer.tsx'

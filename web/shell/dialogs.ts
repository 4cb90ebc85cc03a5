// The dialogs that open over every screen, so that one lazy import brings them together.
export { ActionPicker } from './ActionPicker.tsx'
export { KeyList } from './KeyList.tsx'
export { MissingDialog } from './MissingDialog.tsx'
export { RecentList } from './RecentList.tsx'
export { SnoozeDialog } from './SnoozeDialog.tsx'

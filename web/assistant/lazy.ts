// How the rest of the app comes to the assistant.
export const loadAssistant = () => import('./all.ts').then(({ assistant }) => assistant)

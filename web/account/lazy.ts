// How the rest of the app comes to the account: its screens and its words, when something of them is first shown.
export const loadAccount = () => import('./all.ts').then(({ account }) => account)

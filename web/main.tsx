// Starts the app.
import '@fontsource-variable/inter/wght.css'
import './styles/tokens.css'
import './styles/base.css'

import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { keepComposingKeys } from './keys/composing.ts'
import { lazily } from './parts/lazily.tsx'
import { router } from './routes.tsx'
import { whenCalm } from './shell/calm.ts'
import { StepUp } from './shell/StepUp.tsx'
import { client } from './wire/client.ts'
import { learnCore } from './words/say.ts'

const Toasts = lazily(() => whenCalm.then(() => import('./parts/Toasts.tsx')).then((all) => all.Toasts))

// Before anything else listens: what is stopped here is heard by nobody.
keepComposingKeys()
const place = document.getElementById('root')
if (!place) throw new Error('Bug: index.html has no #root')
await learnCore()
createRoot(place).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
        <StepUp />
        <Toasts />
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
)

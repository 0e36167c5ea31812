// The screen starts here: makes the App (stores, clock, line to the server), keeps address and keys, draws.
import './ui/odd-locale.ts'
import { createRoot } from 'react-dom/client'
import { AppProvider } from './app.ts'
import { createApp } from './shell/create-app.ts'
import { Screen } from './shell/Screen.tsx'
import './ui/fonts.css'
import './ui/tokens.css'
import './ui/base.css'
import './ui/room.css'

const app = createApp()
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <AppProvider value={app}>
    <Screen />
  </AppProvider>,
)

// The screen starts here: the desk's look, then the gate, which fetches the room for who is signed in.
import './ui/odd-locale.ts'
import { createRoot } from 'react-dom/client'
import { type Desk, DeskProvider } from './app.ts'
import { keep, recall } from './shell/desk-memory.ts'
import { createStore } from './shell/store.ts'
import { Gate } from './sign-in/Gate.tsx'
import './ui/fonts.css'
import './ui/tokens.css'
import './ui/base.css'
import './ui/parts.css'
import './ui/states.css'
import './ui/forms.css'
import './ui/print.css'

const desk = createStore<Desk>(recall(location.search, localStorage).desk)
const dress = (): void => {
  const { palette, language } = desk.get()
  document.documentElement.dataset.palette = palette
  document.documentElement.lang = language
}
dress()
desk.subscribe(dress)
// Paper is white, whatever the room.
window.addEventListener('beforeprint', () => {
  document.documentElement.dataset.palette = 'day'
})
window.addEventListener('afterprint', dress)
desk.subscribe(() => keep(localStorage, desk.get(), recall('', localStorage).sound))
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <DeskProvider value={desk}>
    <Gate />
  </DeskProvider>,
)

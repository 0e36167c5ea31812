import { Suspense } from 'react'
import { AlarmPanel } from '../alerts/AlarmPanel.tsx'
import { EmergencyBanner } from '../alerts/EmergencyBanner.tsx'
import { useApp, useSay } from '../app.ts'
import { ChartPanel } from '../map/ChartPanel.tsx'
import { isInHeader, openPages, PAGE_ENTRIES } from '../pages.ts'
import { SituationLog } from '../shifts/LogColumn.tsx'
import { UnfinishedStrip } from '../shifts/UnfinishedStrip.tsx'
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx'
import { Bones, State, Strip } from '../ui/parts.tsx'
import { Dossier } from '../vessels/Dossier.tsx'
import { Board, useWall, WallAlarms } from '../wall/Wall.tsx'
import { PAGES } from './address.ts'
import { Header } from './Header.tsx'
import { Overlays, Toasts } from './Overlays.tsx'
import { useStore } from './store.ts'

/** Header, the page chosen, overlays. One panel's error never takes the page. */
export function Screen() {
  const app = useApp()
  const say = useSay()
  const { page, wall, atMs } = useStore(app.address)
  const isFullChart = useStore(app.isFullChart)
  // Behind a lock the picture runs on; hands and eyes of a reader are on the lock.
  const isBehind = useStore(app.session.barrier) !== undefined
  useWall()
  useStore(app.me)
  const isOpen = openPages(app, [wall ? 'situation' : page]).length > 0
  const Body = PAGE_ENTRIES.find(entry => entry.page === page)?.Body
  return (
    <div inert={isBehind} className={`screen ${isFullChart ? 'is-full-chart' : ''} ${atMs !== undefined ? 'is-past' : ''}`}>
      <a
        className="skip"
        href="#main"
        onClick={event => {
          event.preventDefault()
          document.getElementById('main')?.focus()
        }}
      >
        {say('header.skip')}
      </a>
      <Header />
      <div className="screen__strips">
        <EmergencyBanner />
        <Impaired />
        <UnfinishedStrip />
      </div>
      {!isOpen ? (
        <NotYours />
      ) : page === 'situation' || wall ? (
        <main id="main" tabIndex={-1} className="screen__body">
          {!wall && (
            <div className="watch-column">
              <ErrorBoundary name={say('alarms.title')}>
                <AlarmPanel />
              </ErrorBoundary>
              <ErrorBoundary name={say('shifts.log')}>
                <SituationLog />
              </ErrorBoundary>
            </div>
          )}
          <ErrorBoundary name={say('chart.title')}>
            <ChartPanel wallAlarms={wall ? <WallAlarms /> : undefined} />
          </ErrorBoundary>
          <ErrorBoundary name={say('dossier.title')}>{wall ? <Board /> : <Dossier />}</ErrorBoundary>
        </main>
      ) : (
        <main id="main" tabIndex={-1} className="screen__page">
          <ErrorBoundary key={page} name={say(`page.${page}`)}>
            <Suspense fallback={<Bones blocks={3} />}>{Body && <Body />}</Suspense>
          </ErrorBoundary>
        </main>
      )}
      <Overlays />
      <Toasts />
    </div>
  )
}

/** A link to a page that the posts of who sits here do not open: said, with the way to one that is theirs. */
function NotYours() {
  const app = useApp()
  const say = useSay()
  const [first] = openPages(app, PAGES).filter(isInHeader)
  return (
    <main id="main" tabIndex={-1} className="screen__page">
      <section className="panel">
        <State title={say('page.not-yours')} note={say('page.not-yours-note')}>
          {first && (
            <button type="button" className="button is-main" onClick={() => app.go({ page: first, item: undefined })}>
              {say(`page.${first}`)}
            </button>
          )}
        </State>
      </section>
    </main>
  )
}

/** The server says what does not work (a disk that refuses): above everything, on every page, as long as it lasts. */
function Impaired() {
  const app = useApp()
  const say = useSay()
  const impaired = useStore(app.status)?.impaired ?? []
  if (impaired.length === 0) return null
  return (
    <Strip tone="warn">
      {say('server.impaired')} {impaired.join(' · ')}
    </Strip>
  )
}

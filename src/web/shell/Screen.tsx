import { useEffect } from 'react'
import { RecordsPage } from '../access/RecordsPage.tsx'
import { AlarmPanel } from '../alerts/AlarmPanel.tsx'
import { useApp, useSay } from '../app.ts'
import { FeedsPage } from '../feeds/FeedsPage.tsx'
import { ChartPanel } from '../map/ChartPanel.tsx'
import { AreasPage } from '../places/AreasPage.tsx'
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx'
import { Strip } from '../ui/parts.tsx'
import { Dossier } from '../vessels/Dossier.tsx'
import { ShipsPage } from '../vessels/ShipsPage.tsx'
import { Board, useWall, WallAlarms } from '../wall/Wall.tsx'
import { Header } from './Header.tsx'
import { Overlays, Toasts } from './Overlays.tsx'
import { useStore } from './store.ts'

/** Header, the page chosen, overlays. One panel's error never takes the page. */
export function Screen() {
  const app = useApp()
  const say = useSay()
  const { page, wall, atMs } = useStore(app.address)
  const isFullChart = useStore(app.isFullChart)
  const { palette, language } = useStore(app.desk)
  useEffect(() => {
    document.documentElement.dataset.palette = palette
    document.documentElement.lang = language
  }, [palette, language])
  useWall()
  return (
    <div className={`screen ${isFullChart ? 'is-full-chart' : ''} ${atMs !== undefined ? 'is-past' : ''}`}>
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
      <Impaired />
      {page === 'situation' || wall ? (
        <main id="main" tabIndex={-1} className="screen__body">
          {!wall && (
            <ErrorBoundary name={say('alarms.title')}>
              <AlarmPanel />
            </ErrorBoundary>
          )}
          <ErrorBoundary name={say('chart.title')}>
            <ChartPanel wallAlarms={wall ? <WallAlarms /> : undefined} />
          </ErrorBoundary>
          <ErrorBoundary name={say('dossier.title')}>{wall ? <Board /> : <Dossier />}</ErrorBoundary>
        </main>
      ) : (
        <main id="main" tabIndex={-1} className="screen__page">
          <ErrorBoundary key={page} name={say(`page.${page}`)}>
            {page === 'ships' && <ShipsPage />}
            {page === 'areas' && <AreasPage />}
            {page === 'feeds' && <FeedsPage />}
            {page === 'records' && <RecordsPage />}
          </ErrorBoundary>
        </main>
      )}
      <Overlays />
      <Toasts />
    </div>
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

import { useEffect, useLayoutEffect, useRef } from 'react'
import { AlarmCard } from '../alerts/AlarmCard.tsx'
import { byUrgency } from '../alerts/list-order.ts'
import { RecentDeeds } from '../alerts/RecentDeeds.tsx'
import { useApp, useSay } from '../app.ts'
import { thousands } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { wallZoom } from '../ui/pixel-ratio.ts'
import { useNow } from '../ui/use-now.ts'
import { DossierBody } from '../vessels/Dossier.tsx'

const SHIFT_EVERY_MS = 60_000
const SHIFT_PX = 8

/** `?wall=1`: type × 1.35, no pointer, no menus; follows the gravest open alarm (levels 0–1); moves one pixel a minute against burn-in. */
export function useWall(): void {
  const app = useApp()
  const { wall } = useStore(app.address)
  const { alarms } = useStore(app.alarms.state)
  const first = [...alarms.values()]
    .filter(alarm => alarm.level <= 1 && (alarm.state === 'new' || alarm.state === 'active'))
    .sort(byUrgency)[0]
  useLayoutEffect(() => {
    const root = document.documentElement
    if (!wall) {
      delete root.dataset.wall
      delete root.dataset.zoom
      return
    }
    const enlarge = (): void => {
      root.dataset.wall = ''
      root.dataset.zoom = String(wallZoom(innerWidth))
      root.style.setProperty('--wall-zoom', root.dataset.zoom)
    }
    enlarge()
    window.addEventListener('resize', enlarge)
    return () => window.removeEventListener('resize', enlarge)
  }, [wall])
  const followed = first?.id
  const before = useRef<string>(undefined)
  useEffect(() => {
    if (wall && followed !== undefined) app.alarms.open(followed)
    else if (wall && before.current !== undefined) app.go({ selection: undefined })
    before.current = followed
  }, [app, wall, followed])
  useEffect(() => {
    if (!wall) return
    let step = 0
    const timer = setInterval(() => {
      step = (step + 1) % (SHIFT_PX * 2)
      const at = step < SHIFT_PX ? step : SHIFT_PX * 2 - step
      document.documentElement.style.translate = `${at - SHIFT_PX / 2}px ${(at % 4) - 2}px`
    }, SHIFT_EVERY_MS)
    return () => clearInterval(timer)
  }, [wall])
}

export function WallAlarms() {
  const app = useApp()
  const { alarms } = useStore(app.alarms.state)
  const { selection } = useStore(app.address)
  const nowMs = useNow()
  const shown = [...alarms.values()]
    .filter(alarm => alarm.state === 'new' || alarm.state === 'active')
    .sort(byUrgency)
    .slice(0, 4)
  return shown.map(alarm => (
    <AlarmCard
      key={alarm.id}
      alarm={alarm}
      isSelected={selection?.kind === 'alarm' && selection.id === alarm.id}
      nowMs={nowMs}
      onOpen={() => undefined}
    />
  ))
}

/** The right side of the wall: the room's figures, then the dossier of what it follows. */
export function Board() {
  const app = useApp()
  const say = useSay()
  const { alarms } = useStore(app.alarms.state)
  const status = useStore(app.status)
  const inView = useStore(app.inView)
  const open = [...alarms.values()].filter(alarm => alarm.state === 'new' || alarm.state === 'active')
  const fresh = open.filter(alarm => !alarm.isAcknowledged)
  const followed = useStore(app.address).selection
  const working = status?.feeds.filter(feed => feed.state === 'ok').length ?? 0
  return (
    <section className="board" aria-label={say('wall.board')}>
      <div className="board__figures">
        <div className={`figure ${fresh.length > 0 ? 'is-bad' : ''}`}>
          {say('wall.new')}
          <b>{fresh.length}</b>
          {say('wall.critical', { n: fresh.filter(alarm => alarm.level <= 1).length })}
        </div>
        <div className="figure is-warn">
          {say('wall.active')}
          <b>{open.length - fresh.length}</b>
          {say('wall.all-open', { n: open.length })}
        </div>
        <div className="figure">
          {say('chart.ships')}
          <b>{thousands(inView.length)}</b>
          {say('wall.known', { n: thousands(status?.ships ?? 0) })}
        </div>
        <div className={`figure ${working === status?.feeds.length ? 'is-good' : 'is-bad'}`}>
          {say('page.feeds')}
          <b>
            {working}/{status?.feeds.length ?? 0}
          </b>
          {say('wall.feeds')}
        </div>
      </div>
      <section className="panel dossier grow" aria-label={say('dossier.title')}>
        {followed ? <DossierBody /> : <RecentDeeds most={24} />}
      </section>
    </section>
  )
}

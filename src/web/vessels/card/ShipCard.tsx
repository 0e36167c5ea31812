// Everything known of one ship on one page (ui.md 6.3), without what belongs to rooms not built yet: who she says she is with source and age, where she went
// on a chart and on one time axis, whom she met, where she stopped, when she was silent, what alarms she caused.
import { useMemo, useState } from 'react'
import type { AlarmView } from '../../alerts/model.ts'
import { useApp, useSay } from '../../app.ts'
import { age, ddm, degrees3, distance, momentKst } from '../../i18n/format.ts'
import { wordFor } from '../../i18n/text.ts'
import { useStore } from '../../shell/store.ts'
import { Bones, CommandButton, Panel, PanelHead, State, Strip } from '../../ui/parts.tsx'
import { useNow } from '../../ui/use-now.ts'
import { isStale, ShipName, SpeedHead } from '../Dossier.tsx'
import { encountersOf, ofAlarms } from '../encounters.ts'
import { SpeedChart } from '../SpeedChart.tsx'
import type { SelectedShip } from '../selected.ts'
import { TrackMap } from '../TrackMap.tsx'
import { figuresOf, silenceOf } from '../track.ts'
import { statusWord, typeWord } from '../words.ts'
import { Identity } from './Identity.tsx'
import { Encounters, Findings, Gaps, ShipAlarms, Stays } from './tables.tsx'
import { type SpanDays, useShipPast } from './use-ship-past.ts'

const MINUTE_MS = 60_000

export function ShipCard({ ship }: { ship: SelectedShip }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow()
  const [days, setDays] = useState<SpanDays>(1)
  const { past, trouble } = useShipPast(ship.mmsi, days)
  const { alarms: live } = useStore(app.alarms.state)
  const { card } = ship
  // The live line is newer than what was asked for a minute ago.
  const mine = useMemo(() => newest(ship.mmsi, past?.alarms ?? [], live.values()), [ship.mmsi, past, live])
  const open = mine.find(alarm => alarm.state !== 'closed')
  if (ship.trouble && !card)
    return (
      <Panel label={say('page.ships')}>
        <State title={say('dossier.trouble')} note={ship.trouble}>
          <button type="button" className="button" onClick={() => void app.selected.refresh()}>
            {say('act.again')}
          </button>
        </State>
      </Panel>
    )
  const minuteMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS
  const showPast = (atMs: number): void => {
    app.go({ page: 'situation', card: undefined, selection: { kind: 'ship', mmsi: ship.mmsi } })
    app.time.show(atMs)
  }
  const showAlarm = (alarm: AlarmView): void => {
    app.go({ page: 'situation', card: undefined })
    app.alarms.open(alarm.id)
  }
  const findings = card?.findings ?? []
  const meetings = encountersOf(ship.mmsi, [...ofAlarms(mine), { reasons: findings }], minuteMs)
  return (
    <div className="card">
      <Head ship={ship} open={open} nowMs={nowMs} />
      <div className="card__column">
        <Identity card={card} />
        <Findings findings={findings} />
      </div>
      <div className="card__column">
        {trouble && <Strip tone="warn">{`${say('card.past-trouble')} ${trouble}`}</Strip>}
        <TrackMap mmsi={ship.mmsi} card={card} past={past} days={days} onDays={setDays} />
        <Sailed past={past} open={open} minuteMs={minuteMs} />
      </div>
      <div className="card__column">
        <ShipAlarms alarms={mine} onOpen={showAlarm} />
        <Encounters rows={meetings} />
        {past ? (
          <>
            <Stays stays={past.stays} days={days} />
            <Gaps gaps={past.gaps} open={silenceOf(past.track, minuteMs)} onShow={showPast} days={days} />
          </>
        ) : (
          <Panel label={say('stay.title')}>
            <Bones blocks={2} />
          </Panel>
        )}
      </div>
    </div>
  )
}

function newest(mmsi: number, kept: readonly AlarmView[], live: Iterable<AlarmView>): AlarmView[] {
  const byId = new Map(kept.map(alarm => [alarm.id, alarm]))
  for (const alarm of live) {
    const there = byId.get(alarm.id)
    if (alarm.ships.includes(mmsi) && (!there || alarm.revision >= there.revision)) byId.set(alarm.id, alarm)
  }
  return [...byId.values()].sort((a, b) => b.raisedAtMs - a.raisedAtMs)
}

function Head({ ship, open, nowMs }: { ship: SelectedShip; open: AlarmView | undefined; nowMs: number }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const { card } = ship
  const old = card && isStale(card, nowMs) ? 'is-stale' : ''
  const facts = card && [
    [say('fact.speed'), card.sogKn === undefined ? '–' : `${card.sogKn.toFixed(1)} kn`, old],
    [say('fact.course'), card.cogDeg === undefined ? '–' : degrees3(card.cogDeg), old],
    [say('fact.last'), card.sentAtMs === undefined ? '–' : age(nowMs - card.sentAtMs, language), old],
    [say('ship.place'), card.lat === undefined || card.lon === undefined ? '–' : ddm(card.lat, card.lon), old],
    [say('voyage.status'), statusWord(say, card.navigationStatus) ?? '–', ''],
    [say('voyage.destination'), card.destination ?? '–', ''],
  ]
  return (
    <section className="panel card__head" data-region="head" tabIndex={-1} aria-label={say('page.ships')}>
      <div>
        <h1>
          <ShipName mmsi={ship.mmsi} card={card} />
          {open && <span className={`mark ${open.level <= 1 ? 'is-bad' : 'is-warn'}`}>{wordFor(say, 'detector', open.detector)}</span>}
          {card?.isWatched && <span className="mark is-warn">{say('ship.watched')}</span>}
          {card?.isLost && <span className="mark">{say('sign.lost')}</span>}
          {card?.isShared && <span className="mark is-bad">{say('ship.shared')}</span>}
        </h1>
        <span className="note">
          {card && `${typeWord(say, card.shipType, card.stationClass)} · `}
          {card?.imoNumber && `IMO ${card.imoNumber} · `}MMSI {ship.mmsi}
          {card?.watchNote && ` · ${card.watchNote}`}
        </span>
      </div>
      {facts?.map(([word, value, look]) => (
        <div key={word} className={`card__fact ${look}`}>
          <span className="note">{word}</span>
          <b>{value}</b>
        </div>
      ))}
      <div className="spacer" />
      <div className="card__acts">
        {['ship.watch', 'ship.export-track', 'ship.copy'].map(id => (
          <CommandButton key={id} command={app.commands().find(one => one.id === id)} />
        ))}
        <button
          type="button"
          className="button"
          onClick={() => app.go({ page: 'situation', card: undefined, selection: { kind: 'ship', mmsi: ship.mmsi } })}
        >
          {say('ship.on-chart')} <kbd>Esc</kbd>
        </button>
      </div>
    </section>
  )
}

/** Speed, stops, gaps and the alarm on one time axis. */
function Sailed({ past, open, minuteMs }: { past: ReturnType<typeof useShipPast>['past']; open: AlarmView | undefined; minuteMs: number }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const reason = open?.reasons[0]
  const span = useMemo(() => (reason ? ([reason.fromMs, reason.toMs ?? minuteMs] as const) : undefined), [reason, minuteMs])
  const figures = past && figuresOf(past.track, past.gaps)
  const silent = figures && figures.silentMs > 0 ? ` · ${say('speed.silent', { age: age(figures.silentMs, language) })}` : ''
  return (
    <Panel label={say('speed.24h')} className="card__sailed">
      <PanelHead title={past ? <SpeedHead first={past.track[0]} days={past.days} toMs={minuteMs} /> : say('speed.24h')}>
        {figures && (
          <span className="note">
            {say('speed.figures', { way: distance(figures.sailedM), top: figures.topKn.toFixed(1) })}
            {silent}
          </span>
        )}
      </PanelHead>
      <div className="voyage-chart">
        {!past ? (
          <Bones blocks={2} />
        ) : past.track.length > 1 ? (
          <SpeedChart points={past.track} gaps={past.gaps} stays={past.stays} heightPx={216} toMs={minuteMs} alarmSpan={span} />
        ) : (
          <State title={say('track.none')} note={past.track[0] && momentKst(past.track[0].atMs, minuteMs)} />
        )}
      </div>
    </Panel>
  )
}

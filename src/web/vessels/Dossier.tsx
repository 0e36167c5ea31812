import { useMemo } from 'react'
import type { AlarmView } from '../alerts/model.ts'
import { RecentDeeds } from '../alerts/RecentDeeds.tsx'
import { useApp, useSay } from '../app.ts'
import { age, ddm, degrees3, distance, momentKst } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { AlarmNotices } from '../telling/AlarmNotices.tsx'
import { toLevel } from '../ui/level.ts'
import { AlarmIcon, Bones, CommandButton, LEVEL_TEXT, Panel, PanelHead, Section, State } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import type { ShipCardView, TrackPoint } from './model.ts'
import { SpeedChart } from './SpeedChart.tsx'
import type { SelectedShip } from './selected.ts'
import { figuresOf } from './track.ts'
import { countryName, countryOf, statusWord, typeWord } from './words.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Coast AIS is old after 3 minutes, satellite after 30 (ui.md §5). */
const FRESH_MS = { coast: 180_000, satellite: 1_800_000 } as const

/** The right panel: who is selected, why it matters, what it did, what to do. */
export function Dossier() {
  const app = useApp()
  const say = useSay()
  const { selection } = useStore(app.address)
  const selected = useStore(app.selected.state)
  const { alarms } = useStore(app.alarms.state)
  const alarm = selection?.kind === 'alarm' ? alarms.get(selection.id) : undefined
  const ids = alarm
    ? [
        alarm.isAcknowledged ? 'alarm.resolve' : 'alarm.acknowledge',
        'alarm.assign',
        'alarm.shelve',
        'ship.track',
        'ship.watch',
        'ship.card',
      ]
    : ['ship.card', 'ship.track', 'ship.watch', 'ship.centre', 'ship.export-track', 'ship.copy']
  return (
    <Panel label={say('dossier.title')} className="dossier" region="dossier">
      <DossierBody />
      {(selected || alarm) && (
        <div className="commands">
          {ids.map((id, i) => (
            <CommandButton
              key={id}
              command={app.commands().find(one => one.id === id)}
              look={i > 0 || !alarm ? '' : alarm.level <= 1 && !alarm.isAcknowledged ? 'is-grave' : 'is-main'}
            />
          ))}
        </div>
      )}
    </Panel>
  )
}

/** The dossier without its commands: the wall shows it too. */
export function DossierBody() {
  const app = useApp()
  const say = useSay()
  const selected = useStore(app.selected.state)
  const { selection } = useStore(app.address)
  const { alarms } = useStore(app.alarms.state)
  const alarm = selection?.kind === 'alarm' ? alarms.get(selection.id) : undefined
  if (!selected && !alarm)
    return (
      <>
        <PanelHead title={say('dossier.none')}>
          <span className="note">{say('dossier.none-note')}</span>
        </PanelHead>
        <div className="section">
          <CommandButton command={app.commands().find(one => one.id === 'alarm.next')} />
        </div>
        <div className="grow scroll">
          <RecentDeeds most={40} />
        </div>
      </>
    )
  return (
    <>
      {selected ? <Head ship={selected} alarm={alarm} /> : <PanelHead title={alarm?.subjects.map(subject => subject.label).join(' ↔ ')} />}
      <div className="grow scroll">
        {selected?.card && <Facts card={selected.card} />}
        {selected && !selected.card && !selected.trouble && <Bones blocks={2} />}
        {selected?.trouble && (
          <State title={say('dossier.trouble')} note={selected.trouble}>
            <button type="button" className="button button--plain" onClick={() => void app.selected.refresh()}>
              {say('act.again')}
            </button>
          </State>
        )}
        <Why ship={selected} alarm={alarm} />
        {selected && <Speed ship={selected} alarm={alarm} />}
        {selected?.card && <Voyage card={selected.card} />}
        {selected && <Gaps ship={selected} />}
        {alarm && <Links alarm={alarm} mmsi={selected?.mmsi} />}
        {alarm && <AlarmNotices alarm={alarm.id} />}
        {alarm && <History alarm={alarm} />}
      </div>
    </>
  )
}

export function ShipName({ mmsi, card }: { mmsi: number; card?: ShipCardView | undefined }) {
  const app = useApp()
  const { language } = useStore(app.desk)
  const country = countryOf(mmsi)
  return (
    <>
      {country && (
        <span className="flag" title={countryName(mmsi, language)}>
          {country}
        </span>
      )}
      {card?.name ?? app.link.nameOf(mmsi) ?? mmsi}
    </>
  )
}

function Head({ ship, alarm }: { ship: SelectedShip; alarm: AlarmView | undefined }) {
  const say = useSay()
  const { card } = ship
  return (
    <div className="dossier__head">
      <div>
        <h2 className="dossier__name">
          <ShipName mmsi={ship.mmsi} card={card} />
        </h2>
        <span className="dossier__sub">
          {card && `${typeWord(say, card.shipType, card.stationClass)} · `}
          {card?.imoNumber && `IMO ${card.imoNumber} · `}MMSI{' '}
          {String(ship.mmsi)
            .padStart(9, '0')
            .replace(/(\d{3})(?=\d)/g, '$1 ')}
        </span>
      </div>
      <div className="dossier__marks">
        {alarm && (
          <span className={`mark ${alarm.level <= 1 ? 'is-bad' : alarm.level === 2 ? 'is-warn' : ''}`}>
            {say(LEVEL_TEXT[alarm.level] ?? 'level.4')}
          </span>
        )}
        {card?.isWatched && <span className="mark is-warn">{say('ship.watched')}</span>}
        {card?.isLost && <span className="mark">{say('sign.lost')}</span>}
        {card?.isShared && <span className="mark is-bad">{say('ship.shared')}</span>}
      </div>
    </div>
  )
}

/** Her last report is older than its network's limit. */
export const isStale = (card: ShipCardView, nowMs: number): boolean =>
  card.sentAtMs !== undefined && nowMs - card.sentAtMs > (card.network === 'satellite' ? FRESH_MS.satellite : FRESH_MS.coast)

export function Facts({ card }: { card: ShipCardView }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow()
  const { language } = useStore(app.desk)
  const look = isStale(card, nowMs) ? 'is-stale' : ''
  return (
    <div className="facts">
      <div className={`fact ${look}`}>
        <small>{say('fact.speed')}</small>
        <b>{card.sogKn?.toFixed(1) ?? '–'}</b>
        <i> kn</i>
      </div>
      <div className={`fact ${look}`}>
        <small>{say('fact.course')}</small>
        <b>{card.cogDeg === undefined ? '–' : degrees3(card.cogDeg).slice(0, 3)}</b>
        <i>°</i>
      </div>
      <div className="fact">
        <small>{say('fact.draught')}</small>
        <b>{card.draughtM?.toFixed(1) ?? '–'}</b>
        <i> m</i>
      </div>
      <div className={`fact ${look}`}>
        <small>{say('fact.last')}</small>
        <b>{card.sentAtMs === undefined ? '–' : age(nowMs - card.sentAtMs, language)}</b>
        {card.network && <i> · {say(card.network === 'satellite' ? 'network.satellite' : 'network.coast')}</i>}
      </div>
    </div>
  )
}

/** The reasons behind the alarm in the officer's words, and what else was found about the ship. */
function Why({ ship, alarm }: { ship: SelectedShip | undefined; alarm: AlarmView | undefined }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow()
  const { language } = useStore(app.desk)
  const { alarms } = useStore(app.alarms.state)
  const reasons = alarm
    ? alarm.reasons
    : [
        ...[...alarms.values()].filter(one => ship && one.ships.includes(ship.mmsi)).flatMap(one => one.reasons),
        ...(ship?.card?.findings ?? []),
      ]
        .sort((a, b) => b.fromMs - a.fromMs)
        .slice(0, 6)
  if (reasons.length === 0) return null
  return (
    <Section head={say('why.title')} note={say('why.count', { n: reasons.length })}>
      {reasons.map(reason => (
        <div key={`${reason.detector}${reason.fromMs}`} className="reason-line">
          <AlarmIcon level={toLevel(reason.level)} size={14} />
          <b>{wordFor(say, 'detector', reason.detector)}</b>
          <span>
            {momentKst(reason.fromMs, nowMs)} ·{' '}
            {reason.toMs === undefined
              ? say('why.lasts', { age: age(nowMs - reason.fromMs, language) })
              : age(reason.toMs - reason.fromMs, language)}
          </span>
          <span className="why">{reason.why[language]}</span>
        </div>
      ))}
    </Section>
  )
}

function Speed({ ship, alarm }: { ship: SelectedShip; alarm: AlarmView | undefined }) {
  const say = useSay()
  const nowMs = useNow(60_000)
  const figures = figuresOf(ship.track, ship.gaps)
  const first = alarm?.reasons[0]
  const from = first?.fromMs
  const toMs = Math.floor(nowMs / 60_000) * 60_000
  const to = first?.toMs ?? toMs
  const span = useMemo(() => (from === undefined ? undefined : ([from, to] as const)), [from, to])
  return (
    <Section
      head={<SpeedHead first={ship.track[0]} days={1} toMs={toMs} />}
      note={ship.track.length > 1 ? say('speed.figures', { way: distance(figures.sailedM), top: figures.topKn.toFixed(1) }) : 'kn'}
    >
      {ship.track.length > 1 ? (
        <div className="speed-chart">
          <SpeedChart points={ship.track} gaps={ship.gaps} heightPx={92} toMs={toMs} alarmSpan={span} />
        </div>
      ) : ship.isTrackLoaded ? (
        <span className="note">{say('track.none')}</span>
      ) : (
        <Bones blocks={1} />
      )}
    </Section>
  )
}

/** Says how much of the day the chart shows where the archive does not reach back over all of it. */
export function SpeedHead({ first, days, toMs }: { first: TrackPoint | undefined; days: number; toMs: number }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const whole = days * DAY_MS
  const shown = first ? toMs - first.atMs : whole
  if (shown < whole - HOUR_MS) return say('speed.since', { age: age(shown, language) })
  return days === 1 ? say('speed.24h') : say('speed.days', { days })
}

function Voyage({ card }: { card: ShipCardView }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow()
  const { language } = useStore(app.desk)
  const status = statusWord(say, card.navigationStatus)
  return (
    <Section
      head={say('voyage.title')}
      note={card.staticAtMs === undefined ? undefined : say('voyage.heard', { age: age(nowMs - card.staticAtMs, language) })}
    >
      <Row word={say('voyage.destination')} value={card.destination} />
      <Row word="ETA" value={card.eta && etaWords(card.eta)} />
      <Row word={say('voyage.status')} value={status} />
      <Row word={say('ship.place')} value={card.lat !== undefined && card.lon !== undefined ? ddm(card.lat, card.lon) : undefined} />
      <Row word={say('ship.size')} value={card.lengthM ? `${card.lengthM} × ${card.beamM ?? '–'} m` : undefined} />
      <Row word={say('ship.call-sign')} value={card.callSign} />
      <Row word={say('ship.heard-by')} value={[card.feed, card.station].filter(Boolean).join(' · ') || undefined} />
    </Section>
  )
}

export const etaWords = (eta: NonNullable<ShipCardView['eta']>): string => {
  const kst = new Date(Date.UTC(2000, eta.month - 1, eta.day, eta.hour + 9, eta.minute))
  return `${kst.getUTCMonth() + 1}.${kst.getUTCDate()}. ${kst.toISOString().slice(11, 16)} KST`
}

const Row = ({ word, value }: { word: string; value: string | undefined }) =>
  value ? (
    <div className="row">
      <span>{word}</span>
      <b>{value}</b>
    </div>
  ) : null

function Gaps({ ship }: { ship: SelectedShip }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(60_000)
  const { language } = useStore(app.desk)
  if (ship.gaps.length === 0) return null
  return (
    <Section head={say('gap.heading')} note={say('gap.count', { n: ship.gaps.length })}>
      {[...ship.gaps]
        .reverse()
        .slice(0, 4)
        .map(gap => (
          <button key={gap.fromMs} type="button" className="row" style={{ width: '100%' }} onClick={() => app.time.show(gap.fromMs)}>
            <span>{momentKst(gap.fromMs, nowMs)}</span>
            <b>
              {age(gap.toMs - gap.fromMs, language)} · {distance(gap.distanceM)}
            </b>
          </button>
        ))}
    </Section>
  )
}

function Links({ alarm, mmsi }: { alarm: AlarmView; mmsi: number | undefined }) {
  const app = useApp()
  const say = useSay()
  const others = alarm.subjects.filter(subject => !(subject.kind === 'ship' && Number(subject.id) === mmsi))
  if (others.length === 0) return null
  return (
    <Section head={say('links.title')} note={say('links.note')}>
      <div className="links">
        {others.map(subject =>
          subject.kind === 'ship' ? (
            <button
              key={subject.id}
              type="button"
              className={`chip level-${alarm.level}`}
              onClick={() => app.selected.pick(Number(subject.id))}
            >
              {say('subject.ship')} <b>{subject.label}</b>
            </button>
          ) : (
            <span key={`${subject.kind}${subject.id}`} className="chip">
              {wordFor(say, 'subject', subject.kind)} <b>{subject.label}</b>
            </span>
          ),
        )}
      </div>
    </Section>
  )
}

/** Every change of the alarm with who and when. */
export function History({ alarm }: { alarm: AlarmView }) {
  const say = useSay()
  const nowMs = useNow(60_000)
  if (alarm.history.length === 0) return null
  return (
    <Section head={say('history.title')} note={<span className="code">{alarm.id}</span>}>
      <div className="history">
        {[...alarm.history].reverse().map(deed => (
          <div key={`${deed.atMs}${deed.deed}${deed.note ?? ''}`} className="history__line">
            <span>{momentKst(deed.atMs, nowMs)}</span>
            <span>
              {wordFor(say, 'deed', deed.deed)}
              {deed.note && ` · ${deed.note}`}
            </span>
            <span>{deed.who}</span>
          </div>
        ))}
      </div>
    </Section>
  )
}

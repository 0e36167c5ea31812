import { useEffect, useMemo, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { age, ddm, degrees3, distance, momentKst, thousands } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { AlarmIcon, Bones, CommandButton, Panel, PanelHead, State } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { etaWords, ShipName } from './Dossier.tsx'
import type { SearchHit, ShipCardView } from './model.ts'
import { SpeedChart } from './SpeedChart.tsx'
import type { SelectedShip } from './selected.ts'
import { TrackMap } from './TrackMap.tsx'
import { figuresOf } from './track.ts'
import { countryName, statusWord, typeWord } from './words.ts'

/** Ships: find one, or its whole card. */
export function ShipsPage() {
  const app = useApp()
  const { card } = useStore(app.address)
  const selected = useStore(app.selected.state)
  return card !== undefined && selected ? <ShipCard ship={selected} /> : <FindShips />
}

function FindShips() {
  const app = useApp()
  const say = useSay()
  const [words, setWords] = useState('')
  const [hits, setHits] = useState<readonly SearchHit[]>()
  const [watched, setWatched] = useState<readonly SearchHit[]>([])
  useEffect(() => {
    app.api.watched().then(setWatched, () => undefined)
  }, [app])
  useEffect(() => {
    const wanted = words.trim()
    if (wanted.length < 2) {
      setHits(undefined)
      return
    }
    let isCurrent = true
    app.api.search(wanted).then(
      found => isCurrent && setHits(found),
      () => isCurrent && setHits([]),
    )
    return () => {
      isCurrent = false
    }
  }, [app, words])
  return (
    <div className="page is-halves">
      <Panel label={say('ships.find')} region="ships">
        <PanelHead title={say('ships.find')} />
        <input
          className="input"
          autoFocus
          style={{ margin: 10, width: 'auto' }}
          placeholder={say('finder.placeholder')}
          aria-label={say('ships.find')}
          value={words}
          onChange={event => setWords(event.target.value)}
        />
        <div className="grow scroll">
          {hits === undefined ? (
            <State title={say('ships.start')} note={say('ships.start-note')} />
          ) : (
            <HitTable hits={hits} empty={say('finder.none')} />
          )}
        </div>
      </Panel>
      <Panel label={say('ships.watched')} region="watched">
        <PanelHead title={say('ships.watched')}>
          <span className="note">{watched.length}</span>
        </PanelHead>
        <div className="grow scroll">
          <HitTable hits={watched} empty={say('ships.no-watched')} />
        </div>
      </Panel>
    </div>
  )
}

function HitTable({ hits, empty }: { hits: readonly SearchHit[]; empty: string }) {
  const app = useApp()
  const say = useSay()
  if (hits.length === 0) return <State title={empty} />
  return (
    <table className="grid-table is-plain">
      <thead>
        <tr>
          <th>{say('ship.name')}</th>
          <th>MMSI</th>
          <th>{say('ship.more')}</th>
        </tr>
      </thead>
      <tbody>
        {hits.map(hit => (
          <tr
            key={hit.mmsi}
            tabIndex={0}
            onClick={() => app.go({ page: 'ships', card: hit.mmsi })}
            onKeyDown={event => event.code === 'Enter' && app.go({ page: 'ships', card: hit.mmsi })}
          >
            <td>
              <b>{hit.name}</b>
            </td>
            <td>{hit.mmsi}</td>
            <td className="note">{hit.note}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Everything known of one ship on one page (ui.md 6.3), without what belongs to rooms not built yet. */
function ShipCard({ ship }: { ship: SelectedShip }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow()
  const { language } = useStore(app.desk)
  const { alarms } = useStore(app.alarms.state)
  const { card } = ship
  const mine = [...alarms.values()].filter(alarm => alarm.ships.includes(ship.mmsi)).sort((a, b) => b.raisedAtMs - a.raisedAtMs)
  const open = mine.find(alarm => alarm.state !== 'closed')
  const figures = figuresOf(ship.track, ship.gaps)
  const span = useMemo(() => {
    const reason = open?.reasons[0]
    return reason ? ([reason.fromMs, reason.toMs ?? Math.floor(nowMs / 60_000) * 60_000] as const) : undefined
  }, [open?.id, Math.floor(nowMs / 60_000)])
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
  const head = card && [
    [say('fact.speed'), card.sogKn === undefined ? '–' : `${card.sogKn.toFixed(1)} kn`],
    [say('fact.course'), card.cogDeg === undefined ? '–' : degrees3(card.cogDeg)],
    [say('fact.last'), card.sentAtMs === undefined ? '–' : age(nowMs - card.sentAtMs, language)],
    [say('ship.place'), card.lat === undefined || card.lon === undefined ? '–' : ddm(card.lat, card.lon)],
    [say('voyage.status'), statusWord(say, card.navigationStatus) ?? '–'],
  ]
  return (
    <div className="card">
      <section className="panel card__head" data-region="head" tabIndex={-1}>
        <div>
          <h1>
            <ShipName mmsi={ship.mmsi} card={card} />
            {open && <span className={`mark ${open.level <= 1 ? 'is-bad' : 'is-warn'}`}>{wordFor(say, 'detector', open.detector)}</span>}
            {card?.isWatched && <span className="mark is-warn">{say('ship.watched')}</span>}
          </h1>
          <span className="note">
            {card && `${typeWord(say, card.shipType, card.stationClass)} · `}
            {card?.imoNumber && `IMO ${card.imoNumber} · `}MMSI {ship.mmsi}
          </span>
        </div>
        {head?.map(([word, value]) => (
          <div key={word} className="card__fact">
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
      <div className="card__column">
        <Identity ship={ship} card={card} />
        <TrackMap ship={ship} />
      </div>
      <div className="card__column">
        <Panel label={say('speed.24h')}>
          <PanelHead title={say('speed.24h')}>
            <span className="note">{say('speed.figures', { way: distance(figures.sailedM), top: figures.topKn.toFixed(1) })}</span>
          </PanelHead>
          <div className="voyage-chart">
            {ship.track.length > 1 ? (
              <SpeedChart points={ship.track} gaps={ship.gaps} heightPx={220} alarmSpan={span} />
            ) : ship.isTrackLoaded ? (
              <State title={say('track.none')} />
            ) : (
              <Bones blocks={2} />
            )}
          </div>
        </Panel>
        <Panel label={say('gap.heading')} className="is-grow">
          <PanelHead title={say('gap.heading')}>
            <span className="note">{say('gap.count', { n: ship.gaps.length })}</span>
          </PanelHead>
          <div className="grow scroll">
            {ship.gaps.length === 0 ? (
              <State title={say('gap.none')} note={say('gap.none-note')} />
            ) : (
              <table className="grid-table">
                <thead>
                  <tr>
                    <th>{say('gap.when')}</th>
                    <th>{say('gap.length')}</th>
                    <th>{say('gap.distance')}</th>
                    <th>{say('gap.speed')}</th>
                    <th />
                  </tr>
                </thead>
                <tbody>
                  {[...ship.gaps].reverse().map(gap => (
                    <tr key={gap.fromMs}>
                      <td>
                        {momentKst(gap.fromMs, nowMs)}–{momentKst(gap.toMs, nowMs)}
                      </td>
                      <td>
                        <b>{age(gap.toMs - gap.fromMs, language)}</b>
                      </td>
                      <td>{distance(gap.distanceM)}</td>
                      <td>{((gap.distanceM / (gap.toMs - gap.fromMs)) * 1943.84).toFixed(1)} kn</td>
                      <td className="is-number">
                        <button
                          type="button"
                          className="button button--plain"
                          onClick={() => {
                            app.go({ page: 'situation', card: undefined, selection: { kind: 'ship', mmsi: ship.mmsi } })
                            app.time.show(gap.fromMs)
                          }}
                        >
                          {say('gap.show')}
                        </button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </div>
        </Panel>
      </div>
      <div className="card__column">
        <Panel label={say('card.alarms')} className="is-grow">
          <PanelHead title={say('card.alarms')}>
            <span className="note">{mine.length}</span>
          </PanelHead>
          <div className="grow scroll">
            {mine.length === 0 ? (
              <State title={say('card.no-alarms')} />
            ) : (
              <table className="grid-table is-plain">
                <tbody>
                  {mine.map(alarm => (
                    <tr
                      key={alarm.id}
                      tabIndex={0}
                      onClick={() => {
                        app.go({ page: 'situation', card: undefined })
                        app.alarms.open(alarm.id)
                      }}
                      onKeyDown={event => event.code === 'Enter' && app.alarms.open(alarm.id)}
                    >
                      <td>
                        <AlarmIcon level={alarm.level} size={15} />
                      </td>
                      <td className="wrap">
                        <b>{wordFor(say, 'detector', alarm.detector)}</b>
                        <div className="note">{alarm.why[language]}</div>
                      </td>
                      <td>{momentKst(alarm.raisedAtMs, nowMs)}</td>
                      <td>
                        <span className={`mark ${alarm.state === 'new' ? 'is-bad' : alarm.state === 'closed' ? '' : 'is-act'}`}>
                          {say(`tab.${alarm.state}`)}
                        </span>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </div>
        </Panel>
        {card && card.findings.length > 0 && (
          <Panel label={say('card.findings')}>
            <PanelHead title={say('card.findings')}>
              <span className="note">{card.findings.length}</span>
            </PanelHead>
            <div className="section scroll">
              {card.findings.map(finding => (
                <div key={`${finding.detector}${finding.fromMs}`} className="reason-line">
                  <AlarmIcon level={4} size={14} />
                  <b>{wordFor(say, 'detector', finding.detector)}</b>
                  <span>{momentKst(finding.fromMs, nowMs)}</span>
                  <span className="why">{finding.why[language]}</span>
                </div>
              ))}
            </div>
          </Panel>
        )}
      </div>
    </div>
  )
}

/** One row a field, with its source and the age of what that source said. */
function Identity({ ship, card }: { ship: SelectedShip; card: ShipCardView | undefined }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow()
  const { language } = useStore(app.desk)
  if (!card)
    return (
      <Panel label={say('identity.title')}>
        <PanelHead title={say('identity.title')} />
        <Bones blocks={3} />
      </Panel>
    )
  const statics = card.staticAtMs === undefined ? '–' : age(nowMs - card.staticAtMs, language)
  const report = card.sentAtMs === undefined ? '–' : age(nowMs - card.sentAtMs, language)
  const rows: readonly (readonly [string, string | undefined, string, string])[] = [
    [say('ship.name'), card.name, say('source.static'), statics],
    ['IMO', card.imoNumber === undefined ? undefined : String(card.imoNumber), say('source.static'), statics],
    ['MMSI', String(ship.mmsi), say('source.report'), report],
    [say('ship.call-sign'), card.callSign, say('source.static'), statics],
    [say('ship.country'), countryName(ship.mmsi, language), say('source.number'), '–'],
    [say('ship.type'), typeWord(say, card.shipType, card.stationClass), say('source.static'), statics],
    [say('ship.size'), card.lengthM ? `${card.lengthM} × ${card.beamM ?? '–'} m` : undefined, say('source.static'), statics],
    [say('fact.draught'), card.draughtM === undefined ? undefined : `${card.draughtM.toFixed(1)} m`, say('source.static'), statics],
    [say('voyage.destination'), card.destination, say('source.static'), statics],
    ['ETA', card.eta && etaWords(card.eta), say('source.static'), statics],
    [say('voyage.status'), statusWord(say, card.navigationStatus), say('source.report'), report],
    [
      say('ship.heard-by'),
      [card.feed, card.station].filter(Boolean).join(' · ') || undefined,
      card.network === 'satellite' ? say('network.satellite') : say('network.coast'),
      report,
    ],
  ]
  const known = rows.filter(([, value]) => value !== undefined).length
  return (
    <Panel label={say('identity.title')}>
      <PanelHead title={say('identity.title')}>
        <span className="note">{say('identity.count', { n: known, of: thousands(rows.length) })}</span>
      </PanelHead>
      <div className="scroll">
        <table className="grid-table">
          <thead>
            <tr>
              <th>{say('identity.field')}</th>
              <th>{say('identity.value')}</th>
              <th>{say('identity.source')}</th>
              <th>{say('identity.age')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([word, value, source, old]) => (
              <tr key={word} className={card.isShared && word === 'MMSI' ? 'is-conflict' : ''}>
                <td>{word}</td>
                <td>
                  <b>{value ?? '–'}</b>
                </td>
                <td className="note">{value === undefined ? '' : source}</td>
                <td className="note">{value === undefined ? '' : old}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}

import { useApp, useSay } from '../../app.ts'
import { age, thousands } from '../../i18n/format.ts'
import { useStore } from '../../shell/store.ts'
import { Bones, Panel, PanelHead } from '../../ui/parts.tsx'
import { useNow } from '../../ui/use-now.ts'
import { contradictionsOf } from '../contradictions.ts'
import { etaWords } from '../Dossier.tsx'
import type { ShipCardView } from '../model.ts'
import { countryName, statusWord, typeWord } from '../words.ts'

type Field = ReturnType<typeof contradictionsOf>[number]['fields'][number]

/** One row a field, with its source and the age of what that source said; under it what cannot all be true. */
export function Identity({ card }: { card: ShipCardView | undefined }) {
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
  const fromStatic = [say('source.static'), statics] as const
  const fromReport = [say('source.report'), report] as const
  const rows: readonly (readonly [string, string | undefined, string, string, Field?])[] = [
    [say('ship.name'), card.name, ...fromStatic],
    ['IMO', card.imoNumber === undefined ? undefined : String(card.imoNumber), ...fromStatic, 'imo'],
    ['MMSI', String(card.mmsi), ...fromReport, 'mmsi'],
    [say('ship.call-sign'), card.callSign, ...fromStatic],
    [say('ship.country'), countryName(card.mmsi, language), say('source.number'), '–'],
    [say('ship.type'), typeWord(say, card.shipType, card.stationClass), ...fromStatic, 'type'],
    [say('ship.size'), card.lengthM ? `${card.lengthM} × ${card.beamM ?? '–'} m` : undefined, ...fromStatic, 'size'],
    [say('fact.draught'), card.draughtM === undefined ? undefined : `${card.draughtM.toFixed(1)} m`, ...fromStatic],
    [say('voyage.destination'), card.destination, ...fromStatic],
    ['ETA', card.eta && etaWords(card.eta), ...fromStatic, 'eta'],
    [say('voyage.status'), statusWord(say, card.navigationStatus), ...fromReport, 'status'],
    [
      say('ship.heard-by'),
      [card.feed, card.station].filter(Boolean).join(' · ') || undefined,
      say(card.network === 'satellite' ? 'network.satellite' : 'network.coast'),
      report,
    ],
  ]
  const known = rows.filter(([, value]) => value !== undefined).length
  const odd = contradictionsOf(card, nowMs)
  const oddFields = new Set(odd.flatMap(one => one.fields))
  return (
    <Panel label={say('identity.title')} className="card__identity">
      <PanelHead title={say('identity.title')}>
        {odd.length > 0 && <span className="note tone-warn">{say('odd.count', { n: odd.length })}</span>}
        <span className="note">{say('identity.count', { n: known, of: thousands(rows.length) })}</span>
      </PanelHead>
      <div className="scroll">
        <table className="grid-table is-tight">
          <thead>
            <tr>
              <th>{say('identity.field')}</th>
              <th>{say('identity.value')}</th>
              <th>{say('identity.source')}</th>
              <th>{say('identity.age')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([word, value, source, old, field]) => (
              <tr key={word} className={field !== undefined && oddFields.has(field) ? 'is-conflict' : ''}>
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
        {odd.length > 0 && (
          <ul className="card__odd">
            {odd.map(one => (
              <li key={one.text}>{say(one.text, one.values)}</li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  )
}

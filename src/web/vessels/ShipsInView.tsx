import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { thousands } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { PanelHead, State } from '../ui/parts.tsx'

const PAGE = 200

/** The chart's list twin: the same ships in the same order of importance, the same commands, for those who cannot use a map. */
export function ShipsInView({ onClose }: { onClose: () => void }) {
  const app = useApp()
  const say = useSay()
  const numbers = useStore(app.inView)
  const [words, setWords] = useState('')
  const selected = useStore(app.selected.state)
  const wanted = words.trim().toLowerCase()
  const ranked: number[] = []
  for (let i = numbers.length - 1; i >= 0 && ranked.length < PAGE; i--) {
    const mmsi = numbers[i]
    if (mmsi === undefined) continue
    if (wanted === '' || String(mmsi).includes(wanted) || app.link.nameOf(mmsi)?.toLowerCase().includes(wanted)) ranked.push(mmsi)
  }
  return (
    <section className="ship-list" aria-label={say('chart.list')}>
      <PanelHead title={`${say('chart.list')} ${thousands(numbers.length)}`}>
        <button type="button" className="button button--plain push" onClick={onClose}>
          {say('act.close')} <kbd>Esc</kbd>
        </button>
      </PanelHead>
      <input
        className="input"
        style={{ margin: 8, width: 'auto' }}
        placeholder={say('list.find')}
        aria-label={say('list.find')}
        value={words}
        onChange={event => setWords(event.target.value)}
      />
      <div className="grow scroll">
        {ranked.length === 0 ? (
          <State title={say('list.none')} note={say('list.none-note')} />
        ) : (
          <table className="grid-table">
            <thead>
              <tr>
                <th>{say('ship.name')}</th>
                <th>MMSI</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {ranked.map(mmsi => (
                <tr
                  key={mmsi}
                  tabIndex={0}
                  className={mmsi === selected?.mmsi ? 'is-selected' : ''}
                  onClick={() => app.selected.pick(mmsi)}
                  onKeyDown={event => {
                    if (event.code === 'Enter') app.selected.pick(mmsi)
                    const rows = [...(event.currentTarget.parentElement?.children ?? [])]
                    const next =
                      rows[rows.indexOf(event.currentTarget) + (event.code === 'ArrowDown' ? 1 : event.code === 'ArrowUp' ? -1 : 0)]
                    if (next !== event.currentTarget && next instanceof HTMLElement) next.focus()
                  }}
                >
                  <td>{app.link.nameOf(mmsi) ?? '–'}</td>
                  <td>{mmsi}</td>
                  <td className="is-number">{app.alarms.isAlarmed(mmsi) && <span className="mark is-bad">{say('sign.alarmed')}</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {numbers.length > PAGE && ranked.length === PAGE && (
          <p className="note" style={{ padding: 12 }}>
            {say('list.more', { n: thousands(numbers.length - PAGE) })}
          </p>
        )}
      </div>
    </section>
  )
}

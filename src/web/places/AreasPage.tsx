import { useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { CommandButton, Panel, PanelHead, State, Strip } from '../ui/parts.tsx'
import type { AreaView } from './model.ts'
import { PermitsPanel } from './PermitsPanel.tsx'

/** All areas in a table: edit, show, remove; GeoJSON in and out. */
export function AreasPage() {
  const app = useApp()
  const say = useSay()
  // Whose water it is stands with the organisations (page admin).
  const areas = useStore(app.areas).filter(area => area.organisation === undefined)
  const file = useRef<HTMLInputElement>(null)
  const [report, setReport] = useState<{ readonly text: string; readonly isBad: boolean }>()
  const [words, setWords] = useState('')
  const shown = areas.filter(area =>
    `${area.name} ${area.kind} ${wordFor(say, 'area-kind', area.kind)}`.toLowerCase().includes(words.trim().toLowerCase()),
  )

  const bring = async (files: FileList | null): Promise<void> => {
    const one = files?.[0]
    if (!one) return
    try {
      const count = await app.api.importAreas(await one.text())
      app.areas.set(await app.api.areas())
      setReport({ text: say('area.imported', { n: count, file: one.name }), isBad: false })
    } catch (refusal) {
      const why = refusal instanceof Error ? refusal.message : String(refusal)
      setReport({ text: say('area.not-imported', { file: one.name, why }), isBad: true })
    }
  }
  const remove = async (area: AreaView): Promise<void> => {
    try {
      await app.api.removeArea(area.id)
      app.areas.set(list => list.filter(other => other.id !== area.id))
      app.toast(say('area.removed', { name: area.name }), {
        undo: {
          said: 'area.removed',
          values: { name: area.name },
          undo: async () => {
            const { id: _old, ...rest } = area
            const saved = await app.api.saveArea(undefined, rest)
            app.areas.set(list => [...list, saved])
          },
        },
      })
    } catch (refusal) {
      app.toast(refusal instanceof Error ? refusal.message : String(refusal), { tone: 'bad' })
    }
  }
  const show = (area: AreaView): void => {
    const points = area.line ?? area.polygon[0] ?? []
    app.go({ page: 'situation' })
    const [lons, lats] = [points.map(point => point[0]), points.map(point => point[1])]
    setTimeout(() => app.chart.get()?.fit(Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)), 300)
  }

  // Areas are drawn and shown on the chart: who has none may still bring and remove them.
  const [mayChange, hasChart] = [app.may('areas.change'), app.may('ships.look')]
  return (
    <div className="page is-two">
      <Panel label={say('page.areas')} region="areas">
        <PanelHead title={say('page.areas')}>
          <span className="note">{areas.length}</span>
          <input
            className="input push"
            style={{ width: 220, minHeight: 28 }}
            placeholder={say('area.find')}
            aria-label={say('area.find')}
            value={words}
            onChange={event => setWords(event.target.value)}
          />
          {mayChange && hasChart && (
            <button
              type="button"
              className="button is-main"
              onClick={() => {
                app.go({ page: 'situation' })
                app.tools.draw()
              }}
            >
              {say('command.draw')} <kbd>Z</kbd>
            </button>
          )}
          {mayChange && (
            <button type="button" className="button" onClick={() => file.current?.click()}>
              {say('area.import')}
            </button>
          )}
          <a className="button" href="/api/areas.geojson" download="mangru-areas.geojson">
            {say('area.export')}
          </a>
          <input
            ref={file}
            type="file"
            accept=".geojson,.json,application/geo+json"
            hidden
            onChange={event => {
              const { files } = event.target
              void bring(files).finally(() => {
                // The same file, mended, can be brought again.
                if (file.current) file.current.value = ''
              })
            }}
          />
        </PanelHead>
        {report && (
          <Strip tone={report.isBad ? 'bad' : 'plain'}>
            <span className="wrap">{report.text}</span>
          </Strip>
        )}
        <div className="grow scroll">
          {areas.length === 0 ? (
            <State title={say('area.none')} note={say('area.none-note')}>
              {hasChart && <CommandButton command={app.commands().find(one => one.id === 'chart.draw')} />}
            </State>
          ) : (
            <table className="grid-table is-plain">
              <thead>
                <tr>
                  <th>{say('area.name')}</th>
                  <th>{say('area.kind')}</th>
                  <th>{say('area.severity')}</th>
                  <th>{say('area.watches')}</th>
                  <th>{say('area.max')}</th>
                  <th>{say('area.note')}</th>
                  <th />
                </tr>
              </thead>
              <tbody>
                {shown.map(area => (
                  <tr key={area.id}>
                    <td>
                      <b>{area.name}</b> {area.demo && <span className="mark">{say('header.demo')}</span>}
                    </td>
                    <td>{wordFor(say, 'area-kind', area.kind)}</td>
                    <td>{area.severity ? wordFor(say, 'severity', area.severity) : '–'}</td>
                    <td>{say(area.watches === 'all' ? 'area.watches-all' : 'area.watches-watched')}</td>
                    <td>{area.maxKn === undefined ? '–' : `${area.maxKn} kn`}</td>
                    <td className="note">{area.note ?? ''}</td>
                    <td className="is-number">
                      {hasChart && (
                        <button type="button" className="button button--plain" onClick={() => show(area)}>
                          {say('area.show')}
                        </button>
                      )}{' '}
                      {mayChange && hasChart && (
                        <button
                          type="button"
                          className="button button--plain"
                          onClick={() => {
                            app.tools.draw({ id: area.id, points: openRing(area) })
                            show(area)
                          }}
                        >
                          {say('act.edit')}
                        </button>
                      )}{' '}
                      {mayChange && (
                        <button type="button" className="button button--plain" onClick={() => void remove(area)}>
                          {say('act.remove')}
                        </button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      </Panel>
      <PermitsPanel />
    </div>
  )
}

/** Corners without the repeated last one. */
const openRing = (area: AreaView) => {
  const ring = (area.polygon[0] ?? []).map(([lon, lat]) => ({ lat, lon }))
  const [first, last] = [ring[0], ring.at(-1)]
  return first && last && ring.length > 1 && first.lat === last.lat && first.lon === last.lon ? ring.slice(0, -1) : ring
}

import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { crossesItself, type Point } from '../map/tools.ts'
import { useStore } from '../shell/store.ts'
import { Field } from '../ui/parts.tsx'
import { AREA_KINDS, type AreaView } from './model.ts'

const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const

/** Name, kind and rules of an area; its corners as text too, for those who cannot drag. */
export function AreaForm({ areaId }: { areaId: string | undefined }) {
  const app = useApp()
  const say = useSay()
  const sketch = useStore(app.tools.state)
  const before = useStore(app.areas).find(area => area.id === areaId)
  const [name, setName] = useState(before?.name ?? '')
  const [kind, setKind] = useState(before?.kind ?? 'designated')
  const [severity, setSeverity] = useState(before?.severity ?? 'medium')
  const [watches, setWatches] = useState(before?.watches ?? 'watched')
  const [maxKn, setMaxKn] = useState(String(before?.maxKn ?? 10))
  const [note, setNote] = useState(before?.note ?? '')
  const drawn: readonly Point[] =
    sketch.tool === 'draw' && sketch.points.length > 0 ? sketch.points : (before?.polygon[0] ?? []).map(([lon, lat]) => ({ lat, lon }))
  const [corners, setCorners] = useState(drawn.map(point => `${point.lat.toFixed(5)} ${point.lon.toFixed(5)}`).join('\n'))
  const [problem, setProblem] = useState<string>()

  const submit = async (): Promise<void> => {
    const points = parseCorners(corners)
    if (name.trim() === '') return setProblem(say('area.no-name'))
    if (typeof points === 'string') return setProblem(say('area.bad-corner', { text: points }))
    if (points.length < 3) return setProblem(say('area.few-corners'))
    if (crossesItself(points)) return setProblem(say('area.crosses'))
    const first = points[0]
    const ring = [...points, ...(first ? [first] : [])].map(point => [point.lon, point.lat] as const)
    const area: Omit<AreaView, 'id'> = {
      name: name.trim(),
      kind,
      // Holes are not drawn here; they stay as they are.
      polygon: [ring, ...(before?.polygon.slice(1) ?? [])],
      severity,
      watches,
      ...(kind === 'speed-limit' ? { maxKn: Number(maxKn) } : {}),
      ...(note.trim() ? { note: note.trim() } : {}),
    }
    try {
      const saved = await app.api.saveArea(areaId, area)
      app.areas.set(list => [...list.filter(other => other.id !== saved.id), saved])
      app.tools.stop()
      app.overlay.set(undefined)
      app.toast(say('area.saved', { name: saved.name }))
    } catch (refusal) {
      setProblem(refusal instanceof Error ? refusal.message : String(refusal))
    }
  }

  return (
    <form
      className="sheet"
      aria-label={say('area.form')}
      onSubmit={event => {
        event.preventDefault()
        void submit()
      }}
    >
      <div className="sheet__head">{say(areaId ? 'area.edit' : 'area.form')}</div>
      <div className="sheet__body form">
        <Field label={say('area.name')}>
          <input className="input" value={name} onChange={event => setName(event.target.value)} placeholder={say('area.name-example')} />
        </Field>
        <div className="form__row">
          <Field label={say('area.kind')}>
            <select className="input" value={kind} onChange={event => setKind(event.target.value)}>
              {AREA_KINDS.map(one => (
                <option key={one} value={one}>
                  {say(`area-kind.${one}`)}
                </option>
              ))}
            </select>
          </Field>
          <Field label={say('area.severity')}>
            <select className="input" value={severity} onChange={event => setSeverity(event.target.value)}>
              {SEVERITIES.map((one, i) => (
                <option key={one} value={one}>
                  {say(`level.${i === 0 ? 1 : i === 1 ? 2 : i === 2 ? 3 : 4}`)}
                </option>
              ))}
            </select>
          </Field>
          <Field label={say('area.watches')}>
            <select className="input" value={watches} onChange={event => setWatches(event.target.value)}>
              <option value="watched">{say('area.watches-watched')}</option>
              <option value="all">{say('area.watches-all')}</option>
            </select>
          </Field>
        </div>
        {kind === 'speed-limit' && (
          <Field label={say('area.max')}>
            <input
              className="input"
              type="number"
              min="0.5"
              max="60"
              step="0.5"
              value={maxKn}
              onChange={event => setMaxKn(event.target.value)}
            />
          </Field>
        )}
        <Field label={say('area.corners')} hint={say('area.corners-note')}>
          <textarea className="input" rows={5} value={corners} onChange={event => setCorners(event.target.value)} />
        </Field>
        <Field label={say('area.note')}>
          <input className="input" value={note} onChange={event => setNote(event.target.value)} />
        </Field>
        {problem && (
          <p className="form__error" role="alert">
            {problem}
          </p>
        )}
        <div className="form__acts">
          <button type="button" className="button" onClick={() => app.overlay.set(undefined)}>
            {say('act.cancel')} <kbd>Esc</kbd>
          </button>
          <button type="submit" className="button is-main">
            {say('act.save')}
          </button>
        </div>
      </div>
    </form>
  )
}

/** Lines of "lat lon" in degrees; the first line that is none is handed back as it stands. */
export function parseCorners(text: string): Point[] | string {
  const points: Point[] = []
  for (const line of text
    .split('\n')
    .map(one => one.trim())
    .filter(Boolean)) {
    const [lat, lon, more] = line.split(/[\s,]+/).map(Number)
    if (lat === undefined || lon === undefined || more !== undefined || !(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180)) return line
    points.push({ lat, lon })
  }
  return points
}

import { useMemo, useState } from 'react'
import { RISK_CLASSES, readIdentifier } from '#seals/schema.ts'
import { useApp, useSay } from '../app.ts'
import { flag, list, text } from '../live/wire.ts'
import { useStore } from '../shell/store.ts'
import { Panel, PanelHead } from '../ui/parts.tsx'
import { PLACES } from './places.ts'
import { type CsvFault, type PlanPlaceGiven, readPlanCsv } from './plan-csv.ts'

interface Form {
  readonly container: string
  readonly vehicle: string
  readonly declaration: string
  readonly seal: string
  readonly from: string
  readonly to: string
  readonly leaveInMin: string
  readonly hours: string
  readonly risk: (typeof RISK_CLASSES)[number]
  readonly officerFrom: string
  readonly phoneFrom: string
  readonly officerTo: string
  readonly phoneTo: string
  readonly goods: string
}
const EMPTY: Form = {
  container: '',
  vehicle: '',
  declaration: '',
  seal: '',
  from: '',
  to: '',
  leaveInMin: '30',
  hours: '6',
  risk: 'medium',
  officerFrom: '',
  phoneFrom: '',
  officerTo: '',
  phoneTo: '',
  goods: '',
}

/** A journey planned: what is not said gets the usual value, the corridor is that of earlier journeys between the two places. */
export function PlanForm() {
  const app = useApp()
  const say = useSay()
  const areas = useStore(app.areas)
  const [form, setForm] = useState<Form>(EMPTY)
  const [said, setSaid] = useState<readonly string[]>([])
  const [isBusy, setBusy] = useState(false)
  const places = useMemo(
    () => [
      ...PLACES,
      ...areas.flatMap(area => {
        const ring = area.kind === 'designated' ? (area.polygon[0] ?? []) : []
        if (ring.length === 0) return []
        const middle = (n: 0 | 1): number => ring.reduce((sum, point) => sum + point[n], 0) / ring.length
        return [{ name: area.name, lon: middle(0), lat: middle(1), area: area.id }]
      }),
    ],
    [areas],
  )
  const set = (change: Partial<Form>): void => setForm(now => ({ ...now, ...change }))
  const container = form.container.toUpperCase().replace(/[^A-Z0-9]/g, '')
  const checked = container.length === 11 ? readIdentifier(container) : undefined
  const send = async (): Promise<void> => {
    const origin = places.find(one => one.name === form.from)
    const destination = places.find(one => one.name === form.to)
    if (!origin || !destination) return setSaid([say('seals.plan.places-missing')])
    setBusy(true)
    const leaveMs = app.now() + Number(form.leaveInMin || 0) * 60_000
    const iso = (ms: number): string => new Date(ms).toISOString()
    const officer = (name: string, phone: string) =>
      name.trim() === '' ? [] : [{ name: name.trim(), ...(phone.trim() === '' ? {} : { phone: phone.trim() }) }]
    const id = `J${Math.floor(app.now() / 1000).toString(36)}${crypto.randomUUID().slice(0, 4)}`
    try {
      const answer = await app.api.json('POST', '/api/journeys', {
        id,
        container,
        origin,
        destination,
        risk: form.risk,
        departFrom: iso(app.now() - 3_600_000),
        departUntil: iso(leaveMs),
        arriveUntil: iso(leaveMs + Number(form.hours || 6) * 3_600_000),
        officers: { origin: officer(form.officerFrom, form.phoneFrom), destination: officer(form.officerTo, form.phoneTo) },
        ...(form.vehicle.trim() === '' ? {} : { vehicle: form.vehicle.trim() }),
        ...(form.declaration.trim() === '' ? {} : { declaration: form.declaration.trim() }),
        ...(form.goods.trim() === '' ? {} : { goods: form.goods.trim() }),
        ...(form.seal.trim() === '' ? {} : { seals: [{ seal: form.seal.trim() }] }),
      })
      const warnings = list(answer, 'warnings').flatMap(one => text(one, 'said') ?? [])
      setSaid(warnings)
      setForm(EMPTY)
      app.toast(say('seals.plan.taken', { container }))
      await app.seals.load()
      app.go({ sieve: undefined, item: id })
    } catch (reason) {
      setSaid([reason instanceof Error ? reason.message : String(reason)])
    }
    setBusy(false)
  }
  const field = (name: keyof Form, more: { readonly list?: string; readonly type?: string } = {}) => (
    <label className="plan__field" key={name}>
      <span>{say(`seals.plan.${name}`)}</span>
      <input
        className="input"
        value={form[name]}
        type={more.type ?? 'text'}
        list={more.list}
        autoFocus={name === 'container'}
        onChange={event => set({ [name]: event.target.value })}
      />
    </label>
  )
  return (
    <div className="page is-two">
      <Panel label={say('seals.view.plan')} region="plan">
        <PanelHead title={say('seals.plan.title')} />
        <form
          className="plan grow scroll"
          onSubmit={event => {
            event.preventDefault()
            void send()
          }}
        >
          {field('container')}
          {checked && !checked.valid && (
            <p className="is-bad" role="alert">
              {say('seals.plan.digit', { right: `${container.slice(0, 10)}${checked.expectedCheckDigit}` })}
            </p>
          )}
          {field('vehicle')}
          {field('declaration')}
          {field('from', { list: 'seal-places' })}
          {field('to', { list: 'seal-places' })}
          {field('seal')}
          {field('leaveInMin', { type: 'number' })}
          {field('hours', { type: 'number' })}
          <label className="plan__field">
            <span>{say('seals.column.risk')}</span>
            <select
              className="input"
              value={form.risk}
              onChange={event => set({ risk: RISK_CLASSES.find(one => one === event.target.value) ?? 'medium' })}
            >
              {RISK_CLASSES.map(one => (
                <option key={one} value={one}>
                  {say(`seals.risk.${one}`)}
                </option>
              ))}
            </select>
          </label>
          {field('goods')}
          {field('officerFrom')}
          {field('phoneFrom')}
          {field('officerTo')}
          {field('phoneTo')}
          <datalist id="seal-places">
            {places.map(one => (
              <option key={one.name} value={one.name} />
            ))}
          </datalist>
          <div className="plan__foot">
            <button type="submit" className="button is-main" disabled={isBusy || container === ''}>
              {say('seals.plan.send')}
            </button>
            {said.map(one => (
              <p key={one} className="note" role="status">
                {one}
              </p>
            ))}
          </div>
        </form>
      </Panel>
      <Bulk places={places} />
    </div>
  )
}

/** Many at once: a spreadsheet's lines, or JSON as the API takes it. First what would happen, then the same for good. */
function Bulk({ places }: { places: readonly PlanPlaceGiven[] }) {
  const app = useApp()
  const say = useSay()
  const [words, setWords] = useState('')
  const [results, setResults] = useState<readonly unknown[]>([])
  const [lines, setLines] = useState<readonly number[]>([])
  const [faults, setFaults] = useState<readonly CsvFault[]>([])
  const [trouble, setTrouble] = useState<string>()
  const send = async (dryRun: boolean): Promise<void> => {
    setTrouble(undefined)
    try {
      const sheet = /^\s*[[{]/.test(words)
        ? undefined
        : readPlanCsv(words, places, line => `J${Math.floor(app.now() / 1000).toString(36)}-${line}`)
      const read: unknown = sheet ? sheet.plans.map(({ plan }) => plan) : JSON.parse(words)
      const journeys = Array.isArray(read) ? read : list(read, 'journeys')
      setLines(sheet?.plans.map(({ line }) => line) ?? [])
      setFaults(sheet?.faults ?? [])
      if (journeys.length === 0) return setResults([])
      const answer = await app.api.json('POST', `/api/journeys/bulk?dryRun=${dryRun}`, { journeys })
      setResults(list(answer, 'results'))
      if (!dryRun) await app.seals.load()
    } catch (reason) {
      setTrouble(reason instanceof Error ? reason.message : String(reason))
    }
  }
  return (
    <Panel label={say('seals.bulk')} region="bulk">
      <PanelHead title={say('seals.bulk')} />
      <div className="plan grow scroll">
        <textarea
          className="input plan__bulk"
          aria-label={say('seals.bulk')}
          placeholder={say('seals.bulk-hint')}
          value={words}
          onChange={event => setWords(event.target.value)}
        />
        <div className="plan__foot">
          <button type="button" className="button" disabled={words.trim() === ''} onClick={() => void send(true)}>
            {say('seals.bulk-try')}
          </button>
          <button type="button" className="button is-main" disabled={words.trim() === ''} onClick={() => void send(false)}>
            {say('seals.bulk-send')}
          </button>
        </div>
        {trouble && <p className="is-bad">{trouble}</p>}
        <ol className="plan__results">
          {faults.map(({ line, what, word }) => (
            <li key={`${line} ${what} ${word}`} className="is-bad">
              {say('seals.line', { n: line })} {say(`seals.csv.${what}`, { word })}
            </li>
          ))}
          {results.map((one, n) => (
            <li key={`${n} ${text(one, 'id')}`} className={flag(one, 'taken') ? '' : 'is-bad'}>
              {lines[n] !== undefined && say('seals.line', { n: lines[n] })} {text(one, 'id')}{' '}
              {say(flag(one, 'taken') ? 'seals.bulk-good' : 'seals.bulk-bad')}{' '}
              {list(one, 'said')
                .flatMap(fault => text(fault, 'said') ?? [])
                .join(' · ')}
            </li>
          ))}
        </ol>
      </div>
    </Panel>
  )
}

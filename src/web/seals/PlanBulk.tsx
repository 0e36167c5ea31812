import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { flag, list, text } from '../live/wire.ts'
import { type CsvFault, type PlanPlaceGiven, readPlanCsv } from './plan-csv.ts'

/** Many at once: a spreadsheet's lines, or JSON as the API takes it. First what would happen, then the same for good. */
export function PlanBulk({ places }: { places: readonly PlanPlaceGiven[] }) {
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
    <div className="grow scroll" data-region="bulk">
      <div className="plan">
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
    </div>
  )
}

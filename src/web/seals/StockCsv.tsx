import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { flag, list, number, text } from '../live/wire.ts'
import { useStore } from '../shell/store.ts'
import { Panel, PanelHead } from '../ui/parts.tsx'
import type { CsvFault } from './plan-csv.ts'
import { readSealCsv } from './seal-csv.ts'
import './plan.css'

interface Judged {
  readonly line: number
  readonly number: string
  readonly isNew: boolean
  readonly isTaken: boolean
  readonly said: string | undefined
}

/** Many seals from a spreadsheet: first what would become of each line, then all of them for good or none. */
export function StockCsv({ onKept }: { onKept(): Promise<void> }) {
  const app = useApp()
  const say = useSay()
  const offices = useStore(app.incidents.offices)
  const [words, setWords] = useState('')
  const [judged, setJudged] = useState<readonly Judged[]>()
  const [faults, setFaults] = useState<readonly CsvFault[]>([])
  const [trouble, setTrouble] = useState<string>()
  const read = () =>
    readSealCsv(words, name => {
      const short = name.trim().replace(/(본부)?세관$/, '')
      return offices.find(one => [one.id, one.ko, one.en, one.shortEn].includes(name.trim()) || one.shortKo === short)?.id
    })
  const send = async (dryRun: boolean): Promise<void> => {
    setTrouble(undefined)
    const sheet = read()
    setFaults(sheet.faults)
    setJudged(undefined)
    if (sheet.seals.length === 0) return
    try {
      const answer = await app.api.json('POST', `/api/seals${dryRun ? '?dryRun=true' : ''}`, { seals: sheet.seals.map(one => one.seal) })
      if (dryRun)
        setJudged(
          list(answer).map((one, n) => ({
            line: sheet.seals[(number(one, 'n') ?? n + 1) - 1]?.line ?? n + 1,
            number: text(one, 'number') ?? '',
            isNew: flag(one, 'isNew'),
            isTaken: flag(one, 'taken'),
            said: text(one, 'said'),
          })),
        )
      else {
        app.toast(say('seals.stock-kept', { n: sheet.seals.length }))
        setWords('')
        await onKept()
      }
    } catch (refusal) {
      setTrouble(refusal instanceof Error ? refusal.message : String(refusal))
    }
  }
  const isGood = judged !== undefined && faults.length === 0 && judged.every(one => one.isTaken)
  return (
    <Panel label={say('seals.stock-csv')} region="stock-csv" className="stock-csv">
      <PanelHead title={say('seals.stock-csv')} />
      <div className="grow scroll">
        <div className="plan">
          <textarea
            className="input plan__bulk"
            aria-label={say('seals.stock-csv')}
            placeholder={say('seals.stock-csv-hint')}
            value={words}
            onChange={event => {
              setWords(event.target.value)
              setJudged(undefined)
            }}
          />
          <div className="plan__foot">
            <label className="button">
              {say('seals.stock-file')}
              <input
                type="file"
                hidden
                accept=".csv,text/csv,text/plain"
                onChange={event => {
                  const [file] = event.target.files ?? []
                  setJudged(undefined)
                  if (file) void file.text().then(setWords)
                  event.target.value = ''
                }}
              />
            </label>
            <button type="button" className="button" disabled={words.trim() === ''} onClick={() => void send(true)}>
              {say('seals.bulk-try')}
            </button>
            <button type="button" className="button is-main" disabled={!isGood} onClick={() => void send(false)}>
              {say('seals.stock-keep')}
            </button>
          </div>
          {trouble !== undefined && <p className="is-bad">{trouble}</p>}
          {judged && (
            <p className="note">{say('seals.stock-judged', { n: judged.length, fresh: judged.filter(one => one.isNew).length })}</p>
          )}
          <ol className="plan__results">
            {faults.map(({ line, what, word }) => (
              <li key={`${line} ${what} ${word}`} className="is-bad">
                {say('seals.line', { n: line })} {say(`seals.csv.${what}`, { word })}
              </li>
            ))}
            {judged?.map(one => (
              <li key={`${one.line} ${one.number}`} className={one.isTaken ? '' : 'is-bad'}>
                {say('seals.line', { n: one.line })} {one.number} {one.said ?? say(one.isNew ? 'seals.stock-new' : 'seals.stock-known')}
              </li>
            ))}
          </ol>
        </div>
      </div>
    </Panel>
  )
}

import { useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { field, list, number, text } from '../live/wire.ts'
import { useStore } from '../shell/store.ts'
import { Panel, PanelHead, State } from '../ui/parts.tsx'
import { request } from './admin-model.ts'

/** Korean spreadsheets write CSV in UTF-8 or in CP949: what is no UTF-8 is the other. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('euc-kr').decode(bytes)
  }
}

/** A list of people: judged line by line before anything is kept, then asked for as one deed of two. */
export function ImportPeople({ done }: { done: () => void }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const file = useRef<HTMLInputElement>(null)
  const [csv, setCsv] = useState('')
  const [preview, setPreview] = useState<unknown>()
  const [reason, setReason] = useState('')
  const [said, setSaid] = useState<string>()
  const look = async (words: string): Promise<void> => {
    setCsv(words)
    setSaid(undefined)
    try {
      setPreview(await app.api.json('POST', '/api/people/import/preview', { csv: words }))
    } catch (error) {
      setPreview(undefined)
      setSaid(error instanceof Error ? error.message : String(error))
    }
  }
  const ask = async (): Promise<void> => {
    try {
      const asked = request(field(await app.api.json('POST', '/api/people/import', { csv, reason: reason.trim() }), 'request'))
      setSaid(say(asked.state === 'done' ? 'admin.done-alone' : 'admin.asked', { n: asked.number }))
      setPreview(undefined)
      done()
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error))
    }
  }
  const bad = number(preview, 'bad') ?? 0
  const good = number(preview, 'good') ?? 0
  return (
    <Panel label={say('admin.tab-import')} region="import">
      <PanelHead title={say('admin.tab-import')}>
        <span className="note">{say('admin.import-columns')}</span>
        <button type="button" className="button is-main push" onClick={() => file.current?.click()}>
          {say('admin.choose-file')}
        </button>
        <input
          ref={file}
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          hidden
          onChange={event => {
            const one = event.target.files?.[0]
            if (one) void textOf(one).then(look)
            event.target.value = ''
          }}
        />
      </PanelHead>
      {said && (
        <div className="strip-note is-plain" role="status">
          {said}
        </div>
      )}
      {preview === undefined ? (
        <State title={say('admin.import-none')} note={say('admin.import-none-note')} />
      ) : (
        <>
          <div className="admin__form">
            <b className={bad > 0 ? 'tone-bad' : ''}>{say('admin.import-counts', { good, bad })}</b>
            <input
              className="input"
              placeholder={say('admin.reason')}
              aria-label={say('admin.reason')}
              value={reason}
              onChange={event => setReason(event.target.value)}
            />
            <button
              type="button"
              className="button is-main"
              disabled={bad > 0 || good === 0 || reason.trim().length < 2}
              onClick={() => void ask()}
            >
              {say('admin.ask')}
            </button>
            {bad > 0 && <span className="note">{say('admin.import-mend')}</span>}
          </div>
          <div className="grow scroll">
            <table className="grid-table is-plain">
              <thead>
                <tr>
                  <th className="is-number">{say('admin.line')}</th>
                  <th>{say('admin.login')}</th>
                  <th>{say('admin.name')}</th>
                  <th>{say('admin.verdict')}</th>
                </tr>
              </thead>
              <tbody>
                {list(preview, 'lines').map(line => (
                  <tr key={number(line, 'line')} className={text(line, 'does') === 'add' ? '' : 'is-conflict'}>
                    <td className="is-number">{number(line, 'line')}</td>
                    <td>{text(line, 'login')}</td>
                    <td>{text(line, 'name')}</td>
                    <td className="wrap">{text(field(line, 'why'), language) ?? say('admin.will-add')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Panel>
  )
}

import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { age, bytes, dateTimeKst } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { Bones, Panel, PanelHead, State } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import './admin.css'
import { type BackupsView, backUpNow, backups, shareOf } from './backups.ts'
import { useLoaded } from './use-loaded.ts'

const EVERY_MS = 15_000
const WHILE_RUNNING_MS = 1000

/** Is there a whole backup, how old is it, what went wrong; one made now, and how far it is. */
export function BackupsPanel() {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(1000)
  const { language } = useStore(app.desk)
  const [isRunning, setRunning] = useState(false)
  const { value, trouble, again } = useLoaded(
    () =>
      backups(app.api).then(view => {
        setRunning(view.running !== undefined)
        return view
      }),
    isRunning ? WHILE_RUNNING_MS : EVERY_MS,
  )
  const begin = (): void =>
    void backUpNow(app.api).then(
      () => setRunning(true),
      refusal => app.toast(refusal instanceof Error ? refusal.message : String(refusal), { tone: 'bad' }),
    )
  const last = value?.backups[0]
  return (
    <Panel label={say('backup.title')} region="backups">
      <PanelHead title={say('backup.title')}>
        {value?.to !== undefined && (
          <span className={value.failure ? 'tone-warn' : 'note'}>
            {last ? say('backup.last', { age: age(nowMs - last.atMs, language) }) : say('backup.none-yet')}
          </span>
        )}
        {value?.to !== undefined && app.may('backup.make') && (
          <button type="button" className="button backup__now" disabled={value.running !== undefined} onClick={begin}>
            {say('backup.now')}
          </button>
        )}
      </PanelHead>
      {trouble && (
        <State title={say('records.trouble')} note={trouble}>
          <button type="button" className="button" onClick={again}>
            {say('act.again')}
          </button>
        </State>
      )}
      {!value && !trouble && <Bones blocks={2} />}
      {value && value.to === undefined && <State title={say('backup.nowhere')} note={say('backup.nowhere-note')} />}
      {value?.to !== undefined && <Body view={value} nowMs={nowMs} />}
    </Panel>
  )
}

function Body({ view, nowMs }: { view: BackupsView; nowMs: number }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const { failure, running } = view
  return (
    <>
      <div className="section">
        {failure && (
          <p className="tone-bad" role="alert">
            <b>{say('backup.failed', { when: dateTimeKst(failure.atMs), why: language === 'ko' ? failure.why.ko : failure.why.en })}</b>
            <span className="note backup__words">{failure.sentence}</span>
          </p>
        )}
        {running ? (
          <>
            <div className="meter" role="progressbar" aria-label={say('backup.title')} aria-valuenow={Math.round(shareOf(running) * 100)}>
              <i style={{ width: `${shareOf(running) * 100}%` }} />
            </div>
            <p className="note">
              {say('backup.running', {
                what: wordFor(say, 'backup-part', running.what || 'files'),
                done: bytes(running.bytes),
                total: bytes(running.ofBytes),
                age: age(nowMs - running.sinceMs, language),
              })}
            </p>
          </>
        ) : (
          <p className="note">
            {view.nextAtMs !== undefined && say('backup.next', { when: dateTimeKst(view.nextAtMs), n: view.everyMinutes })}
            {` · ${say('backup.kept', { newest: view.keepNewest, days: view.keepDays })}`}
            {` · ${say(view.hasSealedKeys ? 'backup.sealed' : 'backup.not-sealed')}`}
          </p>
        )}
        <p className="note">{say('backup.to', { folder: view.to ?? '' })}</p>
      </div>
      {view.backups.length > 0 && (
        <div className="scroll backup__list">
          <table className="grid-table is-plain">
            <thead>
              <tr>
                <th>{say('backup.moment')}</th>
                <th>{say('backup.by')}</th>
                <th className="is-number">{say('backup.size')}</th>
                <th className="is-number">{say('backup.new')}</th>
                <th className="is-number">{say('backup.took')}</th>
              </tr>
            </thead>
            <tbody>
              {view.backups.map(one => (
                <tr key={one.name} title={one.name}>
                  <td>
                    <b>{dateTimeKst(one.atMs)}</b>
                  </td>
                  <td>{one.by ?? say(one.bytes === undefined ? 'backup.by-hand' : 'backup.by-schedule')}</td>
                  <td className="is-number">{one.bytes === undefined ? '–' : bytes(one.bytes)}</td>
                  <td className="is-number">{one.newBytes === undefined ? '–' : bytes(one.newBytes)}</td>
                  <td className="is-number">
                    {one.tookMs === undefined ? '–' : say('backup.seconds', { n: (one.tookMs / 1000).toFixed(1) })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}

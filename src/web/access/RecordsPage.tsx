import { useApp, useSay } from '../app.ts'
import { age, bytes, dateTimeKst } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { Bones, Panel, PanelHead, State } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { BackupsPanel } from './BackupsPanel.tsx'
import { ExportsPanel } from './ExportsPanel.tsx'
import { HoldsPanel } from './HoldsPanel.tsx'
import { useLoaded } from './use-loaded.ts'

/** What is kept, how long, when the disk is full; and who did what. */
export function RecordsPage() {
  const app = useApp()
  const say = useSay()
  return (
    <div className="page is-halves">
      <div className="page__column">
        <Storage />
        {app.may('backup.look') && <BackupsPanel />}
        <HoldsPanel />
      </div>
      <div className="page__column">
        {app.may('evidence.export') && <ExportsPanel />}
        {app.may('audit.read') && <Audit title={say('audit.title')} />}
      </div>
    </div>
  )
}

function Storage() {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(60_000)
  const { language } = useStore(app.desk)
  const { value, trouble, again } = useLoaded(() => app.api.storage())
  const used = value ? 1 - value.freeBytes / Math.max(1, value.totalBytes) : 0
  return (
    <Panel label={say('storage.title')} region="storage">
      <PanelHead title={say('storage.title')}>
        {value && <span className="note">{say('storage.free', { free: bytes(value.freeBytes), total: bytes(value.totalBytes) })}</span>}
      </PanelHead>
      {trouble && <Trouble text={trouble} again={again} />}
      {!value && !trouble && <Bones blocks={3} />}
      {value && (
        <div className="grow scroll">
          <div className="section">
            <div className="meter" role="img" aria-label={`${Math.round(used * 100)} %`}>
              <i className={used > 0.95 ? 'is-bad' : used > 0.85 ? 'is-warn' : ''} style={{ width: `${used * 100}%` }} />
            </div>
            <p
              style={{ marginTop: 8 }}
              className={value.fullAtMs !== undefined && value.fullAtMs - nowMs < 7 * 86_400_000 ? 'tone-warn' : ''}
            >
              {value.fullAtMs === undefined
                ? say('storage.no-forecast')
                : say('storage.full-in', { age: age(value.fullAtMs - nowMs, language), when: dateTimeKst(value.fullAtMs) })}
            </p>
          </div>
          <table className="grid-table is-plain">
            <thead>
              <tr>
                <th>{say('storage.kind')}</th>
                <th className="is-number">{say('storage.size')}</th>
                <th className="is-number">{say('storage.per-day')}</th>
                <th className="is-number">{say('storage.oldest')}</th>
                <th className="is-number">{say('storage.keep')}</th>
              </tr>
            </thead>
            <tbody>
              {value.kinds.map(kind => (
                <tr key={kind.kind}>
                  <td>
                    <b>{wordFor(say, 'storage-kind', kind.kind)}</b>
                  </td>
                  <td className="is-number">{bytes(kind.bytes)}</td>
                  <td className="is-number">{kind.bytesPerDay === undefined ? '–' : bytes(kind.bytesPerDay)}</td>
                  <td className="is-number">{kind.oldestMs === undefined ? '–' : age(nowMs - kind.oldestMs, language)}</td>
                  <td className="is-number">
                    {kind.keepDays === undefined ? say('storage.for-ever') : say('unit.days', { n: kind.keepDays })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}

function Audit({ title }: { title: string }) {
  const app = useApp()
  const say = useSay()
  const { value, trouble, again } = useLoaded(() => app.api.audit())
  return (
    <Panel label={title} region="audit">
      <PanelHead title={title}>
        <span className="note">{value?.length}</span>
      </PanelHead>
      {trouble && <Trouble text={trouble} again={again} />}
      {!value && !trouble && <Bones blocks={4} />}
      {value?.length === 0 && <State title={say('audit.none')} />}
      {value && value.length > 0 && (
        <div className="grow scroll">
          <table className="grid-table">
            <thead>
              <tr>
                <th>{say('audit.when')}</th>
                <th>{say('audit.who')}</th>
                <th>{say('audit.deed')}</th>
                <th>{say('audit.thing')}</th>
              </tr>
            </thead>
            <tbody>
              {value.map(line => (
                <tr key={line.id}>
                  <td>{dateTimeKst(line.atMs)}</td>
                  <td>{line.who}</td>
                  <td>
                    <b>{wordFor(say, 'deed', line.deed)}</b>
                  </td>
                  <td className="wrap">
                    {line.thing} {line.note && <span className="note">{line.note}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}

const Trouble = ({ text, again }: { text: string; again: () => void }) => {
  const say = useSay()
  return (
    <State title={say('records.trouble')} note={text}>
      <button type="button" className="button" onClick={again}>
        {say('act.again')}
      </button>
    </State>
  )
}

import { useCallback, useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { clockKst, minuteKst, thousands } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { text } from '../live/wire.ts'
import { useStore } from '../shell/store.ts'
import { type Notices, notices, type PreviewLine, preview } from './model.ts'
import { useNews } from './use-news.ts'
import './telling.css'

/** Who was told of an alarm, when, by which way, whether it came and was answered; and what would go out next. Nothing for those who may not see it. */
export function AlarmNotices({ alarm }: { alarm: string }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const [told, setTold] = useState<Notices>()
  const [trouble, setTrouble] = useState<string>()
  const may = app.may('telling.look')
  const path = `/api/alarms/${encodeURIComponent(alarm)}/telling`
  const shown = useRef(path)
  shown.current = path
  const load = useCallback(async () => {
    if (!may) return
    try {
      const fresh = notices(await app.api.json('GET', path))
      if (shown.current !== path) return
      setTold(fresh)
      setTrouble(undefined)
    } catch (reason) {
      setTrouble(reason instanceof Error ? reason.message : String(reason))
    }
  }, [app, path, may])
  useEffect(() => {
    setTold(undefined)
    void load()
  }, [load])
  const isMine = useCallback((message: unknown) => text(message, 'kind') === 'telling' && text(message, 'alarm') === alarm, [alarm])
  useNews(isMine, load)
  if (!may) return null
  return (
    <section className="facts-part notices" aria-label={say('telling.notices')}>
      <h3>
        {say('telling.notices')}
        {told && (
          <span className={`note is-${told.state}`}>
            {say(`telling.state.${told.state}`)}
            {told.nextAtMs !== undefined && ` · ${say('telling.next', { time: clockKst(told.nextAtMs) })}`}
            {told.costWon > 0 && ` · ${say('telling.won', { n: thousands(told.costWon) })}`}
          </span>
        )}
      </h3>
      {trouble !== undefined && <p className="is-bad">{trouble}</p>}
      {told?.rule && <p className="note">{say('telling.by-rule', { name: told.rule[language] })}</p>}
      {told && told.lines.length === 0 && <p className="note">{say('telling.nobody-told')}</p>}
      <ol className="notices__lines">
        {told?.lines.map((line, n) => {
          const message = told.messages.find(one => one.id === line.message)
          return (
            <li key={`${n} ${line.atMs} ${line.what}`} className={`is-${line.what}`}>
              <time title={clockKst(line.atMs)}>{minuteKst(line.atMs)}</time>
              <span title={message?.text}>
                <b>{wordFor(say, 'telling.line', line.what)}</b> {line.name}
                {message?.isResent && <mark>{say('telling.resent')}</mark>}
                {line.note && <small className="note"> {line.note[language]}</small>}
              </span>
              <span className="note">
                {line.channel} {message?.address}
              </span>
            </li>
          )
        })}
      </ol>
      <WouldGo key={alarm} alarm={alarm} />
    </section>
  )
}

/** The exact texts of all steps, were nobody to answer. */
function WouldGo({ alarm }: { alarm: string }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const [shown, setShown] = useState<ReturnType<typeof preview>>()
  const [trouble, setTrouble] = useState<string>()
  const look = async (): Promise<void> => {
    try {
      setShown(preview(await app.api.json('POST', '/api/telling/preview', { alarm })))
    } catch (reason) {
      setTrouble(reason instanceof Error ? reason.message : String(reason))
    }
  }
  if (!shown)
    return (
      <p className="notices__preview">
        <button type="button" className="button is-small" onClick={() => void look()}>
          {say('telling.preview')}
        </button>
        {trouble !== undefined && <span className="is-bad"> {trouble}</span>}
      </p>
    )
  return (
    <div className="notices__preview">
      {shown.messages.map((one, n) => (
        <PreviewText key={`${n} ${one.name} ${one.channel}`} one={one} />
      ))}
      {shown.nobody.map(one => (
        <p key={one.ko} className="is-bad">
          {one[language]}
        </p>
      ))}
      {shown.messages.length === 0 && shown.nobody.length === 0 && <p className="note">{say('telling.preview-none')}</p>}
    </div>
  )
}

function PreviewText({ one }: { one: PreviewLine }) {
  const say = useSay()
  return (
    <figure>
      <figcaption className="note">
        {say('telling.after', { n: one.afterS })} · {one.name} {one.address} · {one.channel} ·{' '}
        {say('telling.parts', { n: one.parts, length: one.length })}
        {one.encoding !== undefined && ` · ${one.encoding}`}
        {one.costWon !== undefined && ` · ${say('telling.won', { n: thousands(one.costWon) })}`}
      </figcaption>
      <blockquote>{one.text}</blockquote>
    </figure>
  )
}

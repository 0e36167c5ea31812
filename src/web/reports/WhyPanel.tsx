// 왜 이 값: what the chosen line or figure answers, whether a recount gives the same, and the records behind it, each a click away.
import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { isTextKey } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import type { Level } from '../ui/level.ts'
import { AlarmIcon, CommandButton, Panel, PanelHead, Tick } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { reportCommands } from './commands.ts'
import { followSource } from './follow.ts'
import type { SourceView } from './model.ts'

export function WhyPanel() {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const look = useStore(app.reports.look)
  const open = useStore(app.reports.open)
  const why = useStore(app.reports.why)
  const chosen = open?.report && app.reports.chosen()
  const commands = reportCommands(app)
  const find = (id: string) => commands.find(command => command.id === id)
  const section = chosen && open?.report?.paper.sections.find(one => one.id === chosen.section)?.title
  if (!chosen)
    return (
      <Panel label={say('reports.why')} className="report-why">
        <PanelHead title={say('reports.why')} />
        <p className="report-why__empty">{say('reports.why-empty')}</p>
      </Panel>
    )
  const isSentence = chosen.text.length > 14
  return (
    <Panel label={say('reports.why')} className="report-why">
      <PanelHead title={say('reports.why')}>
        <span className="note">{section}</span>
        <span className="push">
          <kbd>↑</kbd> <kbd>↓</kbd>
        </span>
      </PanelHead>
      <div className="report-why__value">
        <b className={isSentence ? 'is-sentence' : ''}>{chosen.text || '–'}</b>
        {why?.recount && (
          <span className={why.recount.isSame ? 'tone-good' : 'tone-warn'}>
            {why.recount.isSame ? (
              <>
                <Tick /> {say('reports.recount-same')}
              </>
            ) : (
              say('reports.recount-other', { text: why.recount.text.slice(0, 60) })
            )}
          </span>
        )}
      </div>
      {why?.query && <p className="report-why__query">{why.query[language]}</p>}
      {why && !why.query && chosen.cell && <p className="report-why__query">{say('reports.why-words')}</p>}
      <div className="report-why__acts">
        <CommandButton command={find('reports.write')} />
        <CommandButton command={find('reports.leave-out')} />
        <CommandButton command={find('reports.comment')} />
      </div>
      <h3 className="report-why__head">
        {say('reports.sources')} <small>{why?.total ?? ''}</small>
        {why && why.sources.length > 0 && (
          <span className="push">
            <kbd>O</kbd> {say('reports.open-first')}
          </span>
        )}
      </h3>
      <ul className="report-sources scroll">
        {why?.sources.map(source => (
          <Source key={`${source.kind}:${source.id}`} source={source} />
        ))}
        {why && why.total > why.sources.length && (
          <li className="note">{say('reports.more-sources', { n: why.total - why.sources.length })}</li>
        )}
        {why && why.total === 0 && <li className="note">{say('reports.no-sources')}</li>}
      </ul>
      {look.writing === `comment:${chosen.id}` && <CommentField target={chosen.id} />}
    </Panel>
  )
}

function Source({ source }: { source: SourceView }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const nowMs = useNow(60_000)
  const key = `reports.source.${source.kind}`
  return (
    <li>
      <button type="button" className="report-source" onClick={() => followSource(app, source)}>
        {source.kind === 'alarm' && source.level !== undefined ? (
          <AlarmIcon level={levelOf(source.level)} size={13} />
        ) : (
          <i className={`report-source__sign is-${source.kind}`} />
        )}
        <span>
          <b>{source.label?.[language] ?? source.id}</b>
          <small>
            {isTextKey(key) ? say(key) : source.kind}
            {source.note ? ` · ${source.note[language]}` : ''}
            {source.label ? '' : ` · ${say('reports.source-gone')}`}
          </small>
        </span>
        <span className="note">{source.atMs === undefined ? '' : momentKst(source.atMs, nowMs)}</span>
      </button>
    </li>
  )
}

const levelOf = (level: number): Level => (level === 0 || level === 1 || level === 2 || level === 3 ? level : 4)

function CommentField({ target }: { target: string }) {
  const app = useApp()
  const say = useSay()
  const id = useStore(app.reports.open)?.id ?? ''
  const place = `comment:${target}`
  const close = (): void => app.reports.write(undefined)
  return (
    <form
      className="report-comment"
      onSubmit={event => {
        event.preventDefault()
        const words = String(new FormData(event.currentTarget).get('words') ?? '').trim()
        if (words === '') return close()
        close()
        app.reports.deed('comments', { target, text: words, lang: app.reports.open.get()?.language ?? 'ko' }).then(
          () => app.reports.words.drop(id, place),
          refusal => {
            app.reports.write(place)
            app.toast(refusal instanceof Error ? refusal.message : String(refusal), { tone: 'bad' })
          },
        )
        return undefined
      }}
      onKeyDown={event => {
        if (event.nativeEvent.isComposing || event.code !== 'Escape') return
        event.stopPropagation()
        close()
      }}
    >
      <input
        className="input"
        name="words"
        aria-label={say('reports.comment')}
        placeholder={say('reports.comment-placeholder')}
        defaultValue={app.reports.words.get(id, place)?.text ?? ''}
        maxLength={1000}
        autoFocus
        onChange={event => app.reports.words.set(id, place, { text: event.target.value, base: 0 })}
      />
      <button type="submit" className="button">
        {say('reports.comment-do')} <kbd>Enter</kbd>
      </button>
    </form>
  )
}

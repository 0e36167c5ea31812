import { useRef, useState } from 'react'
import { PERIOD_UNITS } from '#statistics/schema.ts'
import { clockKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { CommandButton, Panel } from '../ui/parts.tsx'
import { periodWords } from './figures.ts'
import type { BoardView } from './model.ts'
import { Chevron } from './parts.tsx'
import { useStatistics } from './use-statistics.ts'
import { atOf, momentOf } from './view.ts'

/** Boards, and what is looked at: period, site, kinds, comparison; what can be done with it. */
export function Bar({ board }: { board: BoardView | undefined }) {
  const { say } = useStatistics()
  return (
    <Panel label={say('statistics.what')} className="stat-head" region="statistics-head">
      <BoardTabs board={board} />
      <div className="stat-controls">
        <Period />
        <Site />
        {board && <Kinds board={board} />}
        <Compare />
        <Counted />
        <Acts />
      </div>
    </Panel>
  )
}

function BoardTabs({ board }: { board: BoardView | undefined }) {
  const { app, say, word, catalogue, setView } = useStatistics()
  const boards = [...catalogue.boards].sort((a, b) => Number(b.own !== undefined) - Number(a.own !== undefined))
  const ids = [...boards.map(one => one.id), 'definitions']
  const chosen = board?.id ?? 'definitions'
  const go = (id: string | undefined): void => {
    if (id === undefined) return
    app.statistics.isArranging.set(false)
    setView({ board: id })
  }
  const tab = (id: string, name: React.ReactNode) => (
    <button
      key={id}
      type="button"
      role="tab"
      aria-selected={id === chosen}
      tabIndex={id === chosen ? 0 : -1}
      className={`tab ${id === chosen ? 'is-on' : ''}`}
      onClick={() => go(id)}
      onKeyDown={event => {
        const step = event.code === 'ArrowRight' ? 1 : event.code === 'ArrowLeft' ? -1 : 0
        if (step !== 0) go(ids[(ids.indexOf(chosen) + step + ids.length) % ids.length])
      }}
    >
      {name}
    </button>
  )
  const make = app.commands().find(command => command.id === 'statistics.board-new')
  return (
    <div className="tabs stat-tabs">
      <div role="tablist" aria-label={say('statistics.boards')} className="stat-tabs__list">
        {boards.map(one =>
          tab(
            one.id,
            <>
              {word(one)}
              {one.own && <small title={one.own.ownerName}> {one.own.isOwn ? say('statistics.own-board') : one.own.ownerName}</small>}
            </>,
          ),
        )}
        {tab('definitions', say('statistics.definitions'))}
      </div>
      <CommandButton command={make} look="button--plain push" withKey={false} />
    </div>
  )
}

function Period() {
  const { app, say, language, view, setView } = useStatistics()
  const period = useStore(app.statistics.answers).answers?.period
  const pick = useRef<HTMLInputElement>(null)
  const day = view.at?.slice(0, 10) ?? atOf(app.now(), 'day')
  const hour = Number(view.at?.slice(11, 13) || new Date(app.now() + 9 * 3_600_000).getUTCHours())
  const step = (ms: number | undefined): void => {
    if (ms !== undefined) setView({ at: atOf(ms, view.unit) })
  }
  const choose = (text: string): void => {
    if (text !== '') setView({ at: view.unit === 'hour' ? `${text}T${String(hour).padStart(2, '0')}` : text })
  }
  return (
    <>
      <div className="segments" role="group" aria-label={say('statistics.unit')}>
        {PERIOD_UNITS.map(unit => (
          <button
            key={unit}
            type="button"
            aria-pressed={unit === view.unit}
            className={unit === view.unit ? 'is-on' : ''}
            onClick={() => setView({ unit, ...(view.at === undefined ? {} : { at: atOf(momentOf(view.at), unit) }) })}
          >
            {say(`statistics.unit-${unit}`)}
          </button>
        ))}
      </div>
      <div className="stat-period">
        <button
          type="button"
          className="button button--icon"
          aria-label={say('statistics.earlier')}
          title={say('statistics.earlier')}
          onClick={() => step(period?.earlierMs)}
        >
          <Chevron way="left" />
        </button>
        <button
          type="button"
          className="stat-period__words"
          aria-label={say('statistics.choose-day')}
          onClick={() => showPicker(pick.current)}
        >
          {period ? periodWords(period, period.unit, language) : say('statistics.counting')}
        </button>
        <input
          ref={pick}
          className="stat-period__day"
          type="date"
          tabIndex={-1}
          aria-label={say('statistics.choose-day')}
          value={day}
          onChange={event => choose(event.target.value)}
        />
        <button
          type="button"
          className="button button--icon"
          aria-label={say('statistics.later')}
          title={say('statistics.later')}
          disabled={period?.laterMs === undefined}
          onClick={() => step(period?.laterMs)}
        >
          <Chevron way="right" />
        </button>
      </div>
      {view.at !== undefined && (
        <button type="button" className="button button--plain" onClick={() => setView({ at: undefined })}>
          {say('statistics.to-now')}
        </button>
      )}
    </>
  )
}

function showPicker(input: HTMLInputElement | null): void {
  try {
    input?.showPicker()
  } catch {
    input?.focus()
  }
}

function Site() {
  const { say, view, catalogue, siteWord, setView } = useStatistics()
  const offices = catalogue.sites.filter(one => one.kind === 'customs-office')
  const below = (id: string) => catalogue.sites.filter(one => one.parent === id)
  return (
    <select
      className="input stat-select"
      aria-label={say('statistics.site')}
      value={view.organisation ?? ''}
      onChange={event => setView({ organisation: event.target.value === '' ? undefined : event.target.value })}
    >
      <option value="">{say('statistics.all-sites')}</option>
      {offices.map(office => (
        <optgroup key={office.id} label={siteWord(office.id)}>
          <option value={office.id}>{siteWord(office.id)}</option>
          {below(office.id).map(one => (
            <option key={one.id} value={one.id}>
              {'\u2003'}
              {siteWord(one.id)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  )
}

function Kinds({ board }: { board: BoardView }) {
  const context = useStatistics()
  const { say, word, view, setView } = context
  const [isOpen, setOpen] = useState(false)
  const sources = [...new Set(board.widgets.flatMap(widget => widget.measures).flatMap(id => context.measure(id)?.source ?? []))].flatMap(
    id => context.source(id) ?? [],
  )
  const shown = sources.filter(source => source.kinds.size > 1 && source.isLinked)
  const count = [...view.kinds.values()].reduce((sum, list) => sum + list.length, 0)
  if (shown.length === 0) return null
  const toggle = (source: string, kind: string, all: readonly string[]): void => {
    const now = view.kinds.get(source) ?? []
    const next = now.includes(kind) ? now.filter(one => one !== kind) : [...now, kind]
    const kinds = new Map(view.kinds)
    if (next.length === 0 || next.length === all.length) kinds.delete(source)
    else kinds.set(source, next)
    setView({ kinds })
  }
  return (
    <div
      className="menu-anchor"
      onBlur={event => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}
      onKeyDown={event => {
        if (event.code !== 'Escape' || !isOpen) return
        event.stopPropagation()
        setOpen(false)
      }}
    >
      <button
        type="button"
        className={`button stat-menu-button ${count > 0 ? 'is-pressed' : ''}`}
        aria-haspopup="true"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {count === 0 ? say('statistics.all-kinds') : say('statistics.some-kinds', { n: count })} <Chevron way="down" />
      </button>
      {isOpen && (
        <div className="menu stat-kinds scroll">
          {count > 0 && (
            <button type="button" className="menu__item" onClick={() => setView({ kinds: new Map() })}>
              {say('statistics.all-kinds')}
            </button>
          )}
          {shown.map(source => (
            <fieldset key={source.id}>
              <legend>{word(source)}</legend>
              {[...source.kinds].map(([id, kind]) => (
                <label key={id} className="check">
                  <input
                    type="checkbox"
                    checked={view.kinds.get(source.id)?.includes(id) ?? false}
                    onChange={() => toggle(source.id, id, [...source.kinds.keys()])}
                  />
                  {word(kind)}
                </label>
              ))}
            </fieldset>
          ))}
        </div>
      )}
    </div>
  )
}

function Compare() {
  const { app, say, language, view, setView } = useStatistics()
  const period = useStore(app.statistics.answers).answers?.period
  const { before, yearBefore } = view.compare
  return (
    <>
      <span className="note">{say('statistics.compare')}</span>
      <div className="segments" role="group" aria-label={say('statistics.compare')}>
        <button
          type="button"
          aria-pressed={before}
          className={before ? 'is-on' : ''}
          title={period?.before && periodWords(period.before, period.unit, language)}
          onClick={() => setView({ compare: { before: !before, yearBefore } })}
        >
          {say('statistics.before')}
        </button>
        <button
          type="button"
          aria-pressed={yearBefore}
          className={yearBefore ? 'is-on' : ''}
          title={period?.yearBefore && periodWords(period.yearBefore, period.unit, language)}
          onClick={() => setView({ compare: { before, yearBefore: !yearBefore } })}
        >
          {say('statistics.year-before')}
        </button>
      </div>
    </>
  )
}

/** When it was counted, and whether the kept figures are what the records give: asked for by a press. */
function Counted() {
  const { app, say, view, catalogue, word } = useStatistics()
  const state = useStore(app.statistics.answers)
  const recounted = useStore(app.statistics.recounted)
  if (view.board === 'definitions') return <span className="push" />
  const source =
    recounted !== 'counting' && recounted?.differs ? catalogue.sources.find(one => one.id === recounted.differs?.source) : undefined
  return (
    <span className="note push stat-counted" role="status">
      {state.trouble ? (
        <span className="tone-warn">{say('statistics.not-counted')}</span>
      ) : state.answers ? (
        say('statistics.counted', { at: clockKst(state.answers.countedAtMs).slice(0, 5) })
      ) : (
        say('statistics.counting')
      )}
      {' · '}
      {recounted === 'counting' ? (
        say('statistics.recounting')
      ) : recounted === undefined ? (
        <button
          type="button"
          className="stat-link"
          title={say('statistics.recount-note')}
          onClick={() => run(app.statistics.recount(view), app.toast)}
        >
          {say('statistics.recount')}
        </button>
      ) : recounted.isSame ? (
        <span title={say('statistics.recounted-days', { n: recounted.days })}>
          {say('statistics.recounted')} <b className="tone-good">✓</b>
        </span>
      ) : (
        <span className="tone-bad">
          {say('statistics.differs', { what: source ? word(source) : '', day: recounted.differs?.day ?? '' })}
        </span>
      )}
    </span>
  )
}
const run = (task: Promise<unknown>, toast: (text: string, options: { readonly tone: 'bad' }) => void): void =>
  void task.catch(reason => toast(reason instanceof Error ? reason.message : String(reason), { tone: 'bad' }))

function Acts() {
  const { app } = useStatistics()
  useStore(app.statistics.isArranging)
  useStore(app.statistics.asTables)
  const command = (id: string) => app.commands().find(one => one.id === id)
  return (
    <span className="stat-acts">
      {['statistics.csv', 'statistics.xlsx', 'statistics.png', 'statistics.print', 'statistics.share', 'statistics.arrange'].map(id => (
        <CommandButton key={id} command={command(id)} withKey={false} />
      ))}
    </span>
  )
}

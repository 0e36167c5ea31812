import type { Condition } from '#statistics/schema.ts'
import { CommandButton, Field, Panel, PanelHead } from '../ui/parts.tsx'
import type { MeasureDraft, MeasureState } from './desk.ts'
import { conditionOn, functionsFor, needsNumber, toggledWord, withFunction, withLimit, withSource } from './measure-draft.ts'
import type { PlaceWords, SourceView } from './model.ts'
import { LackWords, lackOf } from './parts.tsx'
import { useStatistics } from './use-statistics.ts'

/** A measure without code: which records, which of them, counted how, divided by what; above it what that gives, as it is chosen. */
export function MeasurePanel({ state }: { state: MeasureState }) {
  const context = useStatistics()
  const { app, say, word, view, catalogue } = context
  const { draft, isNew } = state
  const source = context.source(draft.source)
  const set = (next: MeasureDraft): void => app.statistics.compose(next, isNew, view)
  const keep = app.commands().find(command => command.id === 'statistics.measure-keep')
  return (
    <Panel label={say('statistics.measure-make')} className="stat-records" region="measure">
      <PanelHead title={say(isNew ? 'statistics.measure-make' : 'statistics.measure-change')}>
        <button type="button" className="button button--plain push" onClick={() => app.statistics.compose(undefined, false, view)}>
          {say('act.close')} <kbd>Esc</kbd>
        </button>
      </PanelHead>
      <Preview state={state} />
      <form
        className="grow scroll stat-form"
        onKeyDown={event => {
          // Also from a button, where Enter alone is the button’s own.
          if (event.code !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          event.stopPropagation()
          if (keep) app.run(keep)
        }}
        onSubmit={event => {
          event.preventDefault()
          if (keep) app.run(keep)
        }}
      >
        <div className="form__row">
          <Field label={say('statistics.name')}>
            <input
              className="input"
              autoFocus
              value={draft.ko}
              maxLength={80}
              required
              onChange={event => set({ ...draft, ko: event.target.value })}
            />
          </Field>
          <Field label={say('statistics.name-en')}>
            <input className="input" value={draft.en} maxLength={80} onChange={event => set({ ...draft, en: event.target.value })} />
          </Field>
        </div>
        <Field label={say('statistics.records')}>
          <select
            className="input"
            value={draft.source}
            onChange={event => {
              const next = context.source(event.target.value)
              if (next) set(withSource(draft, next))
            }}
          >
            {catalogue.sources
              .filter(one => one.isSeen)
              .map(one => (
                <option key={one.id} value={one.id}>
                  {word(one)}
                  {one.isLinked ? '' : ` (${say('statistics.lack.not-linked')})`}
                </option>
              ))}
          </select>
        </Field>
        {source && (
          <>
            <fieldset>
              <legend>{say('statistics.filter')}</legend>
              <Conditions source={source} conditions={draft.where} onChange={where => set({ ...draft, where })} />
            </fieldset>
            <div className="form__row">
              <Field label={say('statistics.function')}>
                <select
                  className="input"
                  value={draft.function}
                  onChange={event => {
                    const how = functionsFor(source).find(one => one === event.target.value)
                    if (how) set(withFunction(draft, how, source))
                  }}
                >
                  {functionsFor(source).map(how => (
                    <option key={how} value={how}>
                      {say(`statistics.function.${how}`)}
                    </option>
                  ))}
                </select>
              </Field>
              {needsNumber(draft.function) && (
                <Field label={say('statistics.number')}>
                  <select className="input" value={draft.number ?? ''} onChange={event => set({ ...draft, number: event.target.value })}>
                    {source.numbers.map(one => (
                      <option key={one.id} value={one.id}>
                        {word(one)}
                      </option>
                    ))}
                  </select>
                </Field>
              )}
              <Field label={say('statistics.divided-by')}>
                <select
                  className="input"
                  value={draft.group}
                  onChange={event => set({ ...draft, group: GROUPS.find(one => one === event.target.value) ?? 'kind' })}
                >
                  {GROUPS.map(group => (
                    <option key={group} value={group}>
                      {say(`statistics.by.${group}`)}
                    </option>
                  ))}
                </select>
              </Field>
            </div>
            {draft.function === 'share' && (
              <fieldset>
                <legend>{say('statistics.share-part')}</legend>
                <Conditions source={source} conditions={draft.part} onChange={part => set({ ...draft, part })} />
              </fieldset>
            )}
          </>
        )}
        <button type="submit" className="hidden-text" tabIndex={-1}>
          {say('statistics.measure-keep')}
        </button>
      </form>
      <div className="stat-records__foot">
        <CommandButton command={keep} look="is-main" />
        <span className="note">{say('statistics.measure-note')}</span>
      </div>
    </Panel>
  )
}

const GROUPS = ['kind', 'organisation', 'sub'] as const

/** What it gives now: the figure, its formula in words, the largest parts. */
function Preview({ state }: { state: MeasureState }) {
  const context = useStatistics()
  const { say, word } = context
  const { definition, answer, trouble } = state
  if (trouble !== undefined)
    return (
      <div className="stat-preview" role="status">
        <span className="form__error">{trouble}</span>
      </div>
    )
  if (!definition || !answer) return <div className="stat-preview note">{say('statistics.counting')}</div>
  const lack = lackOf(answer, answer.total, definition)
  const rows = [...answer.rows].filter(row => row.value !== undefined).sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
  const highest = rows[0]?.value ?? 0
  const by = answer.by[0]
  return (
    <div className="stat-preview" role="status">
      <div className="stat-preview__figure">
        {lack !== undefined || answer.total.value === undefined ? (
          <LackWords lack={lack ?? 'nothing'} />
        ) : (
          <b>{context.text(answer.total.value, definition)}</b>
        )}
        <span className="note">{say('statistics.facts', { n: answer.total.n.toLocaleString('en') })}</span>
      </div>
      <p className="note">{word(definition.formula)}</p>
      {rows.slice(0, 5).map(row => {
        const key = row.key[0] ?? ''
        return (
          <div key={key} className="stat-preview__row">
            <span className="stat-bars__name">{context.keyWord(by, key, definition)}</span>
            <svg height="9" aria-hidden="true">
              <rect className="stat-mark is-now" height="9" rx="1" width={`${highest > 0 ? ((row.value ?? 0) / highest) * 100 : 0}%`} />
            </svg>
            <b>{context.text(row.value ?? 0, definition)}</b>
          </div>
        )
      })}
    </div>
  )
}

/** Which of the records: words are ticked, numbers have limits. Nothing ticked: all. */
function Conditions({
  source,
  conditions,
  onChange,
}: {
  source: SourceView
  conditions: readonly Condition[]
  onChange: (conditions: readonly Condition[]) => void
}) {
  const { say, word } = useStatistics()
  const ticks = (field: 'kind' | 'sub', words: ReadonlyMap<string, PlaceWords>) =>
    words.size > 0 && (
      <div className="stat-ticks" role="group" aria-label={say(`statistics.by.${field}`)}>
        <span className="note">{say(`statistics.by.${field}`)}</span>
        {[...words].map(([id, one]) => {
          const isOn = conditionOn(conditions, field)?.is?.includes(id) ?? false
          return (
            <button
              key={id}
              type="button"
              className={`token ${isOn ? 'is-on' : ''}`}
              aria-pressed={isOn}
              onClick={() => onChange(toggledWord(conditions, field, id))}
            >
              {word(one)}
            </button>
          )
        })}
      </div>
    )
  const limit = (number: SourceView['numbers'][number], which: 'atLeast' | 'below') => (
    <label>
      <input
        className="input"
        type="number"
        step="any"
        aria-label={`${word(number)} ${say(`statistics.limit-${which}`)}`}
        value={conditionOn(conditions, number.id)?.[which] ?? ''}
        onChange={event =>
          onChange(withLimit(conditions, number.id, which, event.target.value === '' ? undefined : Number(event.target.value)))
        }
      />
      {say(`statistics.limit-${which}`)}
    </label>
  )
  return (
    <>
      {ticks('kind', source.kinds)}
      {ticks('sub', source.subs)}
      {source.numbers.map(number => (
        <div key={number.id} className="stat-limits">
          <span>
            {word(number)} {number.unit !== 'plain' && <small className="note">{say(`statistics.unit.${number.unit}`)}</small>}
          </span>
          {limit(number, 'atLeast')}
          {limit(number, 'below')}
        </div>
      ))}
    </>
  )
}

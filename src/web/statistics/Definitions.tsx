import { useState } from 'react'
import { textIn } from '../i18n/text.ts'
import { CommandButton, Panel, State } from '../ui/parts.tsx'
import { draftOf } from './measure-draft.ts'
import type { MeasureView } from './model.ts'
import { type StatisticsContext, useStatistics } from './use-statistics.ts'

/** Every measure in one table: what it is called, its unit, how it is counted in words, from which records. Those that officers made can be changed here. */
export function Definitions() {
  const context = useStatistics()
  const { app, say, word, catalogue } = context
  const [words, setWords] = useState('')
  const wanted = words.trim().toLowerCase()
  const found = catalogue.measures.filter(one =>
    [one.ko, one.en, one.formula.ko, one.formula.en, one.id].some(text => text.toLowerCase().includes(wanted)),
  )
  const make = app.commands().find(command => command.id === 'statistics.measure-new')
  return (
    <Panel label={say('statistics.definitions')} className="grow" region="definitions">
      <div className="panel__head">
        <h2>{say('statistics.definitions')}</h2>
        <span className="note">{say('statistics.measures-n', { n: found.length })}</span>
        <input
          className="input stat-search"
          aria-label={say('statistics.search')}
          placeholder={say('statistics.search')}
          value={words}
          onChange={event => setWords(event.target.value)}
        />
        <span className="push">
          <CommandButton command={make} look="is-main" />
        </span>
      </div>
      <div className="grow scroll">
        {found.length === 0 ? (
          <State title={say('statistics.none-found')} note={words} />
        ) : (
          <table className="grid-table is-plain stat-definitions">
            <thead>
              <tr>
                {(['measure', 'unit', 'formula', 'source', 'function', 'made-by'] as const).map(head => (
                  <th key={head} scope="col">
                    {say(`statistics.${head}`)}
                  </th>
                ))}
                <th />
              </tr>
            </thead>
            <tbody>
              {found.map(measure => (
                <tr key={measure.id}>
                  <th scope="row">
                    {word(measure)}
                    <small className="note">{context.language === 'ko' ? measure.en : measure.ko}</small>
                  </th>
                  <td>{say(`statistics.unit.${measure.unit}`)}</td>
                  <td className="wrap">{word(measure.formula)}</td>
                  <td>
                    {word(context.source(measure.source) ?? { ko: measure.source, en: measure.source })}
                    {!measure.isLinked && <small className="tone-warn">{say('statistics.lack.not-linked')}</small>}
                  </td>
                  <td>{say(`statistics.function.${measure.function}`)}</td>
                  <td>
                    {measure.own
                      ? `${measure.own.ownerName} · ${say('statistics.edition-n', { n: measure.own.edition })}`
                      : say('statistics.product')}
                  </td>
                  <td>
                    <Acts measure={measure} context={context} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Panel>
  )
}

function Acts({ measure, context }: { measure: MeasureView; context: StatisticsContext }) {
  const { app, say, view } = context
  if (!app.may('statistics.measures')) return null
  const quietly = (task: Promise<unknown>): void =>
    void task.catch(reason => app.toast(reason instanceof Error ? reason.message : String(reason), { tone: 'bad' }))
  const isOwn = measure.own?.isOwn === true
  const change = (): void => {
    const copy = draftOf(measure, isOwn ? measure.id : `own-${crypto.randomUUID()}`)
    app.statistics.compose(isOwn ? copy : { ...copy, ko: textIn('ko', 'statistics.copy-of', { what: measure.ko }), en: '' }, !isOwn, view)
  }
  return (
    <span className="stat-acts">
      <button type="button" className="button" onClick={change}>
        {say(isOwn ? 'statistics.change' : 'statistics.copy')}
      </button>
      {isOwn && app.may('statistics.share') && (
        <button
          type="button"
          className={`button ${measure.own?.isShared ? 'is-pressed' : ''}`}
          aria-pressed={measure.own?.isShared}
          onClick={() => quietly(app.statistics.shareMeasure(measure, !measure.own?.isShared))}
        >
          {say('statistics.share')}
        </button>
      )}
      {isOwn && (
        <button
          type="button"
          className="button button--icon"
          aria-label={say('statistics.measure-remove')}
          title={say('statistics.measure-remove')}
          onClick={() => quietly(app.statistics.removeMeasure(measure))}
        >
          ×
        </button>
      )}
    </span>
  )
}

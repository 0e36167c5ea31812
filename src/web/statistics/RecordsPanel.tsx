import { useEffect, useRef } from 'react'
import { momentKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { Bones, CommandButton, Panel, PanelHead, State } from '../ui/parts.tsx'
import type { RecordsState } from './desk.ts'
import type { RecordView } from './model.ts'
import { openRecord } from './open-record.ts'
import { ChangeMark } from './parts.tsx'
import { drillWords } from './titles.ts'
import { type StatisticsContext, useStatistics } from './use-statistics.ts'

/** The records behind a figure: the figure again beside the others, how it is counted, and each record with the way to it. */
export function RecordsPanel({ state }: { state: RecordsState }) {
  const context = useStatistics()
  const { app, say, word, view } = context
  useStore(app.statistics.answers)
  const { drill, page, trouble, chosen } = state
  const measure = context.measure(drill.measure)
  const list = useRef<HTMLTableSectionElement>(null)
  useEffect(() => list.current?.querySelector('.is-selected')?.scrollIntoView({ block: 'nearest' }), [chosen])
  if (!measure) return null
  const source = context.source(measure.source)
  const number = measure.number ?? (measure.function === 'count' ? undefined : source?.numbers[0]?.id)
  const numberWords = source?.numbers.find(one => one.id === number)
  const title = drillWords(drill, context)
  const total = page?.total
  const command = (id: string) => app.commands().find(one => one.id === id)
  return (
    <Panel label={title} className="stat-records" region="records">
      <PanelHead title={title}>
        <span className="note">{say('statistics.opened')}</span>
        <button type="button" className="button button--plain push" onClick={() => void app.statistics.open(undefined, view)}>
          {say('act.close')} <kbd>Esc</kbd>
        </button>
      </PanelHead>
      {total && (
        <dl className="stat-records__sums">
          <div>
            <dt>{say('statistics.now')}</dt>
            <dd>{total.value === undefined ? say('statistics.none') : context.text(total.value, measure)}</dd>
            <dd className="note">{say('statistics.facts', { n: total.n.toLocaleString('en') })}</dd>
          </div>
          {view.compare.before && (
            <div>
              <dt>{say('statistics.before')}</dt>
              <dd>{total.before?.value === undefined ? say('statistics.none') : context.text(total.before.value, measure)}</dd>
              <dd>
                <ChangeMark now={total} then={total.before} measure={measure} />
              </dd>
            </div>
          )}
          {view.compare.yearBefore && (
            <div>
              <dt>{say('statistics.year-before')}</dt>
              <dd>{total.yearBefore?.value === undefined ? say('statistics.none') : context.text(total.yearBefore.value, measure)}</dd>
              <dd>
                <ChangeMark now={total} then={total.yearBefore} measure={measure} />
              </dd>
            </div>
          )}
        </dl>
      )}
      <p className="stat-records__how">
        <b>{say('statistics.how')}</b> {word(measure.formula)}
        <span className="note">
          {' '}
          {say('statistics.source-of', { what: source ? word(source) : measure.source })}
          {measure.own && ` · ${say('statistics.edition', { n: measure.own.edition, who: measure.own.ownerName })}`}
        </span>
      </p>
      <div
        className="grow scroll stat-records__list"
        onScroll={event => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget
          if (scrollTop + clientHeight > scrollHeight - 200) void app.statistics.more(view).catch(() => undefined)
        }}
      >
        {trouble ? (
          <State title={say('statistics.trouble')} note={trouble}>
            <button type="button" className="button" onClick={() => void app.statistics.open(drill, view)}>
              {say('act.again')}
            </button>
          </State>
        ) : !page ? (
          <Bones blocks={4} />
        ) : page.records.length === 0 ? (
          <State title={say('statistics.no-records')} />
        ) : (
          <table className="grid-table is-plain">
            <thead>
              <tr>
                <th scope="col">{say('statistics.when')}</th>
                <th scope="col">{say('statistics.by.organisation')}</th>
                <th scope="col">{say('statistics.by.kind')}</th>
                <th scope="col">{say('statistics.record')}</th>
                {numberWords && (
                  <th scope="col" className="is-number">
                    {word(numberWords)}
                  </th>
                )}
              </tr>
            </thead>
            <tbody ref={list}>
              {page.records.map((record, k) => (
                <Row
                  key={record.id}
                  record={record}
                  isChosen={k === chosen}
                  number={number}
                  context={context}
                  measureId={measure.id}
                  at={k}
                  chosen={chosen}
                />
              ))}
            </tbody>
          </table>
        )}
        {page?.after !== undefined && <div className="note stat-more">{say('statistics.more')}</div>}
      </div>
      <div className="stat-records__foot">
        <CommandButton command={command('statistics.open-record')} look="is-main" />
        <CommandButton command={command('statistics.export-records')} withKey={false} />
        <span className="note">{say('statistics.records-note')}</span>
      </div>
    </Panel>
  )
}

function Row({
  record,
  isChosen,
  number,
  context,
  measureId,
  at,
  chosen,
}: {
  record: RecordView
  isChosen: boolean
  number: string | undefined
  context: StatisticsContext
  measureId: string
  at: number
  chosen: number
}) {
  const { app, say } = context
  const measure = context.measure(measureId)
  const source = context.source(measure?.source)
  const unit = source?.numbers.find(one => one.id === number)?.unit
  const value = number === undefined ? undefined : record.numbers.get(number)
  const sub = record.sub === '' ? '' : context.keyWord('sub', record.sub, measure)
  return (
    <tr
      className={isChosen ? 'is-selected' : ''}
      aria-selected={isChosen}
      onClick={() => app.statistics.choose(at - chosen)}
      onDoubleClick={() => openRecord(app, record)}
    >
      <td>{momentKst(record.atMs, app.now())}</td>
      <td>{context.siteWord(record.organisation, true)}</td>
      <td title={sub}>{context.keyWord('kind', record.kind, measure)}</td>
      <td className="stat-records__what">
        <button type="button" className="stat-open" title={record.link.title} onClick={() => openRecord(app, record)}>
          {record.link.title ?? record.link.label}
        </button>
        <small className="note">{[record.link.title === undefined ? '' : record.link.label, sub].filter(Boolean).join(' · ')}</small>
      </td>
      {number !== undefined && unit && (
        <td className="is-number">{value === undefined ? say('statistics.none') : context.text(value, { unit })}</td>
      )}
    </tr>
  )
}

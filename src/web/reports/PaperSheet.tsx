// The paper as it is printed, to be read, asked and changed: each line and figure can be chosen; what people changed is marked on it. One component for the desk, the phone and the
// browser's own print: only the width decides.
import { type KeyboardEvent, type ReactNode, useMemo } from 'react'
import { type App, useApp, useSay } from '../app.ts'
import { text } from '../live/wire.ts'
import { useStore } from '../shell/store.ts'
import { reportCommands } from './commands.ts'
import type { Block, Cell, Line, Mark, Paper, ReportView, Row, Section } from './model.ts'
import { cellId, targetsOf } from './model.ts'
import { Writer } from './Writer.tsx'
import { wordsThatDiffer } from './words-differ.ts'

export function PaperSheet({ report }: { report: ReportView }) {
  const { paper } = report
  return (
    <article className="paper" lang={paper.language} aria-label={`${paper.title} ${paper.asOf}`}>
      <Head report={report} />
      {pairs(paper.sections).map(group =>
        group.length === 2 ? (
          <div key={group[0]?.id} className="paper__two">
            {group.map(section => (
              <SheetSection key={section.id} section={section} report={report} />
            ))}
          </div>
        ) : (
          group.map(section => <SheetSection key={section.id} section={section} report={report} />)
        ),
      )}
      <footer className="paper__foot">
        {[...paper.foot, ...(paper.warning ? [paper.warning] : [])].map(words => (
          <div key={words}>{words}</div>
        ))}
      </footer>
    </article>
  )
}

/** Two narrow sections beside each other, as in print. */
function pairs(sections: readonly Section[]): readonly (readonly Section[])[] {
  const groups: Section[][] = []
  for (const section of sections) {
    const last = groups.at(-1)
    if (section.isNarrow && last?.length === 1 && last[0]?.isNarrow) last.push(section)
    else groups.push([section])
  }
  return groups
}

function Head({ report }: { report: ReportView }) {
  const { paper } = report
  return (
    <>
      <header className="paper__head">
        <h1>{paper.title}</h1>
        {report.boxes.length > 0 && <Approval report={report} paper={paper} />}
      </header>
      {paper.standing && <p className="paper__standing">{paper.standing}</p>}
      <p className="paper__sub">
        <span>{paper.asOf}</span>
        <small>{paper.span}</small>
        <span>{paper.room}</span>
      </p>
      {paper.number && <p className="paper__number">{paper.number}</p>}
    </>
  )
}

function Approval({ report, paper }: { report: ReportView; paper: Paper }) {
  const say = useSay()
  const boxOf = (n: number): ReactNode => {
    const printed = paper.boxes[n]
    if (printed?.name)
      return (
        <>
          {printed.mark && <i>{printed.mark}</i>}
          <b>{printed.name}</b>
          {printed.at && <small>{printed.at}</small>}
        </>
      )
    return n === report.nextBox && report.state === 'review' ? say('reports.box-now') : say('reports.box-waits')
  }
  return (
    <table className="paper__boxes">
      <tbody>
        <tr>
          <th rowSpan={2} scope="row">
            {say('reports.approval-upright')}
          </th>
          {report.boxes.map((box, n) => (
            <th key={box.title} scope="col">
              {paper.boxes[n]?.title ?? box.title}
            </th>
          ))}
        </tr>
        <tr>
          {report.boxes.map((box, n) => (
            <td
              key={box.title}
              className={paper.boxes[n]?.name ? '' : n === report.nextBox && report.state === 'review' ? 'is-now' : 'is-waiting'}
            >
              {boxOf(n)}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}

function SheetSection({ section, report }: { section: Section; report: ReportView }) {
  const app = useApp()
  const say = useSay()
  const { marks: areMarked, writing } = useStore(app.reports.look)
  const left = areMarked ? report.marks.filter(mark => mark.deed === 'leave-out' && mark.section === section.id) : []
  return (
    <section className={`paper__section is-${section.id}`} data-section={section.id}>
      <h2>
        {section.title}
        {section.note && <small>{section.note}</small>}
      </h2>
      {section.blocks.map(block => (
        <SheetBlock key={block.id} block={block} report={report} />
      ))}
      {left.map(mark => (
        <p key={mark.edit} className="paper__left-out">
          <MarkBadge mark={mark} />
          <del>{mark.before}</del>
        </p>
      ))}
      {writing === `add:${section.id}` && <Writer place={writing} label={say('reports.new-line')} before="" />}
    </section>
  )
}

function SheetBlock({ block, report }: { block: Block; report: ReportView }) {
  switch (block.kind) {
    case 'lines':
      return (
        <ul className="paper__lines">
          {block.lines.map(line => (
            <SheetLine key={line.id} line={line} report={report} />
          ))}
        </ul>
      )
    case 'table':
      return <SheetTable table={block} report={report} />
    case 'words':
      return <p className={block.isTitle ? 'paper__title' : 'paper__words'}>{block.text}</p>
    case 'picture':
      return <Picture picture={block} />
  }
}

function Picture({ picture }: { picture: Extract<Block, { kind: 'picture' }> }) {
  const source = useMemo(() => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.svg)}`, [picture.svg])
  return (
    <figure className="paper__picture">
      <figcaption>{picture.title}</figcaption>
      <img src={source} alt={picture.title} />
    </figure>
  )
}

/** As the key does it: where it may not be changed the reason is told. */
function runWrite(app: App): void {
  const command = reportCommands(app).find(one => one.id === 'reports.write')
  if (command) app.run(command)
}

/** Everything that is known of a place on the page. */
function usePlace(id: string, report: ReportView) {
  const app = useApp()
  const look = useStore(app.reports.look)
  const other = useStore(app.reports.other)
  const waiting = useStore(app.reports.waiting)
  const then = useMemo(() => (other ? new Map(targetsOf(other.paper).map(one => [one.id, one.text] as const)) : undefined), [other])
  const mark = report.marks.find(one => one.target === id && (one.deed === 'text' || one.deed === 'add'))
  const onItsWay = waiting.flatMap(send => (text(send.body.edit, 'target') === id ? [text(send.body.edit, 'text') ?? ''] : [])).at(-1)
  return {
    isChosen: look.target === id,
    isWriting: look.writing === id,
    mark: look.marks ? mark : undefined,
    moved: look.marks ? report.marks.find(one => one.target === id && one.deed === 'move') : undefined,
    earlier: then?.get(id),
    hasOther: then !== undefined,
    onItsWay,
    asked: report.comments.filter(one => one.target === id && !one.settled).length,
    choose: () => app.reports.choose(id),
    write: () => runWrite(app),
    /** Enter on what was pressed writes; on a button it would only press again. */
    enter(event: KeyboardEvent) {
      if (event.code !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      app.reports.choose(id)
      runWrite(app)
    },
  }
}

function SheetLine({ line, report, isDetail = false }: { line: Line; report: ReportView; isDetail?: boolean }) {
  const app = useApp()
  const say = useSay()
  const { writing } = useStore(app.reports.look)
  const place = usePlace(line.id, report)
  return (
    <li className={`paper-line ${isDetail ? 'is-detail' : ''}`}>
      {place.mark && <MarkBadge mark={place.mark} />}
      {place.moved && !place.mark && <MarkBadge mark={place.moved} />}
      {place.isWriting ? (
        <Writer place={line.id} label={say('reports.wording')} before={line.text} {...(line.lead ? { lead: line.lead } : {})} />
      ) : (
        <button
          type="button"
          className={`paper-words ${place.isChosen ? 'is-chosen' : ''} ${place.onItsWay === undefined ? '' : 'is-waiting'}`}
          data-target={line.id}
          aria-current={place.isChosen || undefined}
          onClick={place.choose}
          onDoubleClick={place.write}
          onKeyDown={place.enter}
        >
          {line.lead && <b>({line.lead}) </b>}
          <Wording text={place.onItsWay || line.text} mark={place.onItsWay ? undefined : place.mark} />
          {place.hasOther && !isDetail && place.earlier === undefined && <em className="paper-new">{say('reports.not-then')}</em>}
          {place.asked > 0 && <em className="paper-asked">{say('reports.comments-n', { n: place.asked })}</em>}
        </button>
      )}
      {line.details.length > 0 && (
        <ul>
          {line.details.map(one => (
            <SheetLine key={one.id} line={one} report={report} isDetail />
          ))}
        </ul>
      )}
      {writing?.startsWith('add:') && writing.endsWith(`:${line.id}`) && (
        <Writer place={writing} label={say('reports.new-detail')} before="" />
      )}
    </li>
  )
}

function Wording({ text: now, mark }: { text: string; mark: Mark | undefined }) {
  if (mark?.deed === 'add') return <ins>{now}</ins>
  if (mark?.deed !== 'text' || mark.before === undefined) return now
  return wordsThatDiffer(mark.before, now).map(({ kind, text: words }, n) => {
    const key = `${n} ${words}`
    return kind === 'out' ? <del key={key}>{words} </del> : kind === 'in' ? <ins key={key}>{words} </ins> : <span key={key}>{words} </span>
  })
}

function MarkBadge({ mark }: { mark: Mark }) {
  const app = useApp()
  const say = useSay()
  return (
    <button type="button" className="paper-mark" title={`${mark.by.name} ${mark.reason}`} onClick={() => app.reports.choose(mark.target)}>
      {say('reports.change-n', { n: mark.n })}
    </button>
  )
}

/** More columns than this do not stand beside each other on a phone: each row becomes a card. */
const PHONE_COLUMNS = 6

function SheetTable({ table, report }: { table: Extract<Block, { kind: 'table' }>; report: ReportView }) {
  const { columns, rows, isHeadline } = table
  const isWide = columns.length > PHONE_COLUMNS
  return (
    <div className={`paper__table ${isHeadline ? 'is-headline' : isWide ? 'is-wide' : ''}`}>
      <table>
        <colgroup>
          {columns.map(column => (
            <col key={column.id} style={{ width: `${(100 * column.width) / columns.reduce((sum, one) => sum + one.width, 0)}%` }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column.id} scope="col">
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={row.id} className={`${row.isSum ? 'is-sum' : ''} ${isHeadline && at === 0 ? 'is-big' : ''}`}>
              {row.cells.map((cell, n) => (
                <SheetCell key={columns[n]?.id ?? n} cell={cell} row={row} column={n} table={table} report={report} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function SheetCell({
  cell,
  row,
  column,
  table,
  report,
}: {
  cell: Cell
  row: Row
  column: number
  table: Extract<Block, { kind: 'table' }>
  report: ReportView
}) {
  const say = useSay()
  const head = table.columns[column]
  const id = cellId(table.id, row.id, head?.id ?? '')
  const place = usePlace(id, report)
  const isName = column === 0 && !table.isHeadline
  const Tag = isName ? 'th' : 'td'
  // A day ago the same figure: only where it was another.
  const then = place.earlier !== undefined && place.earlier !== cell.text ? place.earlier : undefined
  return (
    <Tag
      className={`${head?.align === 'left' ? 'is-left' : ''} ${cell.tone ? `is-${cell.tone}` : ''}`}
      data-title={head?.title}
      {...(isName ? { scope: 'row' } : {})}
    >
      {place.mark && <MarkBadge mark={place.mark} />}
      {isName ? (
        cell.text
      ) : (
        <button
          type="button"
          className={`paper-cell ${place.isChosen ? 'is-chosen' : ''} ${place.onItsWay === undefined ? '' : 'is-waiting'}`}
          data-target={id}
          aria-current={place.isChosen || undefined}
          onClick={place.choose}
          onDoubleClick={place.write}
          onKeyDown={place.enter}
        >
          {place.mark?.before !== undefined && <del>{place.mark.before} </del>}
          {place.mark ? <ins>{cell.text}</ins> : <Figure words={cell.text} tone={cell.tone} />}
          {then !== undefined && <small className="paper-then">{then}</small>}
          {place.asked > 0 && <em className="paper-asked">{say('reports.comments-n', { n: place.asked })}</em>}
        </button>
      )}
      {place.isWriting && (
        <div className="paper-popover">
          <Writer place={id} label={`${head?.title ?? ''}`} before={cell.text} isCell />
        </div>
      )}
    </Tag>
  )
}

/** (41) ▼5: the bracket dark, the arrow coloured. */
function Figure({ words, tone }: { words: string; tone: Cell['tone'] }) {
  const [, bracket, arrow] = /^(\(.*?\))( [▲▼].*)$/.exec(words) ?? []
  if (arrow !== undefined)
    return (
      <>
        <span className="paper-bracket">{bracket}</span>
        <span className="paper-arrow">{arrow}</span>
      </>
    )
  return tone === 'done' || tone === 'open' ? <span className="paper-chip">{words}</span> : words
}

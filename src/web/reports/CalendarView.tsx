// Reports by the calendar: each day’s with its state, the week’s and month’s beside it; special reports; lines of the offices; to whom it is sent when.
import { useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { useNow } from '../ui/use-now.ts'
import { addDays, dayOf, type HeadView, partsOf } from './model.ts'
import { OfficeLines } from './OfficeLines.tsx'
import { clockOf } from './parts.tsx'

const WEEKDAYS = { ko: ['월', '화', '수', '목', '금', '토', '일'], en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] } as const

/** Monday of the week of a day. */
const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

export function CalendarView({ id }: { id: string }) {
  const app = useApp()
  const heads = useStore(app.reports.heads)
  const today = dayOf(useNow(60_000))
  const [month, setMonth] = useState((partsOf(id).day ?? today).slice(0, 7))
  useEffect(() => {
    const [year = 0, n = 0] = month.split('-').map(Number)
    void app.reports.loadHeads(Date.UTC(year, n, 2)).catch(() => undefined)
  }, [app, month])
  return (
    <div className="report-calendar scroll">
      <Month month={month} today={today} open={id} heads={heads} onTurn={setMonth} />
      <Specials heads={heads} />
      <OfficeLines day={partsOf(id).day ?? today} />
      <Sending id={id} />
    </div>
  )
}

function Month({
  month,
  today,
  open,
  heads,
  onTurn,
}: {
  month: string
  today: string
  open: string
  heads: readonly HeadView[]
  onTurn(month: string): void
}) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const since = useStore(app.reports.rules)?.since
  const byId = new Map(heads.map(head => [head.id, head]))
  const first = mondayOf(`${month}-01`)
  const [year = 0, n = 0] = month.split('-').map(Number)
  const turned = (by: number): string => new Date(Date.UTC(year, n - 1 + by, 1)).toISOString().slice(0, 7)
  const weeks = Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (_one, day) => addDays(first, week * 7 + day))).filter(
    days => days.some(day => day.startsWith(month)),
  )
  /** Of the whole month: the one of the first of the next. */
  const monthly = `monthly-${turned(1)}-01`
  return (
    <section className="report-month" aria-label={say('reports.calendar')}>
      <div className="report-month__head">
        <button type="button" className="button button--icon" aria-label={say('reports.month-before')} onClick={() => onTurn(turned(-1))}>
          ‹
        </button>
        <h3>{month.replace('-', '. ')}.</h3>
        <button type="button" className="button button--icon" aria-label={say('reports.month-after')} onClick={() => onTurn(turned(1))}>
          ›
        </button>
        <button type="button" className="button" onClick={() => app.go({ item: monthly })}>
          {say('reports.monthly-of', { month: n })}
          {byId.has(monthly) && <em>{say(`reports.state.${byId.get(monthly)?.state ?? 'writing'}`)}</em>}
        </button>
        <span className="push note">
          {(['approved', 'review', 'returned', 'writing'] as const).map(state => (
            <span key={state} className="report-legend">
              <i className={`report-day__dot is-${state}`} /> {say(`reports.state.${state}`)}
            </span>
          ))}
        </span>
      </div>
      <table>
        <thead>
          <tr>
            {WEEKDAYS[language].map(day => (
              <th key={day} scope="col">
                {day}
              </th>
            ))}
            <th scope="col">{say('reports.kind.weekly')}</th>
          </tr>
        </thead>
        <tbody>
          {weeks.map(days => {
            const weekly = `weekly-${addDays(days[0] ?? '', 7)}`
            const head = byId.get(weekly)
            return (
              <tr key={days[0]}>
                {days.map(day => (
                  <td key={day}>
                    <Day
                      day={day}
                      isOther={!day.startsWith(month)}
                      isToday={day === today}
                      isOpen={open === `daily-${day}`}
                      isRunning={day > today}
                      isBefore={since !== undefined && day < since}
                      isAhead={day > addDays(today, 1)}
                      head={byId.get(`daily-${day}`)}
                    />
                  </td>
                ))}
                <td>
                  <button type="button" className="report-week" disabled={(days[0] ?? '') > today} onClick={() => app.go({ item: weekly })}>
                    {say('reports.week-of', { from: `${Number(days[0]?.slice(5, 7))}. ${Number(days[0]?.slice(8))}.` })}
                    {head && <i className={`report-day__dot is-${head.state}`} />}
                  </button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

function Day({
  day,
  isOther,
  isToday,
  isOpen,
  isAhead,
  isRunning,
  isBefore,
  head,
}: {
  day: string
  isOther: boolean
  isToday: boolean
  isOpen: boolean
  isAhead: boolean
  /** Its span has begun and not ended. */
  isRunning: boolean
  /** Nothing was recorded yet. */
  isBefore: boolean
  head: HeadView | undefined
}) {
  const app = useApp()
  const say = useSay()
  const words = head
    ? head.state === 'review'
      ? say('reports.signed-of', { done: head.signed, of: head.boxes })
      : say(`reports.state.${head.state}`)
    : isAhead
      ? ''
      : isRunning
        ? say('reports.running')
        : isBefore
          ? say('reports.before-records')
          : say('reports.untouched')
  return (
    <button
      type="button"
      className={`report-day ${isOther ? 'is-other' : ''} ${isToday ? 'is-today' : ''} ${isOpen ? 'is-open' : ''}`}
      disabled={isAhead}
      aria-label={`${day} ${words}`}
      onClick={() => {
        app.go({ item: `daily-${day}` })
        app.reports.setLook({ mode: 'paper' })
      }}
    >
      <b>{Number(day.slice(8))}</b>
      {head && <i className={`report-day__dot is-${head.state === 'corrected' ? 'approved' : head.state}`} />}
      <small>{words}</small>
    </button>
  )
}

function Specials({ heads }: { heads: readonly HeadView[] }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(60_000)
  const specials = heads.filter(head => head.kind === 'special')
  return (
    <section className="report-specials" aria-label={say('reports.kind.special')}>
      <h3>
        {say('reports.kind.special')} <small className="note">{specials.length}</small>
        {app.may('reports.edit') && (
          <button type="button" className="button push" onClick={() => app.overlay.set({ kind: 'report-form', form: 'special' })}>
            {say('reports.new-special')}
          </button>
        )}
      </h3>
      <ul>
        {specials.map(head => (
          <li key={head.id}>
            <button
              type="button"
              onClick={() => {
                app.go({ item: head.id })
                app.reports.setLook({ mode: 'paper' })
              }}
            >
              <b>{head.id.replace('special-', '')}</b> <span className="note">{say(`reports.state.${head.state}`)}</span>
              <span className="push note">{momentKst(head.asOfMs, nowMs)}</span>
            </button>
          </li>
        ))}
        {specials.length === 0 && <li className="note">{say('reports.no-specials')}</li>}
      </ul>
    </section>
  )
}

/** When it goes to whom, what happens when the approval is late, and how each letter fared. */
function Sending({ id }: { id: string }) {
  const app = useApp()
  const say = useSay()
  const rules = useStore(app.reports.rules)
  const mail = useStore(app.reports.open)?.report?.mail ?? []
  const nowMs = useNow(60_000)
  const isOpen = useStore(app.reports.open)?.id === id
  useEffect(() => {
    void app.reports.loadRules().catch(() => undefined)
  }, [app])
  if (!rules) return null
  const { timetable, mailTo, mailUnapprovedTo } = rules
  return (
    <section className="report-sending" aria-label={say('reports.sending')}>
      <h3>{say('reports.sending')}</h3>
      <ol className="report-hours">
        {(['remind', 'close', 'draft', 'send'] as const).map(deed => (
          <li key={deed}>
            <b>{clockOf(timetable[deed])}</b> {say(`reports.hour.${deed}`)}
          </li>
        ))}
      </ol>
      <dl>
        <dt>{say('reports.mail-to')}</dt>
        <dd>{mailTo.length > 0 ? mailTo.join(', ') : say('reports.mail-none')}</dd>
        <dt>{say('reports.mail-late')}</dt>
        <dd>{mailUnapprovedTo.length > 0 ? mailUnapprovedTo.join(', ') : say('reports.mail-late-none')}</dd>
      </dl>
      <p className="note">{say('reports.mail-note')}</p>
      {isOpen && mail.length > 0 && (
        <table className="grid-table is-plain">
          <tbody>
            {mail.map(line => (
              <tr key={`${line.to} ${line.atMs}`}>
                <td>{line.to}</td>
                <td
                  className={line.state === 'sent' ? 'tone-good' : line.state === 'refused' || line.state === 'unclear' ? 'tone-bad' : ''}
                >
                  {say(`reports.mail.${line.state}`)}
                </td>
                <td className="wrap">{line.why}</td>
                <td className="note">{momentKst(line.atMs, nowMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

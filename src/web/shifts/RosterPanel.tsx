import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { CommandButton, Panel, PanelHead } from '../ui/parts.tsx'
import { shiftCommands } from './commands.ts'
import type { DutyDay, Roster } from './model.ts'
import { toneOf, useOfficeName } from './parts.tsx'

const WEEKDAYS = { ko: ['일', '월', '화', '수', '목', '금', '토'], en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] } as const
const hours = (minute: number): string =>
  String(Math.floor(minute / 60) % 24).padStart(2, '0') + (minute % 60 ? `:${String(minute % 60).padStart(2, '0')}` : '')

/** The week of the roster: a letter a crew and day; the watch of now outlined, the next one dashed. Holidays by name. */
export function RosterPanel() {
  const app = useApp()
  const say = useSay()
  const office = useOfficeName()
  const organisation = useStore(app.shifts.organisation)
  const offices = useStore(app.shifts.offices)
  const sites = useStore(app.shifts.sites)
  const { language } = useStore(app.desk)
  const duty = useStore(app.shifts.duty)
  const week = useStore(app.shifts.week)
  const commands = shiftCommands(app)
  const find = (id: string) => commands.find(command => command.id === id)
  const roster = duty?.roster
  return (
    <Panel label={say('shifts.roster')} className="roster-panel">
      <PanelHead title={say('shifts.roster')}>
        <span className="note">{roster?.[language]}</span>
        <select
          className="input roster-panel__office push"
          aria-label={say('shifts.office')}
          value={organisation}
          onChange={event => {
            app.shifts.look(event.target.value)
            app.go({ item: event.target.value })
          }}
        >
          {offices
            .filter(one => one.id === organisation || sites.some(site => site.organisation === one.id))
            .map(one => (
              <option key={one.id} value={one.id}>
                {office(one.id)}
              </option>
            ))}
        </select>
      </PanelHead>
      {duty && !roster && <p className="hand-over__empty">{say('shifts.no-roster')}</p>}
      {duty && roster && <Week days={duty.days} roster={roster} nowId={duty.now?.watch.id} nextId={duty.next?.watch.id} />}
      {roster && (
        <div className="roster-panel__foot">
          <span>
            {roster.watches.map(watch => (
              <span key={watch.id}>
                <b className={`roster-word is-${toneOf(watch)}`}>{language === 'ko' ? watch.short : watch.shortEn}</b>{' '}
                {hours(watch.fromMinute)}–{hours(watch.toMinute)}{' '}
              </span>
            ))}
            {say('shifts.off')}
          </span>
          <span>
            <i className="roster-mark is-now" /> {say('shifts.now')} <i className="roster-mark is-next" /> {say('shifts.next')}
          </span>
        </div>
      )}
      <div className="roster-panel__acts">
        <button
          type="button"
          className="button button--icon"
          aria-label={say('shifts.week-before')}
          onClick={() => app.run(find('shifts.back')!)}
        >
          <kbd>,</kbd>
        </button>
        <button type="button" className="button" disabled={week === undefined} onClick={() => app.shifts.setWeek(undefined)}>
          {say('shifts.this-week')}
        </button>
        <button
          type="button"
          className="button button--icon"
          aria-label={say('shifts.week-after')}
          onClick={() => app.run(find('shifts.forth')!)}
        >
          <kbd>.</kbd>
        </button>
        <span className="push" />
        <CommandButton command={find('shifts.requests')} />
        <CommandButton command={find('shifts.roster')} />
      </div>
    </Panel>
  )
}

function Week({
  days,
  roster,
  nowId,
  nextId,
}: {
  days: readonly DutyDay[]
  roster: Roster
  nowId: string | undefined
  nextId: string | undefined
}) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const holidays = days.flatMap(day => (day.holiday ? [day.holiday] : []))
  return (
    <>
      <table className="roster" aria-label={say('shifts.roster')}>
        <thead>
          <tr>
            <td />
            {days.map(({ day, holiday }) => {
              const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
              return (
                <th
                  key={day}
                  scope="col"
                  title={holiday?.[language]}
                  className={holiday || weekday === 0 ? 'is-rest' : weekday === 6 ? 'is-saturday' : ''}
                >
                  {WEEKDAYS[language][weekday]}
                  <br />
                  {Number(day.slice(8))}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {roster.crews.map(crew => (
            <tr key={crew.id}>
              <th scope="row">{crew[language]}</th>
              {days.map(({ day, letters }) => {
                const letter = letters.get(crew.id) ?? ''
                const watch = roster.watches.find(one => one.short === letter)
                const id = watch && `${roster.organisation}:${day}:${watch.id}`
                const mark = id === undefined ? '' : id === nowId ? 'is-now' : id === nextId ? 'is-next' : ''
                return (
                  <td key={day}>
                    <span className={`roster__cell is-${toneOf(watch)} ${mark}`} title={watch?.[language] ?? say('shifts.off')}>
                      {language === 'ko' ? letter : (watch?.shortEn ?? '·')}
                    </span>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {holidays.length > 0 && (
        <p className="roster__holidays">
          {holidays.map(one => `${Number(one.day.slice(5, 7))}.${Number(one.day.slice(8))}. ${one[language]}`).join(' · ')}
        </p>
      )}
    </>
  )
}

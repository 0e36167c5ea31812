import { type ComponentProps, useEffect, useState } from 'react'
import { OFF_LETTERS } from '#access/duty/schema.ts'
import { useApp, useSay } from '../app.ts'
import { list } from '../live/wire.ts'
import { useStore } from '../shell/store.ts'
import { Field, Panel, PanelHead } from '../ui/parts.tsx'
import type { Crew } from './model.ts'
import { toneOf, useOfficeName } from './parts.tsx'
import { draftOf, type PatternView, preview, type RosterDraft, rosterBody, withPattern } from './roster-draft.ts'
import { people as readPeople, roster as readRoster } from './wire.ts'

const PREVIEW_DAYS = 16
const TIME = '\\d{1,2}:?\\d{2}'
const pattern = (from: unknown): PatternView => {
  const { id, ko, en, watches, cycle, isWorkdaysOnly } = readRoster(from)
  return {
    id,
    ko,
    en,
    watches,
    cycle,
    isWorkdaysOnly: isWorkdaysOnly === true,
    offsets: list(from, 'offsets').flatMap(one => (typeof one === 'number' ? [one] : [])),
  }
}
const dayOf = (ms: number): string => new Date(ms + 9 * 3_600_000).toISOString().slice(0, 10)

/** Writing a roster: pattern, hours, cycle, crews and who sits where; what comes out is shown before it is saved, and the server checks that every day is stood. */
export function RosterForm() {
  const app = useApp()
  const say = useSay()
  const office = useOfficeName()
  const organisation = useStore(app.shifts.organisation)
  const duty = useStore(app.shifts.duty)
  const { language } = useStore(app.desk)
  const [patterns, setPatterns] = useState<readonly PatternView[]>([])
  const [people, setPeople] = useState<readonly { id: string; name: string; organisation: string }[]>([])
  const [draft, setDraft] = useState<RosterDraft>()
  const [trouble, setTrouble] = useState<string>()
  useEffect(() => {
    void Promise.all([app.api.json('GET', '/api/duty/patterns'), app.api.json('GET', '/api/people')]).then(
      ([ready, all]) => {
        setPatterns(list(ready).map(pattern))
        setPeople(readPeople(all))
      },
      reason => setTrouble(reason instanceof Error ? reason.message : String(reason)),
    )
  }, [app])
  useEffect(() => {
    const [first] = patterns
    if (draft || !first) return
    const id = `roster-${crypto.randomUUID()}`
    const today = dayOf(app.now())
    const { isWorkdaysOnly: _workdays, offsets: _offsets, ...ready } = first
    const begun = draftOf(duty?.roster ?? { ...ready, organisation, crews: [], firstDay: today, fromDay: today })
    const fresh = { ...begun, id, organisation, fromDay: today }
    setDraft(duty?.roster ? fresh : withPattern(fresh, first))
  }, [app, patterns, duty, organisation, draft])
  const close = (): void => app.shifts.middle.set('sheet')
  const change = (to: Partial<RosterDraft>): void => setDraft(now => now && { ...now, ...to })
  const save = async (): Promise<void> => {
    if (!draft) return
    try {
      await app.shifts.change('PUT', `/api/duty/${encodeURIComponent(organisation)}/rosters/${draft.id}`, rosterBody(draft))
      app.toast(say('shifts.roster-saved'))
      close()
    } catch (reason) {
      setTrouble(reason instanceof Error ? reason.message : String(reason))
    }
  }
  return (
    <Panel label={say('shifts.roster-write')} region="sheet">
      <PanelHead title={say('shifts.roster-write')}>
        <span className="note">{office(organisation)}</span>
        <button type="button" className="button button--plain push" onClick={close}>
          {say('act.cancel')} <kbd>Esc</kbd>
        </button>
      </PanelHead>
      {draft && (
        <form
          className="form roster-form grow scroll"
          onSubmit={event => {
            event.preventDefault()
            void save()
          }}
        >
          <div className="form__row">
            <Field label={say('shifts.pattern')}>
              <select
                className="input"
                value={patterns.find(one => one.ko === draft.ko)?.id ?? ''}
                onChange={event => {
                  const found = patterns.find(one => one.id === event.target.value)
                  if (found) setDraft(withPattern(draft, found))
                }}
              >
                <option value="">{say('shifts.own-pattern')}</option>
                {patterns.map(one => (
                  <option key={one.id} value={one.id}>
                    {one[language]}
                  </option>
                ))}
              </select>
            </Field>
            <Field label={say('shifts.roster-name')}>
              <input
                className="input"
                value={draft.ko}
                maxLength={60}
                required
                onChange={event => change({ ko: event.target.value, en: event.target.value })}
              />
            </Field>
            <Field label={say('shifts.from-day')}>
              <input
                className="input"
                type="date"
                value={draft.fromDay}
                required
                onChange={event => change({ fromDay: event.target.value })}
              />
            </Field>
            <Field label={say('shifts.first-day')}>
              <input
                className="input"
                type="date"
                value={draft.firstDay}
                required
                onChange={event => change({ firstDay: event.target.value })}
              />
            </Field>
          </div>
          <Hours draft={draft} change={change} />
          <Field
            label={say('shifts.cycle')}
            hint={say('shifts.cycle-hint', { letters: draft.watches.map(watch => watch.short).join('·'), off: OFF_LETTERS.join('·') })}
          >
            <input
              className="input roster-form__cycle"
              value={draft.cycle}
              required
              maxLength={84}
              onChange={event => change({ cycle: event.target.value.replace(/\s/g, '') })}
            />
          </Field>
          <label className="check">
            <input
              type="checkbox"
              checked={draft.isWorkdaysOnly === true}
              onChange={event => {
                const { isWorkdaysOnly: _before, ...rest } = draft
                setDraft(event.target.checked ? { ...rest, isWorkdaysOnly: true } : rest)
              }}
            />
            {say('shifts.workdays-only')}
          </label>
          <Crews draft={draft} change={change} people={people} />
          <Preview draft={draft} />
          {trouble && <p className="form__error">{trouble}</p>}
          <div className="form__acts">
            <button type="submit" className="button is-main">
              {say('shifts.roster-save')} <kbd>Ctrl Enter</kbd>
            </button>
          </div>
        </form>
      )}
    </Panel>
  )
}

type Part = { draft: RosterDraft; change(to: Partial<RosterDraft>): void }

function Hours({ draft, change }: Part) {
  const say = useSay()
  const edit = (n: number, to: Partial<RosterDraft['watches'][number]>): void =>
    change({ watches: draft.watches.map((watch, m) => (m === n ? { ...watch, ...to } : watch)) })
  return (
    <table className="grid-table is-plain">
      <thead>
        <tr>
          <th>{say('shifts.watch')}</th>
          <th>{say('shifts.letter')}</th>
          <th>{say('shifts.begins')}</th>
          <th>{say('shifts.ends')}</th>
        </tr>
      </thead>
      <tbody>
        {draft.watches.map((watch, n) => (
          <tr key={watch.id}>
            <Cell label={say('shifts.watch')} value={watch.ko} onChange={ko => edit(n, { ko })} />
            <Cell label={say('shifts.letter')} value={watch.short} maxLength={1} onChange={short => edit(n, { short })} />
            <Cell label={say('shifts.begins')} value={watch.from} pattern={TIME} onChange={from => edit(n, { from })} />
            <Cell label={say('shifts.ends')} value={watch.to} pattern={TIME} onChange={to => edit(n, { to })} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface CellProps extends Pick<ComponentProps<'input'>, 'maxLength' | 'pattern'> {
  readonly label: string
  readonly value: string
  onChange(value: string): void
}

/** A field of a table. */
const Cell = ({ label, onChange, ...input }: CellProps) => (
  <td>
    <input className="input" aria-label={label} {...input} onChange={event => onChange(event.target.value)} />
  </td>
)

function Crews({ draft, change, people }: Part & { people: readonly { id: string; name: string; organisation: string }[] }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const edit = (n: number, to: Partial<Crew>): void =>
    change({ crews: draft.crews.map((crew, m) => (m === n ? { ...crew, ...to } : crew)) })
  const seatsOf = (crew: Crew, at: number, person: string): Crew['seats'] =>
    crew.seats.map(({ person: before, ...seat }, m) =>
      m === at ? { ...seat, ...(person ? { person } : {}) } : { ...seat, ...(before ? { person: before } : {}) },
    )
  const addSeat = (): void => {
    const n = (draft.crews[0]?.seats.length ?? 0) + 1
    change({
      crews: draft.crews.map(crew => ({
        ...crew,
        seats: [...crew.seats, { id: `seat-${n}-${crew.seats.length}`, ko: `당직 ${n - 1}`, en: `watch ${n - 1}` }],
      })),
    })
  }
  const own = people.filter(one => one.organisation === draft.organisation)
  const others = people.filter(one => one.organisation !== draft.organisation)
  return (
    <table className="grid-table is-plain roster-form__crews">
      <thead>
        <tr>
          <th>{say('shifts.crew')}</th>
          <th>{say('shifts.offset')}</th>
          {draft.crews[0]?.seats.map(seat => (
            <th key={seat.id}>{seat[language]}</th>
          ))}
          <th>
            <button type="button" className="button button--plain" onClick={addSeat}>
              {say('shifts.add-seat')}
            </button>
          </th>
        </tr>
      </thead>
      <tbody>
        {draft.crews.map((crew, n) => (
          <tr key={crew.id}>
            <Cell label={say('shifts.crew')} value={crew.ko} onChange={name => edit(n, { ko: name, en: name })} />
            <td>
              <input
                className="input"
                type="number"
                min={0}
                max={83}
                value={crew.offset}
                aria-label={say('shifts.offset')}
                onChange={event => edit(n, { offset: Number(event.target.value) })}
              />
            </td>
            {crew.seats.map((seat, m) => (
              <td key={seat.id}>
                <select
                  className="input"
                  value={seat.person ?? ''}
                  aria-label={`${crew[language]} ${seat[language]}`}
                  onChange={event => edit(n, { seats: seatsOf(crew, m, event.target.value) })}
                >
                  <option value="">{say('shifts.seat-open')}</option>
                  {[...own, ...others].map(one => (
                    <option key={one.id} value={one.id}>
                      {one.name}
                    </option>
                  ))}
                </select>
              </td>
            ))}
            <td />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Preview({ draft }: { draft: RosterDraft }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const rows = preview(draft, PREVIEW_DAYS)
  return (
    <div>
      <h3 className="note">{say('shifts.preview', { day: draft.firstDay })}</h3>
      <table className="roster is-wide">
        <tbody>
          {draft.crews.map((crew, n) => (
            <tr key={crew.id}>
              <th scope="row">{crew[language]}</th>
              {rows[n]?.map((letter, day) => (
                <td key={day}>
                  <span className={`roster__cell is-${toneOf(draft.watches.find(watch => watch.short === letter))}`}>{letter}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

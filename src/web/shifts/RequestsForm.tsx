import { useEffect, useState } from 'react'
import { LEAVE_KINDS } from '#access/duty/schema.ts'
import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { Field, Panel, PanelHead, Section, State } from '../ui/parts.tsx'
import type { DutyView, LeaveView, SwapView } from './model.ts'
import { useOfficeName } from './parts.tsx'
import { type PlacedSlot, slotsOf, slotText } from './slots.ts'

const DAYS_AHEAD = 42

/** Swaps and leave: asking for one's own, agreeing when asked, deciding as the leader. */
export function RequestsForm() {
  const app = useApp()
  const say = useSay()
  const office = useOfficeName()
  const organisation = useStore(app.shifts.organisation)
  const shown = useStore(app.shifts.duty)
  const [ahead, setAhead] = useState<DutyView>()
  useEffect(() => {
    const today = new Date(app.now() + 9 * 3_600_000).toISOString().slice(0, 10)
    void app.shifts.loadDuty(today, DAYS_AHEAD).then(
      view => setAhead(view),
      () => undefined,
    )
  }, [app, organisation, shown])
  const close = (): void => app.shifts.middle.set('sheet')
  const slots = ahead ? slotsOf(ahead, app.now()) : []
  const me = app.me.get()?.id ?? ''
  const own = slots.filter(slot => slot.person === me)
  return (
    <Panel label={say('shifts.requests')} region="sheet">
      <PanelHead title={say('shifts.requests')}>
        <span className="note">{office(organisation)}</span>
        <button type="button" className="button button--plain push" onClick={close}>
          {say('act.cancel')} <kbd>Esc</kbd>
        </button>
      </PanelHead>
      <div className="grow scroll">
        {app.may('duty.ask') && (
          <>
            {own.length === 0 ? (
              <State title={say('shifts.no-own-watch')} note={say('shifts.no-own-watch-note')} />
            ) : (
              <AskSwap own={own} others={slots.filter(slot => slot.person !== me)} />
            )}
            <AskLeave slots={slots} />
          </>
        )}
        <Section head={say('shifts.requests-open')}>
          <Requests swaps={shown?.swaps ?? []} leaves={shown?.leaves ?? []} />
        </Section>
      </div>
    </Panel>
  )
}

const failed = (app: ReturnType<typeof useApp>) => (reason: unknown) =>
  app.toast(reason instanceof Error ? reason.message : String(reason), { tone: 'bad' })

function AskSwap({ own, others }: { own: readonly PlacedSlot[]; others: readonly PlacedSlot[] }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const organisation = useStore(app.shifts.organisation)
  const [mine, setMine] = useState(0)
  const [other, setOther] = useState(0)
  const [reason, setReason] = useState('')
  const fitting = others.filter(slot => slot.person !== undefined)
  const ask = (): void => {
    const [from, to] = [own[mine], fitting[other]]
    if (!from || !to) return
    const slot = ({ day, watch, crew, seat, person }: PlacedSlot) => ({ day, watch, crew, seat, person })
    app.shifts
      .change('POST', `/api/duty/${encodeURIComponent(organisation)}/swaps`, {
        id: `swap-${crypto.randomUUID()}`,
        from: slot(from),
        to: slot(to),
        reason,
      })
      .then(() => app.toast(say('shifts.asked')), failed(app))
  }
  return (
    <Section head={say('shifts.swap')}>
      <div className="form request-form">
        <div className="form__row">
          <Field label={say('shifts.my-watch')}>
            <select className="input" value={mine} onChange={event => setMine(Number(event.target.value))}>
              {own.map((slot, n) => (
                <option key={slot.key} value={n}>
                  {slotText(slot, language)}
                </option>
              ))}
            </select>
          </Field>
          <Field label={say('shifts.their-watch')}>
            <select className="input" value={other} onChange={event => setOther(Number(event.target.value))}>
              {fitting.map((slot, n) => (
                <option key={slot.key} value={n}>
                  {slotText(slot, language)}
                </option>
              ))}
            </select>
          </Field>
        </div>
        <Field label={say('shifts.reason')}>
          <input className="input" value={reason} maxLength={300} onChange={event => setReason(event.target.value)} />
        </Field>
        <div className="form__acts">
          <button type="button" className="button is-main" disabled={fitting.length === 0} onClick={ask}>
            {say('shifts.ask-swap')}
          </button>
        </div>
      </div>
    </Section>
  )
}

function AskLeave({ slots }: { slots: readonly PlacedSlot[] }) {
  const app = useApp()
  const say = useSay()
  const organisation = useStore(app.shifts.organisation)
  const today = new Date(app.now() + 9 * 3_600_000).toISOString().slice(0, 10)
  const [leave, setLeave] = useState<{
    kind: (typeof LEAVE_KINDS)[number]
    fromDay: string
    toDay: string
    standIn: string
    reason: string
  }>({
    kind: 'annual',
    fromDay: today,
    toDay: today,
    standIn: '',
    reason: '',
  })
  const me = app.me.get()?.id
  const people = [
    ...new Map(
      slots.flatMap(slot => (slot.person === undefined || slot.person === me ? [] : [[slot.person, slot.name ?? slot.person] as const])),
    ),
  ]
  const ask = (): void => {
    const { standIn, ...body } = leave
    app.shifts
      .change('POST', `/api/duty/${encodeURIComponent(organisation)}/leaves`, {
        id: `leave-${crypto.randomUUID()}`,
        ...body,
        ...(standIn ? { standIn } : {}),
      })
      .then(() => app.toast(say('shifts.asked')), failed(app))
  }
  return (
    <Section head={say('shifts.leave')}>
      <div className="form request-form">
        <div className="form__row">
          <Field label={say('shifts.leave-kind')}>
            <select
              className="input"
              value={leave.kind}
              onChange={event => setLeave({ ...leave, kind: LEAVE_KINDS.find(one => one === event.target.value) ?? 'annual' })}
            >
              {LEAVE_KINDS.map(kind => (
                <option key={kind} value={kind}>
                  {say(`shifts.leave-kind.${kind}`)}
                </option>
              ))}
            </select>
          </Field>
          <Field label={say('shifts.from-day')}>
            <input
              className="input"
              type="date"
              value={leave.fromDay}
              onChange={event => setLeave({ ...leave, fromDay: event.target.value })}
            />
          </Field>
          <Field label={say('shifts.to-day')}>
            <input
              className="input"
              type="date"
              value={leave.toDay}
              onChange={event => setLeave({ ...leave, toDay: event.target.value })}
            />
          </Field>
          <Field label={say('shifts.stand-in')}>
            <select className="input" value={leave.standIn} onChange={event => setLeave({ ...leave, standIn: event.target.value })}>
              <option value="">{say('shifts.nobody')}</option>
              {people.map(([id, name]) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </Field>
        </div>
        <div className="form__acts">
          <button type="button" className="button is-main" onClick={ask}>
            {say('shifts.ask-leave')}
          </button>
        </div>
      </div>
    </Section>
  )
}

function Requests({ swaps, leaves }: { swaps: readonly SwapView[]; leaves: readonly LeaveView[] }) {
  const app = useApp()
  const say = useSay()
  const me = app.me.get()?.id
  if (swaps.length + leaves.length === 0) return <p className="hand-over__empty">{say('shifts.no-requests')}</p>
  const post = (path: string, body: unknown) => () => void app.shifts.change('POST', path, body).catch(failed(app))
  const act = (words: string, onClick: () => void, look = '') => (
    <button key={words} type="button" className={`button ${look}`} onClick={onClick}>
      {words}
    </button>
  )
  const decide = (kind: 'swaps' | 'leaves', id: string) => [
    act(say('shifts.approve'), post(`/api/duty/${kind}/${id}/decide`, { isApproved: true }), 'is-main'),
    act(say('shifts.refuse'), post(`/api/duty/${kind}/${id}/decide`, { isApproved: false })),
  ]
  const mayDecide = app.may('duty.decide')
  return (
    <ul className="requests">
      {swaps.map(one => (
        <li key={one.id}>
          <span>
            <b>{one.from.name ?? one.from.person}</b> {one.from.day} ↔ <b>{one.to.name ?? one.to.person}</b> {one.to.day}
            <small className="note"> {one.reason}</small>
          </span>
          <span className={`request-state is-${one.state} push`}>{say(`shifts.request.${one.state}`)}</span>
          {one.state === 'asked' &&
            one.to.person === me && [
              act(say('shifts.agree'), post(`/api/duty/swaps/${one.id}/answer`, { agrees: true }), 'is-main'),
              act(say('shifts.refuse'), post(`/api/duty/swaps/${one.id}/answer`, { agrees: false })),
            ]}
          {one.state === 'agreed' && mayDecide && one.from.person !== me && one.to.person !== me && decide('swaps', one.id)}
          {(one.state === 'asked' || one.state === 'agreed') &&
            one.from.person === me &&
            act(say('shifts.withdraw'), post(`/api/duty/requests/${one.id}/withdraw`, {}))}
        </li>
      ))}
      {leaves.map(one => (
        <li key={one.id}>
          <span>
            <b>{one.name ?? one.person}</b> {say(`shifts.leave-kind.${one.kind}`)} {one.fromDay}
            {one.toDay === one.fromDay ? '' : ` ~ ${one.toDay}`}
            <small className="note"> {one.standInName ? say('shifts.stands-in', { name: one.standInName }) : say('shifts.nobody')}</small>
          </span>
          <span className={`request-state is-${one.state} push`}>{say(`shifts.request.${one.state}`)}</span>
          {one.state === 'asked' && mayDecide && one.person !== me && decide('leaves', one.id)}
          {one.state === 'asked' && one.person === me && act(say('shifts.withdraw'), post(`/api/duty/requests/${one.id}/withdraw`, {}))}
        </li>
      ))}
    </ul>
  )
}

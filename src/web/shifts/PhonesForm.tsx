import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { Panel, PanelHead } from '../ui/parts.tsx'
import type { PhoneEntry } from './model.ts'
import { useOfficeName } from './parts.tsx'

/** The phone book, written: a changed number is to be rung again before it is marked. */
export function PhonesForm() {
  const app = useApp()
  const say = useSay()
  const office = useOfficeName()
  const organisation = useStore(app.shifts.organisation)
  const phones = useStore(app.shifts.phones)
  const [fresh, setFresh] = useState({ ko: '', number: '' })
  const [trouble, setTrouble] = useState<string>()
  const path = (id: string): string => `/api/phones/${encodeURIComponent(organisation)}/${encodeURIComponent(id)}`
  const send = async (task: Promise<unknown>): Promise<boolean> => {
    try {
      await task
      setTrouble(undefined)
      return true
    } catch (reason) {
      setTrouble(reason instanceof Error ? reason.message : String(reason))
      return false
    }
  }
  const save = (id: string, ko: string, number: string): Promise<boolean> =>
    send(app.shifts.change('PUT', path(id), { ko, en: ko, number }))
  const add = async (): Promise<void> => {
    if (await save(`phone-${crypto.randomUUID()}`, fresh.ko.trim(), fresh.number.trim())) setFresh({ ko: '', number: '' })
  }
  return (
    <Panel label={say('shifts.phones-write')} region="sheet">
      <PanelHead title={say('shifts.phones')}>
        <span className="note">{office(organisation)}</span>
        <button type="button" className="button button--plain push" onClick={() => app.shifts.middle.set('sheet')}>
          {say('act.cancel')} <kbd>Esc</kbd>
        </button>
      </PanelHead>
      <form
        className="form phones-form grow scroll"
        onSubmit={event => {
          event.preventDefault()
          void add()
        }}
      >
        <p className="note">{say('shifts.phones-rule')}</p>
        {phones.map(one => (
          <PhoneRow
            key={`${one.id}${one.number}`}
            one={one}
            save={save}
            confirm={() => void send(app.shifts.change('POST', `${path(one.id)}/confirm`))}
            remove={() => void send(app.shifts.change('DELETE', path(one.id)))}
          />
        ))}
        <div className="phones-form__row">
          <input
            className="input"
            placeholder={say('shifts.phone-name')}
            aria-label={say('shifts.phone-name')}
            value={fresh.ko}
            maxLength={60}
            required
            onChange={event => setFresh({ ...fresh, ko: event.target.value })}
          />
          <input
            className="input"
            placeholder={say('shifts.phone-number')}
            aria-label={say('shifts.phone-number')}
            value={fresh.number}
            maxLength={32}
            required
            onChange={event => setFresh({ ...fresh, number: event.target.value })}
          />
          <button type="submit" className="button is-main">
            {say('shifts.phone-add')} <kbd>Enter</kbd>
          </button>
        </div>
        {trouble && <p className="form__error">{trouble}</p>}
      </form>
    </Panel>
  )
}

function PhoneRow({
  one,
  save,
  confirm,
  remove,
}: {
  one: PhoneEntry
  save(id: string, ko: string, number: string): Promise<boolean>
  confirm(): void
  remove(): void
}) {
  const app = useApp()
  const say = useSay()
  const nowMs = app.now()
  const [number, setNumber] = useState(one.number)
  return (
    <div className="phones-form__row">
      <b>{one.ko}</b>
      <input
        className="input"
        value={number}
        maxLength={32}
        disabled={one.isOfOrganisation === true}
        aria-label={`${one.ko} ${say('shifts.phone-number')}`}
        onChange={event => setNumber(event.target.value)}
        onBlur={() => number !== one.number && void save(one.id, one.ko, number)}
      />
      {one.confirmed ? (
        <span className="tone-good">
          {say('shifts.confirmed-by', { name: one.confirmed.name, time: momentKst(one.confirmed.atMs, nowMs) })}
        </span>
      ) : (
        <button type="button" className="button" onClick={confirm}>
          {say('shifts.confirm-phone')}
        </button>
      )}
      {!one.isOfOrganisation && (
        <button type="button" className="button button--plain" onClick={remove}>
          {say('shifts.phone-remove')}
        </button>
      )}
    </div>
  )
}

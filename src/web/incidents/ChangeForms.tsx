import { useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { ddm } from '../i18n/format.ts'
import { Field } from '../ui/parts.tsx'
import { GoodsRow } from './GoodsAndPeople.tsx'
import { INCIDENT_KINDS, OUTCOMES, URGENCIES } from './kinds.ts'
import type { Full, Head, IncidentPlace } from './model.ts'
import { type At, PlaceMap } from './PlaceMap.tsx'
import { TimeField, useOffice } from './parts.tsx'
import { Sheet, subject } from './Sheet.tsx'

const FIND_AFTER_MS = 150

export function CorrectForm({ incident }: { incident: Full }) {
  const app = useApp()
  const say = useSay()
  const [text, setText] = useState(incident.text)
  const [kind, setKind] = useState(incident.kind)
  const [urgency, setUrgency] = useState(incident.urgency)
  const [label, setLabel] = useState(incident.place?.label ?? '')
  const [at, setAt] = useState(() => atOf(incident.place))
  const [occurredAtMs, setOccurredAtMs] = useState(incident.occurredAtMs)
  const [goods, setGoods] = useState(incident.goods)
  const [reason, setReason] = useState('')
  const was = atOf(incident.place)
  const isMoved = label !== (incident.place?.label ?? '') || at?.lat !== was?.lat || at?.lon !== was?.lon
  return (
    <Sheet
      title={say('incidents.correct')}
      note={say('incidents.correct-note')}
      act={say('incidents.correct')}
      onDo={() =>
        app.incidents.deed(incident.id, 'corrections', {
          reason,
          ...(text === incident.text ? {} : { text }),
          ...(kind === incident.kind ? {} : { kind }),
          ...(urgency === incident.urgency ? {} : { urgency }),
          ...(isMoved ? { place: { ...incident.place, label, ...at } } : {}),
          ...(occurredAtMs === incident.occurredAtMs ? {} : { occurredAt: new Date(occurredAtMs).toISOString() }),
          ...(JSON.stringify(goods) === JSON.stringify(incident.goods) ? {} : { goods }),
        })
      }
    >
      <Field label={say('incidents.what-where')}>
        <textarea className="input" rows={4} required value={text} onChange={event => setText(event.target.value)} />
      </Field>
      <div className="form__row">
        <Field label={say('incidents.kind')}>
          <select
            className="input"
            value={kind}
            onChange={event => setKind(INCIDENT_KINDS.find(one => one === event.target.value) ?? kind)}
          >
            {INCIDENT_KINDS.map(one => (
              <option key={one} value={one}>
                {say(`incidents.kind.${one}`)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={say('incidents.urgency')}>
          <select
            className="input"
            value={urgency}
            onChange={event => setUrgency(URGENCIES.find(one => String(one) === event.target.value) ?? urgency)}
          >
            {URGENCIES.map(one => (
              <option key={one} value={one}>
                {say(`incidents.urgency.${one}`)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={say('incidents.place')}>
          <input className="input" value={label} onChange={event => setLabel(event.target.value)} />
        </Field>
      </div>
      <div className="correct-place">
        <PlaceMap place={at} onPick={setAt} />
        <div>
          <Field label={say('incidents.when')}>
            <TimeField atMs={occurredAtMs} label={say('incidents.when')} onChange={setOccurredAtMs} />
          </Field>
          <span className="note">{at ? ddm(at.lat, at.lon) : say('incidents.no-position')}</span>
        </div>
      </div>
      <div className="field">
        <span>{say('incidents.goods')}</span>
        {goods.map((one, i) => (
          <GoodsRow
            key={i}
            goods={one}
            onChange={next => setGoods(goods.map((other, at) => (at === i ? next : other)))}
            onRemove={() => setGoods(goods.filter((_, at) => at !== i))}
          />
        ))}
        <button type="button" className="link-button" onClick={() => setGoods([...goods, { type: 'smuggled', name: '' }])}>
          {say('incidents.add-goods')} +
        </button>
      </div>
      <Field label={say('incidents.reason')}>
        <input className="input" maxLength={2000} value={reason} onChange={event => setReason(event.target.value)} />
      </Field>
    </Sheet>
  )
}

const atOf = (place: IncidentPlace | undefined): At | undefined =>
  place?.lat === undefined || place.lon === undefined ? undefined : { lat: place.lat, lon: place.lon }

export function JoinForm({ incident }: { incident: Full }) {
  const app = useApp()
  const say = useSay()
  const office = useOffice()
  const [how, setHow] = useState<'relate' | 'merge'>('relate')
  const [other, setOther] = useState('')
  const [words, setWords] = useState('')
  const [found, setFound] = useState<readonly Head[]>([])
  // Asked of the server: the other one may lie far back, or be hidden by the list's filter.
  useEffect(() => {
    let isCurrent = true
    const timer = setTimeout(
      () => {
        app.incidents.find(words.trim()).then(
          list => isCurrent && setFound(list),
          () => isCurrent && setFound([]),
        )
      },
      words === '' ? 0 : FIND_AFTER_MS,
    )
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [app, words])
  const list = found.filter(head => head.id !== incident.id && !head.mergedInto)
  return (
    <Sheet
      title={say('incidents.join')}
      note={subject(incident)}
      act={say(how === 'merge' ? 'incidents.merge' : 'incidents.relate')}
      onDo={() => {
        if (other === '') return undefined
        return app.incidents.deed(incident.id, how, { other }).then(() => {
          if (how === 'merge') app.go({ item: other })
        })
      }}
    >
      <div className="choices">
        {(['relate', 'merge'] as const).map(one => (
          <label key={one} className={`choice ${one === how ? 'is-on' : ''}`}>
            <input type="radio" name="how" checked={one === how} onChange={() => setHow(one)} />
            {say(`incidents.${one}-long`)}
          </label>
        ))}
      </div>
      <Field label={say('incidents.which-other')}>
        <input className="input" autoFocus value={words} onChange={event => setWords(event.target.value)} />
      </Field>
      <div className="join-list" role="radiogroup" aria-label={say('incidents.which-other')}>
        {list.map(head => (
          <label key={head.id} className={`choice ${head.id === other ? 'is-on' : ''}`}>
            <input type="radio" name="other" checked={head.id === other} onChange={() => setOther(head.id)} />
            <span>
              <b>{head.title}</b> <small className="note">{head.number}</small>{' '}
              <small className="note">{office(head.organisation, true)}</small>
            </span>
          </label>
        ))}
      </div>
    </Sheet>
  )
}

export function StateForm({ incident }: { incident: Full }) {
  const app = useApp()
  const say = useSay()
  const isReopening = incident.state === 'closed'
  const [outcome, setOutcome] = useState<string>(incident.goods.length > 0 ? 'seized' : 'nothing')
  const [note, setNote] = useState('')
  return (
    <Sheet
      title={say(isReopening ? 'incidents.reopen' : 'incidents.close')}
      note={subject(incident)}
      act={say(isReopening ? 'incidents.reopen' : 'incidents.close')}
      onDo={() => app.incidents.deed(incident.id, 'state', isReopening ? { to: 'in-hand', note } : { to: 'closed', note, outcome })}
    >
      {!isReopening && (
        <div className="choices">
          {OUTCOMES.map(one => (
            <label key={one} className={`choice ${one === outcome ? 'is-on' : ''}`}>
              <input type="radio" name="outcome" checked={one === outcome} onChange={() => setOutcome(one)} />
              {say(`incidents.outcome.${one}`)}
            </label>
          ))}
        </div>
      )}
      <Field label={say(isReopening ? 'incidents.reason' : 'incidents.closing-note')}>
        <textarea className="input" required={isReopening} value={note} onChange={event => setNote(event.target.value)} />
      </Field>
    </Sheet>
  )
}

export function ReportTextForm({ incident }: { incident: Full }) {
  const app = useApp()
  const say = useSay()
  const [text, setText] = useState(incident.dailyReportText ?? incident.text)
  useEffect(() => setText(incident.dailyReportText ?? incident.text), [incident.id])
  return (
    <Sheet
      title={say('incidents.report-text')}
      note={subject(incident)}
      act={say('act.save')}
      onDo={() => app.incidents.deed(incident.id, 'daily-report', { isIn: true, ...(text === incident.text ? {} : { text }) })}
    >
      <Field label={say('incidents.report-text-label')} hint={say('incidents.report-text-hint')}>
        <textarea className="input" rows={5} value={text} onChange={event => setText(event.target.value)} />
      </Field>
    </Sheet>
  )
}

import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { momentKst, nextTimeKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { Field } from '../ui/parts.tsx'
import type { Full } from './model.ts'
import { useOffice, usePost } from './parts.tsx'
import { Sheet, subject } from './Sheet.tsx'

const POSTS = ['watch-officer', 'watch-leader', 'field-officer', 'risk-analyst', 'investigator', 'report-editor', 'director'] as const
const DUE_MINUTES = [30, 60, 120, 240, 480] as const

export function OrderForm({ incident }: { incident: Full }) {
  const app = useApp()
  const say = useSay()
  const office = useOffice()
  const postName = usePost()
  const offices = useStore(app.incidents.offices)
  const [text, setText] = useState('')
  const [organisation, setOrganisation] = useState(incident.organisation)
  const [post, setPost] = useState('')
  const [minutes, setMinutes] = useState<number | undefined>(60)
  const [clock, setClock] = useState('09:00')
  const dueMs = minutes === undefined ? nextTimeKst(clock, app.now()) : app.now() + minutes * 60_000
  return (
    <Sheet
      title={say('incidents.order')}
      note={subject(incident)}
      act={say('incidents.give-order')}
      onDo={() =>
        app.incidents.deed(incident.id, 'orders', {
          text,
          to: { organisation, ...(post === '' ? {} : { post }) },
          due: new Date(dueMs).toISOString(),
        })
      }
    >
      <Field label={say('incidents.order-what')}>
        <textarea className="input" required maxLength={2000} value={text} onChange={event => setText(event.target.value)} />
      </Field>
      <div className="form__row">
        <Field label={say('incidents.to')}>
          <select className="input" value={organisation} onChange={event => setOrganisation(event.target.value)}>
            {offices.map(one => (
              <option key={one.id} value={one.id}>
                {office(one.id)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={say('incidents.post')}>
          <select className="input" value={post} onChange={event => setPost(event.target.value)}>
            <option value="">{say('incidents.any-post')}</option>
            {POSTS.map(one => (
              <option key={one} value={one}>
                {postName(one)}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <fieldset className="field incident-due">
        <legend>{say('incidents.due')}</legend>
        <div className="choices">
          {DUE_MINUTES.map(one => (
            <label key={one} className={`choice ${one === minutes ? 'is-on' : ''}`}>
              <input type="radio" name="due" checked={one === minutes} onChange={() => setMinutes(one)} />
              {momentKst(app.now() + one * 60_000, app.now())} (
              {say(one < 60 ? 'incidents.in-minutes' : 'incidents.in-hours', { n: one < 60 ? one : one / 60 })})
            </label>
          ))}
          <label className={`choice ${minutes === undefined ? 'is-on' : ''}`}>
            <input type="radio" name="due" checked={minutes === undefined} onChange={() => setMinutes(undefined)} />
            <input
              className="input incident-due__time"
              type="time"
              required
              aria-label={say('incidents.due-at')}
              value={clock}
              onFocus={() => setMinutes(undefined)}
              onChange={event => setClock(event.target.value)}
            />
            {minutes === undefined && momentKst(dueMs, app.now())}
          </label>
        </div>
      </fieldset>
    </Sheet>
  )
}

export function CarryForm({ form, id }: { form: 'order-done' | 'order-recall'; id: string }) {
  const app = useApp()
  const say = useSay()
  const order =
    useStore(app.incidents.open)?.full?.orders.find(one => one.id === id) ?? useStore(app.incidents.orders).find(one => one.id === id)
  const [text, setText] = useState('')
  if (!order) return null
  return (
    <Sheet
      title={say(`incidents.deed.${form}`)}
      note={order.text}
      act={say(form === 'order-done' ? 'incidents.order-done' : 'incidents.recall')}
      onDo={() => app.incidents.orderDeed(order, form === 'order-done' ? 'done' : 'recall', text)}
    >
      <Field label={say(form === 'order-done' ? 'incidents.what-was-done' : 'incidents.reason')}>
        <textarea
          className="input"
          required={form === 'order-recall'}
          maxLength={2000}
          value={text}
          onChange={event => setText(event.target.value)}
        />
      </Field>
    </Sheet>
  )
}

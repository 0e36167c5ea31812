import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { field } from '../live/wire.ts'
import { useStore } from '../shell/store.ts'
import { Field, Panel, PanelHead } from '../ui/parts.tsx'
import { type EffectView, effect, type House, type OrganisationView, request } from './admin-model.ts'

/** An organisation: names, what it stands under, confirming, closing, a new one below it; and registering a person there. */
export function OrganisationPanel({ house, one, changed }: { house: House; one: OrganisationView; changed: () => void }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const [ko, setKo] = useState(one.ko)
  const [en, setEn] = useState(one.en)
  const [parent, setParent] = useState(one.parent ?? '')
  const [reason, setReason] = useState('')
  const [isNew, setNew] = useState(false)
  const [id, setId] = useState('')
  const [moved, setMoved] = useState<readonly EffectView[]>()
  const ask = async (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<void> => {
    try {
      const asked = field(await app.api.json(method, path, body), 'request')
      if (asked !== undefined) {
        const { state, number } = request(asked)
        app.toast(say(state === 'done' ? 'admin.done-alone' : 'admin.asked', { n: number }))
      }
      setReason('')
      changed()
    } catch (error) {
      app.toast(error instanceof Error ? error.message : String(error), { tone: 'bad' })
    }
  }
  const move = (to: string): void => {
    setParent(to)
    setMoved(undefined)
    if (to === one.parent || !app.may('people.change')) return
    void app.api.json('POST', '/api/rights/effect', { move: { organisation: one.id, parent: to } }).then(
      answer => setMoved(effect(answer)),
      () => setMoved(undefined),
    )
  }
  const words = { ...(ko === one.ko ? {} : { ko }), ...(en === one.en ? {} : { en }), ...(parent === (one.parent ?? '') ? {} : { parent }) }
  const may = app.may('organisations.change')
  const path = `/api/organisations/${encodeURIComponent(one.id)}`
  const why = { reason: reason.trim() }
  return (
    <Panel label={one[language]} region="organisation">
      <PanelHead title={one[language]}>
        <span className="code">{one.id}</span>
        {one.isExample && <span className="mark">{say('admin.example')}</span>}
        {may && (
          <button type="button" className="button push" aria-pressed={isNew} onClick={() => setNew(!isNew)}>
            {say('admin.add-below')}
          </button>
        )}
      </PanelHead>
      {may && (
        <div className="admin__form">
          {isNew && (
            <Field label={say('admin.id')}>
              <input className="input" value={id} placeholder="busan-north" onChange={event => setId(event.target.value)} />
            </Field>
          )}
          <Field label={say('admin.name-ko')}>
            <input className="input" value={ko} onChange={event => setKo(event.target.value)} />
          </Field>
          <Field label={say('admin.name-en')}>
            <input className="input" value={en} onChange={event => setEn(event.target.value)} />
          </Field>
          {!isNew && one.parent !== undefined && (
            <Field label={say('admin.under')}>
              <select className="input" value={parent} onChange={event => move(event.target.value)}>
                {house.organisations
                  .filter(other => !other.isClosed && other.id !== one.id)
                  .map(other => (
                    <option key={other.id} value={other.id}>
                      {other[language]}
                    </option>
                  ))}
              </select>
            </Field>
          )}
          <Field label={say('admin.reason')}>
            <input className="input" value={reason} onChange={event => setReason(event.target.value)} />
          </Field>
          {isNew ? (
            <button
              type="button"
              className="button is-main"
              disabled={id === ''}
              onClick={() => void ask('POST', '/api/organisations', { id, kind: 'monitoring-centre', parent: one.id, ko, en, ...why })}
            >
              {say('admin.ask')}
            </button>
          ) : (
            <>
              <button
                type="button"
                className="button is-main"
                disabled={Object.keys(words).length === 0}
                onClick={() => void ask('PUT', path, { ...words, ...why })}
              >
                {say('admin.ask')}
              </button>
              {one.isExample && (
                <button type="button" className="button" onClick={() => void ask('PUT', path, { isExample: false, ...why })}>
                  {say('admin.confirm')}
                </button>
              )}
              {one.parent !== undefined && (
                <button type="button" className="button" onClick={() => void ask('DELETE', `${path}?${new URLSearchParams(why)}`)}>
                  {say('admin.close')}
                </button>
              )}
            </>
          )}
          <span className="note">{say('admin.two-needed')}</span>
        </div>
      )}
      {moved && (
        <p className="section">
          {say('admin.move-touches', {
            n: moved.length,
            names: moved
              .slice(0, 8)
              .map(who => who.name)
              .join(', '),
          })}
        </p>
      )}
      {app.may('people.change') && <AddPerson organisation={one.id} ask={ask} />}
    </Panel>
  )
}

/** A machine and a wall screen enter by keys, made where they are looked at. */
const KINDS = ['person', 'machine', 'screen'] as const

function AddPerson({ organisation, ask }: { organisation: string; ask: (method: 'POST', path: string, body: unknown) => Promise<void> }) {
  const say = useSay()
  const [loginName, setLogin] = useState('')
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const [kind, setKind] = useState<(typeof KINDS)[number]>('person')
  return (
    <form
      className="admin__form"
      onSubmit={event => {
        event.preventDefault()
        void ask('POST', '/api/people', { loginName, name, organisation, kind, ...(phone ? { phone } : {}) }).then(() => {
          setLogin('')
          setName('')
          setPhone('')
          setKind('person')
        })
      }}
    >
      <Field label={say('admin.login')}>
        <input className="input" value={loginName} autoComplete="off" onChange={event => setLogin(event.target.value)} />
      </Field>
      <Field label={say('admin.name')}>
        <input className="input" value={name} autoComplete="off" onChange={event => setName(event.target.value)} />
      </Field>
      <Field label={say('admin.phone')}>
        <input className="input" value={phone} autoComplete="off" onChange={event => setPhone(event.target.value)} />
      </Field>
      <Field label={say('admin.kind')}>
        <select className="input" value={kind} onChange={event => setKind(KINDS.find(one => one === event.target.value) ?? 'person')}>
          {KINDS.map(one => (
            <option key={one} value={one}>
              {say(`person-kind.${one}`)}
            </option>
          ))}
        </select>
      </Field>
      <button type="submit" className="button" disabled={loginName === '' || name === ''}>
        {say('admin.add-person')}
      </button>
    </form>
  )
}

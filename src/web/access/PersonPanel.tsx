import { useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { dateTimeKst } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { field } from '../live/wire.ts'
import { useStore } from '../shell/store.ts'
import { Field, Panel } from '../ui/parts.tsx'
import {
  dayKst as day,
  details,
  type EffectView,
  effect,
  type House,
  isForAll,
  type PersonDetails,
  type PersonView,
  request,
} from './admin-model.ts'
import { Leaving } from './Leaving.tsx'

const DAY_MS = 86_400_000
const KST_MS = 9 * 3_600_000

type Form = 'give' | 'lend' | 'leave' | undefined

/** What ends at midnight counts its last day whole; what ends within a day says when. */
const lastDay = (untilMs: number): string => ((untilMs + KST_MS) % DAY_MS === 0 ? day(untilMs - 1) : dateTimeKst(untilMs).slice(0, -3))

/** A person: posts with their dates, what was lent; giving, lending and ending posts, each with its effect before it is asked for. */
export function PersonPanel({ house, person, changed }: { house: House; person: PersonView; changed: () => void }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const [known, setKnown] = useState<PersonDetails>()
  const [form, setForm] = useState<Form>()
  const [ending, setEnding] = useState<number>()
  const nameOf = (id: string): string => house.organisations.find(one => one.id === id)?.[language] ?? id
  const load = (): void => {
    if (!app.may('people.details')) return
    void app.api.json('GET', `/api/people/${person.id}`).then(
      answer => setKnown(details(answer)),
      () => setKnown(undefined),
    )
  }
  useEffect(load, [person])
  const nowMs = app.now()
  const post = async (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<void> => {
    try {
      const asked = field(await app.api.json(method, path, body), 'request')
      if (asked !== undefined) {
        const { state, number } = request(asked)
        app.toast(say(state === 'done' ? 'admin.done-alone' : 'admin.asked', { n: number }))
      }
      setForm(undefined)
      setEnding(undefined)
      changed()
      load()
    } catch (error) {
      app.toast(error instanceof Error ? error.message : String(error), { tone: 'bad' })
    }
  }
  /** The sealed account changes by sealing alone; who has left, by nothing. */
  const isOurs = !person.hasLeft && person.kind !== 'break-glass'
  const held = known?.held ?? person.posts.map((one, n) => ({ ...one, id: -n, fromMs: 0, untilMs: undefined }))
  return (
    <Panel label={person.name} region="person">
      <div className="panel__head">
        <h2>{person.name}</h2>
        {person.hasLeft && <span className="mark">{say('admin.left')}</span>}
        <span className="note">
          {nameOf(person.organisation)}
          {known?.loginName && ` · ${known.loginName}`}
          {known?.phone && ` · ${known.phone}`}
          {known?.email && ` · ${known.email}`}
        </span>
        <span className="push" style={{ display: 'flex', gap: 6 }}>
          {isOurs && app.may('rights.change') && (
            <button
              type="button"
              className="button"
              aria-pressed={form === 'give'}
              onClick={() => setForm(form === 'give' ? undefined : 'give')}
            >
              {say('admin.give')}
            </button>
          )}
          {isOurs && person.kind === 'person' && app.may('rights.delegate') && (
            <button
              type="button"
              className="button"
              aria-pressed={form === 'lend'}
              onClick={() => setForm(form === 'lend' ? undefined : 'lend')}
            >
              {say('admin.lend')}
            </button>
          )}
          {isOurs && app.may('people.change') && (
            <>
              <button
                type="button"
                className="button"
                onClick={() => void post('PUT', `/api/people/${person.id}`, { isActive: !person.isActive })}
              >
                {say(person.isActive ? 'admin.lock' : 'admin.unlock')}
              </button>
              <button
                type="button"
                className="button"
                aria-pressed={form === 'leave'}
                onClick={() => setForm(form === 'leave' ? undefined : 'leave')}
              >
                {say('admin.leave')}
              </button>
            </>
          )}
        </span>
      </div>
      {held.length === 0 && <p className="note section">{say('admin.no-posts')}</p>}
      {held.map(one => {
        const isOver = one.untilMs !== undefined && one.untilMs <= nowMs
        const isLater = one.fromMs > nowMs
        return (
          <div key={one.id} className="held">
            <b>{wordFor(say, 'post', one.post)}</b>
            <span>{nameOf(one.organisation)}</span>
            <span className="note">
              {one.fromMs > 0 ? day(one.fromMs) : ''} ~ {one.untilMs === undefined ? '' : lastDay(one.untilMs)}
            </span>
            <span>
              <span className={`mark ${isOver ? '' : isLater ? 'is-warn' : 'is-good'}`}>
                {say(isOver ? 'admin.over' : isLater ? 'admin.later' : 'admin.now')}
              </span>{' '}
              {!isOver && known && app.may('rights.change') && (
                <button type="button" className="button button--plain" onClick={() => setEnding(ending === one.id ? undefined : one.id)}>
                  {say('admin.end')}
                </button>
              )}
            </span>
          </div>
        )
      })}
      {known?.loans.map(one => (
        <div key={`loan-${one.id}`} className="held">
          <b>
            {wordFor(say, 'post', one.post)} <span className="note">{say('admin.lent')}</span>
          </b>
          <span>
            {nameOf(one.organisation)} · {one.giver} → {one.taker} · {one.reason}
          </span>
          <span className="note">
            {day(one.fromMs)} ~ {lastDay(one.untilMs)}
          </span>
          {one.untilMs > nowMs ? (
            <button type="button" className="button button--plain" onClick={() => void post('DELETE', `/api/delegations/${one.id}`)}>
              {say('admin.end')}
            </button>
          ) : (
            <span className="mark">{say('admin.over')}</span>
          )}
        </div>
      ))}
      {ending !== undefined && (
        <Ask
          key={`end-${ending}`}
          effectBody={{ end: { post: ending } }}
          ask={reason => void post('DELETE', `/api/people/${person.id}/posts/${ending}?${new URLSearchParams({ reason })}`)}
          house={house}
        />
      )}
      {(form === 'leave' || person.hasLeft) && <Leaving person={person} isErased={known?.isErased === true} post={post} />}
      {form && form !== 'leave' && <PostForm key={form} form={form} house={house} person={person} post={post} />}
    </Panel>
  )
}

function PostForm({
  form,
  house,
  person,
  post,
}: {
  form: 'give' | 'lend'
  house: House
  person: PersonView
  post: (method: 'POST', path: string, body: unknown) => Promise<void>
}) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const [name, setName] = useState(form === 'lend' ? (person.posts[0]?.post ?? '') : 'watch-officer')
  const [place, setPlace] = useState(form === 'lend' ? (person.posts[0]?.organisation ?? person.organisation) : person.organisation)
  const [from, setFrom] = useState(day(app.now()))
  const [until, setUntil] = useState('')
  const [taker, setTaker] = useState('')
  const startOf = (text: string, days = 0): string => new Date(Date.parse(`${text}T00:00:00+09:00`) + days * 86_400_000).toISOString()
  // The last day counts whole.
  const span = { ...(from && from > day(app.now()) ? { from: startOf(from) } : {}), ...(until ? { until: startOf(until, 1) } : {}) }
  const what = { post: name, organisation: place, ...span }
  const isReady = form === 'give' ? true : taker !== '' && until !== ''
  return (
    <>
      <div className="admin__form">
        <Field label={say('admin.post')}>
          <select className="input" value={name} onChange={event => setName(event.target.value)}>
            {house.posts
              .filter(one => form === 'give' || person.posts.some(own => own.post === one.post))
              .map(one => (
                <option key={one.post} value={one.post}>
                  {one[language]}
                </option>
              ))}
          </select>
        </Field>
        <Field label={say('admin.place')}>
          <select className="input" value={place} onChange={event => setPlace(event.target.value)}>
            {house.organisations
              .filter(one => !one.isClosed)
              .map(one => (
                <option key={one.id} value={one.id}>
                  {one[language]}
                </option>
              ))}
          </select>
        </Field>
        <Field label={say('admin.from')}>
          <input className="input" type="date" value={from} onChange={event => setFrom(event.target.value)} />
        </Field>
        <Field label={say('admin.until')}>
          <input className="input" type="date" value={until} onChange={event => setUntil(event.target.value)} />
        </Field>
        {form === 'lend' && (
          <Field label={say('admin.taker')}>
            <select className="input" value={taker} onChange={event => setTaker(event.target.value)}>
              <option value="">{say('admin.choose-taker')}</option>
              {house.people
                .filter(one => one.isActive && one.id !== person.id && one.kind === 'person')
                .map(one => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
            </select>
          </Field>
        )}
      </div>
      {isReady && (
        <Ask
          key={JSON.stringify([what, taker])}
          effectBody={form === 'give' ? { give: { person: person.id, ...what } } : { lend: { giver: person.id, taker, ...what } }}
          ask={reason =>
            void post('POST', form === 'give' ? `/api/people/${person.id}/posts` : '/api/delegations', {
              ...what,
              reason,
              ...(form === 'give' ? {} : { giver: person.id, taker }),
            })
          }
          house={house}
        />
      )}
    </>
  )
}

/** What the change would do to whom, then the reason and the button that asks. */
function Ask({ effectBody, ask, house }: { effectBody: unknown; ask: (reason: string) => void; house: House }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const [changes, setChanges] = useState<readonly EffectView[]>()
  const [reason, setReason] = useState('')
  useEffect(() => {
    if (!app.may('people.change')) return
    void app.api.json('POST', '/api/rights/effect', effectBody).then(
      answer => setChanges(effect(answer)),
      () => setChanges(undefined),
    )
  }, [])
  const deedOf = (deed: string) => house.deeds.find(one => one.deed === deed)
  const deedName = (deed: string): string => deedOf(deed)?.[language] ?? deed
  const isTelling = ({ deed }: { readonly deed: string }): boolean => {
    const known = deedOf(deed)
    return known === undefined || !isForAll(house, known)
  }
  /** What this post brings before what every post brings. */
  const telling = (deeds: EffectView['deeds']): EffectView['deeds'] =>
    [...deeds].sort((a, b) => Number(isTelling(b)) - Number(isTelling(a)))
  return (
    <div className="section">
      <b>{say('admin.effect')}</b> {changes?.length === 0 && <span className="note">{say('admin.effect-none')}</span>}
      {changes?.slice(0, 5).map(one => (
        <div key={one.id}>
          <b>{one.name}</b>{' '}
          {telling(one.deeds)
            .slice(0, 10)
            .map(({ deed, gains, isSecond }) => (
              <span key={deed} className={`mark ${gains ? 'is-warn' : ''}`} style={{ marginRight: 4 }}>
                {gains ? '+' : '−'} {deedName(deed)}
                {gains && isSecond ? ` (${say('reach.two')})` : ''}
              </span>
            ))}
          {one.deeds.length > 10 && <span className="note">{say('admin.more-deeds', { n: one.deeds.length - 10 })}</span>}
        </div>
      ))}
      <div className="inbox__acts">
        <input
          className="input"
          style={{ width: 260 }}
          placeholder={say('admin.reason')}
          aria-label={say('admin.reason')}
          value={reason}
          onChange={event => setReason(event.target.value)}
        />
        <button type="button" className="button is-main" disabled={reason.trim().length < 2} onClick={() => ask(reason.trim())}>
          {say('admin.ask')}
        </button>
        <span className="note">{say('admin.two-needed')}</span>
      </div>
    </div>
  )
}

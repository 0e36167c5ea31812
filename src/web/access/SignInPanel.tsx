import { type ReactNode, useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { field, list, present, text, time } from '../live/wire.ts'
import { SessionsPanel } from '../sign-in/SessionsPanel.tsx'
import { Panel, PanelHead } from '../ui/parts.tsx'
import { type PersonView, request } from './admin-model.ts'
import { ReasonLine } from './ReasonLine.tsx'
import { SealedPanel } from './SealedPanel.tsx'
import '../sign-in/account.css'

/** How somebody else signs in: a link to begin with or begin anew, their second factors, their sessions; a machine's and a wall screen's keys. */
export function SignInPanel({ person }: { person: PersonView }) {
  const app = useApp()
  const say = useSay()
  const [areSessionsShown, showSessions] = useState(false)
  const hasKeys = person.kind === 'machine' || person.kind === 'screen'
  const isSealed = person.kind === 'break-glass'
  return (
    <>
      {hasKeys && app.may('keys.look') && <Keys person={person} />}
      {isSealed && app.may('break-glass.look') && <SealedPanel />}
      {!hasKeys && !isSealed && app.may('people.let-in') && <Entering person={person} />}
      {app.may('sessions.look') &&
        (areSessionsShown ? (
          <SessionsPanel path={`/api/people/${encodeURIComponent(person.id)}/sessions`} mayEnd={app.may('sessions.end')} />
        ) : (
          // Every look at where a colleague is signed in stands in the trail, so it is asked for.
          <button type="button" className="button" onClick={() => showSessions(true)}>
            {say('access-sign-in.show-sessions', { name: person.name })}
          </button>
        ))}
    </>
  )
}

function Entering({ person }: { person: PersonView }) {
  const app = useApp()
  const say = useSay()
  const [link, setLink] = useState<string>()
  const [isResetting, setResetting] = useState(false)
  const [reason, setReason] = useState('')
  const path = `/api/people/${encodeURIComponent(person.id)}`
  const tried = (deed: () => Promise<void>): void =>
    void deed().catch(error => app.toast(error instanceof Error ? error.message : String(error), { tone: 'bad' }))
  return (
    <Panel label={say('access-sign-in.title')} region="entering">
      <PanelHead title={say('access-sign-in.title')}>
        <span className="push admin__acts">
          <button
            type="button"
            className="button"
            onClick={() =>
              tried(async () => {
                const url = text(await app.api.json('POST', `${path}/link`), 'url') ?? ''
                setLink(url.startsWith('#') ? `${location.origin}/${url}` : url)
              })
            }
          >
            {say('access-sign-in.link')}
          </button>
          {app.may('factors.reset') && (
            <button type="button" className="button" aria-expanded={isResetting} onClick={() => setResetting(!isResetting)}>
              {say('access-sign-in.reset')}
            </button>
          )}
        </span>
      </PanelHead>
      {link === undefined ? (
        <p className="note account__body">{say('access-sign-in.link-what')}</p>
      ) : (
        <Once value={link} note={say('access-sign-in.link-note', { name: person.name })} />
      )}
      {isResetting && (
        <form
          className="account__body"
          onSubmit={event => {
            event.preventDefault()
            tried(async () => {
              const asked = field(await app.api.json('POST', `${path}/reset-factors`, { reason: reason.trim() }), 'request')
              app.toast(
                asked === undefined || request(asked).state === 'done'
                  ? say('access-sign-in.reset-done', { name: person.name })
                  : say('admin.asked', { n: request(asked).number }),
              )
              setResetting(false)
              setReason('')
            })
          }}
        >
          <p className="note">{say('access-sign-in.reset-note')}</p>
          <div className="inbox__acts">
            <ReasonLine value={reason} onChange={setReason} autoFocus />
            <button type="submit" className="button is-grave" disabled={reason.trim().length < 2}>
              {say('admin.ask')}
            </button>
            <span className="note">{say('admin.two-needed')}</span>
          </div>
        </form>
      )}
    </Panel>
  )
}

interface KeyView {
  readonly id: string
  readonly name: string
  readonly rights: string
  readonly createdAtMs: number
  readonly usedAtMs?: number
  readonly endsAtMs?: number
  readonly isOver: boolean
}
const keys = (from: unknown): readonly KeyView[] =>
  list(from).map(one => ({
    id: text(one, 'id') ?? '',
    name: text(one, 'name') ?? '',
    rights: list(one, 'rights').join(', '),
    createdAtMs: time(one, 'createdAt') ?? 0,
    isOver: field(one, 'endedAt') !== undefined,
    ...present({ usedAtMs: time(one, 'usedAt'), endsAtMs: time(one, 'endsAt') }),
  }))

/** A key is shown once, when it is made; afterwards only that it is there and when it was used last. */
function Keys({ person }: { person: PersonView }) {
  const app = useApp()
  const say = useSay()
  const isScreen = person.kind === 'screen'
  const path = `/api/people/${encodeURIComponent(person.id)}/keys`
  const [there, setThere] = useState<readonly KeyView[]>([])
  const [fresh, setFresh] = useState<string>()
  const [name, setName] = useState('')
  const [right, setRight] = useState('read')
  const load = (): void =>
    void app.api.json('GET', path).then(
      answer => setThere(keys(answer)),
      () => setThere([]),
    )
  useEffect(load, [path])
  const tried = (deed: () => Promise<void>): void =>
    void deed()
      .then(load)
      .catch(error => app.toast(error instanceof Error ? error.message : String(error), { tone: 'bad' }))
  return (
    <Panel label={say('access-sign-in.keys')} region="keys">
      <PanelHead title={say('access-sign-in.keys')}>
        <span className="note">{say(isScreen ? 'access-sign-in.keys-screen' : 'access-sign-in.keys-machine')}</span>
      </PanelHead>
      {there
        .filter(one => !one.isOver)
        .map(one => (
          <div key={one.id} className="account__row">
            <div>
              <b>{one.name}</b> <span className="mark">{one.rights}</span>
            </div>
            <div className="note">
              {say('account.registered', { at: momentKst(one.createdAtMs, app.now()) })}
              <br />
              {one.usedAtMs === undefined ? say('account.never-used') : say('account.used', { at: momentKst(one.usedAtMs, app.now()) })}
            </div>
            {app.may('keys.change') && (
              <button
                type="button"
                className="button"
                onClick={() => tried(async () => void (await app.api.json('DELETE', `${path}/${encodeURIComponent(one.id)}`)))}
              >
                {say('access-sign-in.key-end')}
              </button>
            )}
          </div>
        ))}
      {fresh !== undefined && (
        <Once
          value={isScreen ? `${location.origin}/?wall=1#wall=${fresh}` : fresh}
          note={say(isScreen ? 'access-sign-in.key-screen-note' : 'access-sign-in.key-note')}
        />
      )}
      {app.may('keys.change') && (
        <form
          className="account__body inbox__acts"
          onSubmit={event => {
            event.preventDefault()
            tried(async () => {
              setFresh(text(await app.api.json('POST', path, { name: name.trim(), rights: [isScreen ? 'read' : right] }), 'key'))
              setName('')
            })
          }}
        >
          <input
            className="input"
            aria-label={say('access-sign-in.key-name')}
            placeholder={say('access-sign-in.key-name')}
            maxLength={60}
            value={name}
            onChange={event => setName(event.target.value)}
          />
          {!isScreen && (
            <select
              className="input"
              aria-label={say('access-sign-in.key-right')}
              value={right}
              onChange={event => setRight(event.target.value)}
            >
              <option value="read">{say('access-sign-in.right-read')}</option>
              <option value="act">{say('access-sign-in.right-act')}</option>
            </select>
          )}
          <button type="submit" className="button is-main" disabled={name.trim() === ''}>
            {say('access-sign-in.key-new')}
          </button>
        </form>
      )}
    </Panel>
  )
}

/** Shown once: to copy now, or never. */
function Once({ value, note }: { value: string; note: ReactNode }) {
  const app = useApp()
  const say = useSay()
  return (
    <div className="account__body" role="status">
      <div className="inbox__acts">
        <code className="code once">{value}</code>
        <button
          type="button"
          className="button is-main"
          onClick={() => void navigator.clipboard.writeText(value).then(() => app.toast(say('sign-in.keep-copied')))}
        >
          {say('sign-in.keep-copy')}
        </button>
      </div>
      <p className="note">{note}</p>
    </div>
  )
}

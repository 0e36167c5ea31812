import { useCallback, useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { field, flag, present, text, time } from '../live/wire.ts'
import { KeepCard } from '../sign-in/KeepCard.tsx'
import type { Sealed } from '../sign-in/model.ts'
import { Bones, Panel, PanelHead } from '../ui/parts.tsx'
import { request } from './admin-model.ts'
import { ReasonLine } from './ReasonLine.tsx'
import '../sign-in/sign-in.css'

interface Seal {
  readonly sealedAtMs: number
  readonly usedAtMs?: number
  /** Two have agreed: the new password can be fetched now, once. */
  readonly mayReseal: boolean
}
const seal = (from: unknown): Seal => ({
  sealedAtMs: time(from, 'sealedAt') ?? 0,
  mayReseal: flag(from, 'mayReseal'),
  ...present({ usedAtMs: time(from, 'usedAt') }),
})

/** The sealed account: since when it is sealed, whether it was used; sealing it again, by two, and its new password for the envelope, once. */
export function SealedPanel() {
  const app = useApp()
  const say = useSay()
  const [known, setKnown] = useState<Seal>()
  const [reason, setReason] = useState('')
  const [envelope, setEnvelope] = useState<Sealed>()
  const load = useCallback(
    () =>
      app.api.json('GET', '/api/break-glass').then(
        answer => setKnown(seal(answer)),
        () => undefined,
      ),
    [app],
  )
  useEffect(() => {
    void load()
    // The other administrator has agreed: the password may be fetched.
    return app.link.onMessage(message => {
      if (text(message, 'kind') === 'second') void load()
    })
  }, [app, load])
  const tried = (deed: () => Promise<void>): void =>
    void deed()
      .catch(error => app.toast(error instanceof Error ? error.message : String(error), { tone: 'bad' }))
      .then(load)
  const ask = async (): Promise<void> => {
    const asked = field(await app.api.json('POST', '/api/break-glass/reseal', { reason: reason.trim() }), 'request')
    if (asked !== undefined) {
      const { state, number } = request(asked)
      app.toast(say(state === 'done' ? 'admin.done-alone' : 'admin.asked', { n: number }))
    }
    setReason('')
  }
  const open = async (): Promise<void> => {
    const given = await app.api.json('POST', '/api/break-glass/password')
    setEnvelope({ login: text(given, 'login') ?? '', password: text(given, 'password') ?? '' })
  }
  if (envelope) return <KeepCard codes={[]} sealed={envelope} login={envelope.login} done={() => setEnvelope(undefined)} isInside />
  return (
    <Panel label={say('access-sign-in.sealed')} region="sealed">
      <PanelHead title={say('access-sign-in.sealed')}>
        {known && (
          <span className={`mark ${known.usedAtMs === undefined ? 'is-good' : 'is-bad'}`}>
            {known.usedAtMs === undefined
              ? say('access-sign-in.sealed-whole', { at: momentKst(known.sealedAtMs, app.now()) })
              : say('access-sign-in.sealed-used', { at: momentKst(known.usedAtMs, app.now()) })}
          </span>
        )}
      </PanelHead>
      <div className="account__body">
        <p className="note">{say('access-sign-in.sealed-note')}</p>
        {!known && <Bones blocks={1} />}
        {known?.mayReseal && app.may('break-glass.open') && (
          <div className="inbox__acts">
            <button type="button" className="button is-main" onClick={() => tried(open)}>
              {say('access-sign-in.sealed-open')}
            </button>
            <span className="note">{say('access-sign-in.sealed-open-note')}</span>
          </div>
        )}
        {known && !known.mayReseal && app.may('break-glass.seal') && (
          <form
            className="inbox__acts"
            onSubmit={event => {
              event.preventDefault()
              tried(ask)
            }}
          >
            <ReasonLine value={reason} onChange={setReason} />
            <button type="submit" className="button" disabled={reason.trim().length < 2}>
              {say('access-sign-in.sealed-ask')}
            </button>
            <span className="note">{say('admin.two-needed')}</span>
          </form>
        )}
      </div>
    </Panel>
  )
}

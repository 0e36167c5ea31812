import { useCallback, useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { Bones, Panel, PanelHead } from '../ui/parts.tsx'
import { type SessionView, sessions } from './model.ts'

/** Where somebody is signed in, and ending it: one's own (account) or a colleague's (administration). */
export function SessionsPanel({ path, mayEnd = true }: { path: string; mayEnd?: boolean }) {
  const app = useApp()
  const say = useSay()
  const [list, setList] = useState<readonly SessionView[]>()
  const [trouble, setTrouble] = useState<string>()
  const load = useCallback(
    () =>
      app.api.json('GET', path).then(
        answer => setList([...sessions(answer)].sort((a, b) => Number(b.isThis) - Number(a.isThis) || b.seenAtMs - a.seenAtMs)),
        error => setTrouble(error instanceof Error ? error.message : String(error)),
      ),
    [app, path],
  )
  useEffect(() => void load(), [load])
  const end = async (ids: readonly string[]): Promise<void> => {
    try {
      for (const id of ids) await app.api.json('DELETE', `${path}/${encodeURIComponent(id)}`)
      app.toast(say('account.session-ended'))
    } catch (error) {
      app.toast(error instanceof Error ? error.message : String(error), { tone: 'bad' })
    }
    await load()
  }
  const others = list?.filter(one => !one.isThis) ?? []
  return (
    <Panel label={say('account.sessions')} region="sessions">
      <PanelHead title={say('account.sessions')}>
        {mayEnd && others.length > 1 && (
          <button type="button" className="button button--plain push" onClick={() => void end(others.map(one => one.id))}>
            {say('account.session-end-others')}
          </button>
        )}
      </PanelHead>
      {!list && !trouble && <Bones blocks={1} />}
      {trouble && (
        <p className="form__error account__body" role="alert">
          {trouble}
        </p>
      )}
      {list?.map(one => (
        <div key={one.id} className="account__row">
          <div>
            <b>{one.desk ?? one.address}</b> {one.isThis && <span className="mark is-act">{say('account.session-this')}</span>}
            <div className="note">
              {one.browser} · {one.address}
            </div>
          </div>
          <div className="note">
            {say('account.session-since', { at: momentKst(one.startedAtMs, app.now()) })}
            <br />
            {say('account.session-seen', { at: momentKst(one.seenAtMs, app.now()) })}
          </div>
          {one.isThis || !mayEnd ? (
            <span />
          ) : (
            <button type="button" className="button" onClick={() => void end([one.id])}>
              {say('account.session-end')}
            </button>
          )}
        </div>
      ))}
    </Panel>
  )
}

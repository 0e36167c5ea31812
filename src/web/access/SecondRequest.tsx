import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { age, dateTimeKst } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { useNow } from '../ui/use-now.ts'
import type { RequestView } from './admin-model.ts'
import './second.css'

/** One of them, with what this person may do about it. */
export function SecondRequest({ one }: { one: RequestView }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const nowMs = useNow(5000)
  const [note, setNote] = useState('')
  const act = (deed: 'approve' | 'refuse' | 'withdraw'): void => {
    app.second
      .act(one.number, deed, note)
      .catch(error => app.toast(error instanceof Error ? error.message : String(error), { tone: 'bad' }))
  }
  const isOpen = one.state === 'asked'
  return (
    <article className="inbox" aria-label={one.what[language]}>
      <span className={`mark ${isOpen ? 'is-warn' : one.state === 'done' ? 'is-good' : one.state === 'failed' ? 'is-bad' : ''}`}>
        {wordFor(say, 'second-state', one.state)}
      </span>{' '}
      <b>{one.what[language]}</b>
      <div>{one.reason}</div>
      <div className="note">
        {say('admin.asked-by', { name: one.who, at: dateTimeKst(one.askedAtMs) })}
        {one.second && ` · ${say('admin.decided-by', { name: one.second })}`}
        {one.note && ` · ${one.note}`}
        {isOpen && <b className="tone-warn"> · {say('admin.expires-in', { age: age(Math.max(0, one.expiresAtMs - nowMs), language) })}</b>}
      </div>
      {isOpen && (one.mayDecide || one.isMine) && (
        <div className="inbox__acts">
          {one.mayDecide && (
            <>
              <input
                className="input inbox__note"
                placeholder={say('admin.note')}
                aria-label={say('admin.note')}
                value={note}
                onChange={event => setNote(event.target.value)}
              />
              <button type="button" className="button is-main" onClick={() => act('approve')}>
                {say('admin.approve')}
              </button>
              <button type="button" className="button" disabled={note.trim() === ''} onClick={() => act('refuse')}>
                {say('admin.refuse')}
              </button>
            </>
          )}
          {one.isMine && (
            <button type="button" className="button" onClick={() => act('withdraw')}>
              {say('admin.withdraw')}
            </button>
          )}
        </div>
      )}
    </article>
  )
}

import { useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { list, text as textOf } from '../live/wire.ts'
import { useStore } from '../shell/store.ts'
import { namedIn } from '../ui/naming.ts'
import { type Offer, useNaming } from '../ui/use-naming.tsx'
import { dueIn } from './entry.ts'
import { HAND_KIND_ORDER, type HandKind, type LogLink } from './model.ts'
import { logLink } from './wire.ts'

/** One line: Enter writes it. `#` names a ship, `@` a person or post; Alt 1–3 says what kind it is. */
export function LogEntry() {
  const app = useApp()
  const me = useStore(app.me)
  return me && app.may('log.write') ? <Entry key={me.id} me={me.id} /> : null
}

/** `me`: whose draft it is; what was begun outlives a reload, and the next officer at this desk does not see it. */
function Entry({ me }: { me: string }) {
  const app = useApp()
  const say = useSay()
  const draft = `mangru.log-draft.${me}`
  const correcting = useStore(app.shifts.correcting)
  const [words, setWords] = useState(() => sessionStorage.getItem(draft) ?? '')
  const [kind, setKind] = useState<HandKind>('note')
  const [links, setLinks] = useState<readonly LogLink[]>([])
  const input = useRef<HTMLInputElement>(null)
  const naming = useNaming<LogLink & Offer>({
    field: input,
    words,
    ask: async (mark, text) => {
      const wanted = mark === '#' ? ['ship'] : ['person', 'post']
      return list(await app.api.json('GET', `/api/log/links?q=${encodeURIComponent(text)}`))
        .map(one => ({ ...logLink(one), note: textOf(one, 'note') }))
        .filter(one => wanted.includes(one.kind))
        .slice(0, 6)
    },
    onTake(next, { kind, id, label }) {
      setWords(next)
      setLinks(now => [...now.filter(one => one.id !== id), { kind, id, label }])
    },
  })
  useEffect(() => {
    if (!correcting) return
    setWords(correcting.text)
    setLinks(correcting.links)
    input.current?.focus()
  }, [correcting])
  useEffect(() => {
    if (correcting) return
    if (words) sessionStorage.setItem(draft, words)
    else sessionStorage.removeItem(draft)
  }, [words, correcting])

  const leave = (): void => {
    app.shifts.correcting.set(undefined)
    setWords('')
    setLinks([])
  }
  const send = (): void => {
    const line = words.trim()
    if (line === '') return
    const dueMs = kind === 'plan' ? dueIn(line, app.now()) : undefined
    if (kind === 'plan' && dueMs === undefined) return app.toast(say('shifts.plan-needs-time'), { tone: 'bad' })
    const named = namedIn(line, links)
    leave()
    setKind('note')
    app.shifts
      .write({
        text: line,
        kind,
        links: named,
        ...(dueMs === undefined ? {} : { dueMs }),
        ...(correcting ? { corrects: correcting.id } : {}),
      })
      .catch(refusal => {
        setWords(line)
        setLinks(named)
        app.toast(refusal instanceof Error ? refusal.message : String(refusal), { tone: 'bad' })
      })
  }
  const due = kind === 'plan' ? dueIn(words, app.now()) : undefined
  return (
    <div className="log-entry">
      {correcting && (
        <div className="log-entry__of">
          <span>{say('shifts.correcting', { text: correcting.text })}</span>
          <button type="button" className="button button--plain" onClick={leave}>
            {say('act.cancel')} <kbd>Esc</kbd>
          </button>
        </div>
      )}
      <div className="log-entry__box">
        <input
          ref={input}
          data-log-entry
          value={words}
          maxLength={500}
          placeholder={say('shifts.entry-here')}
          aria-label={say('shifts.entry')}
          role="combobox"
          aria-expanded={naming.isOpen}
          autoComplete="off"
          onChange={event => {
            setWords(event.target.value)
            naming.look(event.target.value, event.target.selectionStart)
          }}
          onBlur={naming.onBlur}
          onKeyDown={event => {
            if (event.nativeEvent.isComposing || naming.takesKey(event)) return
            const digit = /^Digit([1-3])$/.exec(event.code)?.[1]
            if (event.altKey && digit) {
              event.preventDefault()
              return setKind(HAND_KIND_ORDER[Number(digit) - 1] ?? 'note')
            }
            if (event.code === 'Escape') {
              event.stopPropagation()
              if (correcting) leave()
              else event.currentTarget.blur()
            }
            if (event.code === 'Enter' || event.code === 'NumpadEnter') {
              event.preventDefault()
              send()
            }
          }}
        />
        <kbd>L</kbd>
      </div>
      {naming.list}
      <div className="log-entry__kinds">
        <span className="segment">
          {HAND_KIND_ORDER.map((one, n) => (
            <button key={one} type="button" aria-pressed={kind === one} title={`Alt ${n + 1}`} onClick={() => setKind(one)}>
              {say(`shifts.kind.${one}`)}
            </button>
          ))}
        </span>
        <span className="note">
          {kind === 'plan'
            ? due === undefined
              ? say('shifts.plan-hint')
              : say('shifts.plan-at', { time: momentKst(due, app.now()) })
            : say('shifts.entry-keys')}
        </span>
      </div>
    </div>
  )
}

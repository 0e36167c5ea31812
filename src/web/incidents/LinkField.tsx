import { useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import type { FoundLink } from './model.ts'
import { LinkSign } from './parts.tsx'

const ASK_AFTER_MS = 120

/** A few letters or digits of a ship, container, vehicle, camera or alarm; arrows and Enter choose. */
export function LinkField({ onAdd }: { onAdd: (link: FoundLink) => void }) {
  const app = useApp()
  const say = useSay()
  const [words, setWords] = useState('')
  const [found, setFound] = useState<readonly FoundLink[]>([])
  const [at, setAt] = useState(0)
  useEffect(() => {
    if (words.trim().length < 2) return setFound([])
    let isCurrent = true
    const timer = setTimeout(() => {
      app.incidents.findLinks(words.trim()).then(
        links => isCurrent && setFound(links),
        () => isCurrent && setFound([]),
      )
    }, ASK_AFTER_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [app, words])
  const choose = (link: FoundLink | undefined): void => {
    if (!link) return
    setWords('')
    setFound([])
    onAdd({ kind: link.kind, id: link.id, label: link.label })
  }
  return (
    <div className="link-field">
      <input
        className="input"
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls="link-options"
        value={words}
        placeholder={say('incidents.link-here')}
        aria-label={say('incidents.link-here')}
        onChange={event => {
          setWords(event.target.value)
          setAt(0)
        }}
        onKeyDown={event => {
          if (event.nativeEvent.isComposing) return
          if (event.code === 'ArrowDown' || event.code === 'ArrowUp') {
            event.preventDefault()
            setAt(Math.max(0, Math.min(found.length - 1, at + (event.code === 'ArrowDown' ? 1 : -1))))
          }
          if (event.code !== 'Enter' || event.ctrlKey) return
          event.preventDefault()
          choose(found[at] ?? (words.trim().length >= 2 ? { kind: 'other', id: words.trim(), label: words.trim() } : undefined))
        }}
      />
      {found.length > 0 && (
        <div className="link-field__list" role="listbox" id="link-options">
          {found.map((link, i) => (
            <div
              key={`${link.kind}:${link.id}`}
              role="option"
              aria-selected={i === at}
              className={`finder__item ${i === at ? 'is-on' : ''}`}
              onPointerDown={event => event.preventDefault()}
              onClick={() => choose(link)}
            >
              <LinkSign kind={link.kind} />
              <b>{link.label}</b>
              <span className="note">
                {say(`incidents.link.${link.kind}`)} {link.note === '?' ? say('incidents.check-digit') : link.note}
              </span>
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

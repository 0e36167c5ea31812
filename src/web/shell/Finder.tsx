import { useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { Kbd, ShipIcon } from '../ui/parts.tsx'
import type { SearchHit } from '../vessels/model.ts'
import { availability, type Command } from './commands.ts'

interface Item {
  readonly key: string
  readonly group: 'ships' | 'commands' | 'areas'
  readonly run: () => void
  readonly body: React.ReactNode
  readonly isOff?: boolean
}

const ASK_AFTER_MS = 60

/** Ctrl K: ships by name, MMSI, IMO or call sign; every command by its words in either language. */
export function Finder() {
  const app = useApp()
  const say = useSay()
  const isPast = useStore(app.time.state).atMs !== undefined
  const [words, setWords] = useState('')
  const [hits, setHits] = useState<readonly SearchHit[]>([])
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const close = (): void => app.overlay.set(undefined)

  useEffect(() => {
    const wanted = words.trim()
    if (wanted.length < 2 || !app.may('ships.look')) {
      setHits([])
      return
    }
    let isCurrent = true
    const timer = setTimeout(() => {
      app.api.search(wanted).then(
        found => isCurrent && setHits(found),
        () => isCurrent && setHits([]),
      )
    }, ASK_AFTER_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [app, words])

  const items: Item[] = [
    ...hits.map(hit => ({
      key: `ship-${hit.mmsi}`,
      group: 'ships' as const,
      run: () => {
        close()
        app.selected.pick(hit.mmsi)
        if (hit.lat !== undefined && hit.lon !== undefined) app.chart.get()?.bringIntoView(hit.lat, hit.lon, 10)
      },
      body: (
        <>
          <ShipIcon sign="normal" />
          <b>{hit.name}</b>
          <span className="note">{hit.note}</span>
        </>
      ),
    })),
    ...matching(app.commands(), words, say).map(command => {
      const can = availability(command, isPast)
      return {
        key: command.id,
        group: 'commands' as const,
        isOff: !can.can,
        run: () => {
          close()
          app.run(command)
        },
        body: (
          <>
            {say(command.name, command.values)}
            <span className="note">{can.can || !can.because ? '' : say(can.because)}</span>
            {command.keys && <Kbd keys={command.keys} />}
          </>
        ),
      }
    }),
  ]
  const chosen = Math.min(at, items.length - 1)
  useEffect(() => {
    list.current?.querySelector('.is-on')?.scrollIntoView({ block: 'nearest' })
  })

  return (
    <div className="sheet" role="dialog" aria-label={say('header.search')} aria-modal="true">
      <input
        className="finder__input"
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="finder-list"
        aria-activedescendant={items[chosen] ? `finder-${chosen}` : undefined}
        placeholder={say('finder.placeholder')}
        value={words}
        onChange={event => {
          setWords(event.target.value)
          setAt(0)
        }}
        onKeyDown={event => {
          if (event.nativeEvent.isComposing) return
          if (event.code === 'ArrowDown' || event.code === 'ArrowUp') {
            event.preventDefault()
            setAt(Math.max(0, Math.min(items.length - 1, chosen + (event.code === 'ArrowDown' ? 1 : -1))))
          }
          if (event.code === 'Enter' || event.code === 'NumpadEnter') items[chosen]?.run()
        }}
      />
      <div className="finder__list" id="finder-list" role="listbox" ref={list} aria-label={say('header.search')}>
        {items.length === 0 && <div className="finder__item is-off">{say('finder.none')}</div>}
        {items.map((item, i) => (
          <div key={item.key}>
            {item.group !== items[i - 1]?.group && <div className="finder__group">{say(`finder.${item.group}`)}</div>}
            <div
              id={`finder-${i}`}
              role="option"
              aria-selected={i === chosen}
              className={`finder__item ${i === chosen ? 'is-on' : ''} ${item.isOff ? 'is-off' : ''}`}
              onPointerDown={event => event.preventDefault()}
              onClick={item.run}
              onKeyDown={undefined}
              onPointerEnter={() => setAt(i)}
            >
              {item.body}
            </div>
          </div>
        ))}
      </div>
    </div>
  )
}

function matching(commands: readonly Command[], words: string, say: ReturnType<typeof useSay>): readonly Command[] {
  const wanted = words.trim().toLowerCase().split(/\s+/).filter(Boolean)
  return commands
    .filter(command => !command.unlisted)
    .filter(command => {
      const all = `${say(command.name, command.values)} ${command.keywords ?? ''} ${command.id}`.toLowerCase()
      return wanted.every(word => all.includes(word))
    })
    .slice(0, 40)
}

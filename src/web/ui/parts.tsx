// The small parts every panel is made of. They draw; they know nothing of the server.
import { type ReactNode, useMemo } from 'react'
import { useApp, useSay } from '../app.ts'
import { dateTimeKst } from '../i18n/format.ts'
import type { TextKey } from '../i18n/text.ts'
import { availability, type Command } from '../shell/commands.ts'
import { useStore } from '../shell/store.ts'

import type { Level } from './level.ts'

export type { Level }

/** All flash periods divide it. */
const FLASH_CLOCK_MS = 2000
export const LEVEL_TEXT: readonly TextKey[] = ['level.0', 'level.1', 'level.2', 'level.3', 'level.4']

/** Shape, not only colour, tells the level: octagon, triangle, disc, square, ring (ui.md §3). Hollow: it ended before anybody saw it. */
export function AlarmIcon({
  level,
  size = 18,
  flashes = false,
  hollow = false,
}: {
  level: Level
  size?: number
  flashes?: boolean
  hollow?: boolean
}) {
  const say = useSay()
  const flash = flashes && level <= 2 ? `is-flashing-${level}` : ''
  // One clock for all: icons that began at different moments flash together.
  const delay = useMemo(() => (flash ? { animationDelay: `-${Math.round(performance.now() % FLASH_CLOCK_MS)}ms` } : undefined), [flash])
  return (
    <svg
      className={`alarm-icon ${flash} ${hollow ? 'is-hollow' : ''}`}
      width={size}
      height={size}
      viewBox="0 0 18 18"
      role="img"
      aria-label={say(LEVEL_TEXT[level] ?? 'level.4')}
      style={delay}
    >
      {level === 0 && <path className="alarm-icon__body" d="M5.5 1h7L17 5.5v7L12.5 17h-7L1 12.5v-7z" />}
      {level === 1 && <path className="alarm-icon__body" d="M9 1 17.6 16.4H.4z" />}
      {level === 2 && <circle className="alarm-icon__body is-warning" cx="9" cy="9" r="8" />}
      {level <= 2 && (
        <path
          className={`alarm-icon__mark ${level === 2 ? 'is-warning' : ''}`}
          d={level === 1 ? 'M9 6.4v4.9M9 12.8v2' : 'M9 4.3v5.9M9 11.9v2.1'}
        />
      )}
      {level === 3 && <rect className="alarm-icon__line is-caution" x="2" y="2" width="14" height="14" rx="1.5" />}
      {level === 4 && <circle className="alarm-icon__line is-low" cx="9" cy="9" r="5.4" />}
    </svg>
  )
}

/** Drawn, not written: the screen's fonts have no ticks. */
export const Tick = ({ boxed = false }: { boxed?: boolean }) => (
  <svg className="tick" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
    {boxed && <rect x="0.8" y="0.8" width="10.4" height="10.4" rx="1.5" />}
    <path d={boxed ? 'M3 6.2 5.2 8.4 9.2 3.8' : 'M1.5 6.5 4.6 9.6 10.5 2.8'} />
  </svg>
)

export type ShipSign = 'alarmed' | 'watched' | 'normal' | 'asleep' | 'lost' | 'base' | 'aton' | 'distress' | 'diamond' | 'aircraft'

/** The chart's symbols, for legend and lists. */
export function ShipIcon({ sign, heading }: { sign: ShipSign; heading?: number }) {
  const turn = heading === undefined ? undefined : { transform: `rotate(${heading}deg)` }
  return (
    <svg className={`ship-icon is-${sign}`} width="15" height="15" viewBox="-8 -8 16 16" aria-hidden="true" style={turn}>
      {(sign === 'alarmed' || sign === 'watched' || sign === 'normal') && <path d="M0-7 4.6 6H-4.6z" />}
      {sign === 'asleep' && <circle r="4.2" />}
      {sign === 'lost' && <path d="M0-7 5 6H-5zM-6-5 6 6M6-5-6 6" />}
      {sign === 'base' && <path d="M-4.4-4.4h8.8v8.8h-8.8zM0-1v2" />}
      {sign === 'aton' && <path d="M0-6 6 0 0 6-6 0zM0-.8v1.6" />}
      {sign === 'diamond' && <path d="M0-6 6 0 0 6-6 0z" />}
      {sign === 'distress' && <path d="M0-6.6a6.6 6.6 0 1 0 .01 0zM-4.6-4.6 4.6 4.6M4.6-4.6-4.6 4.6" />}
      {sign === 'aircraft' && <path d="M0-7V6M-6.5 0h13M-2.6 5.4h5.2" />}
    </svg>
  )
}

export const Kbd = ({ keys }: { keys: string }) => (
  <kbd>
    {keys.split(' | ')[0]?.replaceAll('+', ' ').replace('Comma', ',').replace('Period', '.').replace('Slash', '/').replace('Equal', '=')}
  </kbd>
)

/** A command as a button: its words, its key, disabled with the reason where it does not apply. */
export function CommandButton({
  command,
  look = '',
  withKey = true,
  pressed,
}: {
  command: Command | undefined
  look?: string
  withKey?: boolean
  pressed?: boolean
}) {
  const app = useApp()
  const say = useSay()
  const isPast = useStore(app.time.state).atMs !== undefined
  if (!command || command.isForbidden) return null
  const can = availability(command, isPast)
  if (!can.can && can.because === undefined) return null
  const words = say(command.name, command.values)
  return (
    <button
      type="button"
      className={`button ${look} ${can.can ? '' : 'is-off'} ${pressed ? 'is-pressed' : ''}`}
      aria-disabled={!can.can}
      aria-pressed={pressed}
      title={can.can || !can.because ? undefined : say(can.because)}
      onClick={() => app.run(command)}
    >
      {words}
      {withKey && command.keys && <Kbd keys={command.keys} />}
    </button>
  )
}

export function Panel({
  label,
  className = '',
  children,
  region,
}: {
  label: string
  className?: string
  children: ReactNode
  region?: string
}) {
  return (
    <section className={`panel ${className}`} aria-label={label} data-region={region} tabIndex={region ? -1 : undefined}>
      {children}
    </section>
  )
}

export const PanelHead = ({ title, children }: { title: ReactNode; children?: ReactNode }) => (
  <div className="panel__head">
    <h2>{title}</h2>
    {children}
  </div>
)

export const Section = ({ head, note, children }: { head: ReactNode; note?: ReactNode; children: ReactNode }) => (
  <div className="section">
    <div className="section__head">
      <h3>{head}</h3>
      {note !== undefined && <span className="note">{note}</span>}
    </div>
    {children}
  </div>
)

export function Tabs<Id extends string>({
  tabs,
  chosen,
  onChoose,
  label,
}: {
  tabs: readonly { id: Id; name: ReactNode; count?: number }[]
  chosen: Id
  onChoose: (id: Id) => void
  label: string
}) {
  const move = (step: number): void => {
    const at = tabs.findIndex(tab => tab.id === chosen)
    const next = tabs[(at + step + tabs.length) % tabs.length]
    if (next) onChoose(next.id)
  }
  return (
    <div className="tabs" role="tablist" aria-label={label}>
      {tabs.map(tab => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          className={`tab ${tab.id === chosen ? 'is-on' : ''}`}
          aria-selected={tab.id === chosen}
          tabIndex={tab.id === chosen ? 0 : -1}
          onClick={() => onChoose(tab.id)}
          onKeyDown={event => {
            if (event.code === 'ArrowRight') move(1)
            if (event.code === 'ArrowLeft') move(-1)
          }}
        >
          {tab.name} {tab.count !== undefined && <small>{tab.count}</small>}
        </button>
      ))}
    </div>
  )
}

/** Empty, error, no permission: one sentence, what to do, an act. */
export const State = ({ icon, title, note, children }: { icon?: ReactNode; title: ReactNode; note?: ReactNode; children?: ReactNode }) => (
  <div className="state">
    {icon}
    <b>{title}</b>
    {note !== undefined && <span className="note">{note}</span>}
    {children}
  </div>
)

/** Grey bars in the shape of what comes, shown after 150 ms (CSS) so that a quick answer never blinks. */
export const Bones = ({ blocks }: { blocks: number }) => (
  <div className="bones" aria-hidden="true">
    {Array.from({ length: blocks }, (_, block) => (
      <div key={block} className="bones__block">
        <div className="skeleton skeleton--head" />
        <div className="skeleton" />
        <div className="skeleton skeleton--short" />
      </div>
    ))}
  </div>
)

export const Strip = ({ tone, children, push }: { tone: 'bad' | 'warn' | 'past' | 'plain'; children: ReactNode; push?: ReactNode }) => (
  <div className={`strip-note is-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
    {children}
    {push !== undefined && <span className="push">{push}</span>}
  </div>
)

export const Field = ({ label, children, hint }: { label: string; children: ReactNode; hint?: string | undefined }) => (
  <label className="field">
    <span>{label}</span>
    {children}
    {hint && <small className="note">{hint}</small>}
  </label>
)

/** Over what is printed: what it is, when and by whom it was printed; in demo mode that it is demo data. */
export function PaperHead({ title }: { title: string }) {
  const app = useApp()
  const say = useSay()
  const isDemo = useStore(app.status)?.isDemo === true
  return (
    <div className="only-paper paper-head">
      <b>{title}</b>
      <span>
        {say('app.room')} · {say('paper.printed', { time: dateTimeKst(app.now()), name: app.me.get()?.name ?? '' })}
      </span>
      {isDemo && <i>{say('header.demo')}</i>}
    </div>
  )
}

// Small parts of the incident screens: levels as words with their shape, states, names of organisations, links with their sign.
import type { ReactNode } from 'react'
import { POST_NAMES } from '#access/schema.ts'
import { POSTS } from '#base/index.ts'
import { useApp, useSay } from '../app.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { AlarmIcon } from '../ui/parts.tsx'
import { useOffices } from '../ui/use-offices.ts'
import type { Author, Goods, Head, IncidentState, Link, Office, Urgency } from './model.ts'

const KST_MS = 9 * 3_600_000

export const UrgencyMark = ({ urgency }: { urgency: Urgency }) => {
  const say = useSay()
  return (
    <span className={`incident-level level-${urgency}`}>
      <AlarmIcon level={urgency} size={12} />
      {say(`incidents.urgency.${urgency}`)}
    </span>
  )
}

export const StateMark = ({ state }: { state: IncidentState }) => {
  const say = useSay()
  return <span className={`incident-state is-${state}`}>{say(`incidents.state.${state}`)}</span>
}

/** Names of organisations in the language chosen. */
export function useOffice(): (id: string, isShort?: boolean) => string {
  const offices = useStore(useApp().incidents.offices)
  const name = useOffices(offices)
  return (id, isShort = false) => name(id, isShort && !isNamesake(offices, id))
}

/** A centre that is called like the customs office above it: then it has its whole name. */
const isNamesake = (offices: readonly Office[], id: string): boolean => {
  const one = offices.find(office => office.id === id)
  return one?.kind.endsWith('-centre') === true && offices.some(other => other.id !== id && other.shortKo === one.shortKo)
}

/** A post in the language chosen; a word of a newer server as it is. */
export function usePost(): (post: string) => string {
  const app = useApp()
  const { language } = useStore(app.desk)
  return post => {
    const known = POSTS.find(one => one === post)
    return known ? POST_NAMES[known][language] : post
  }
}

/** The round sign of who writes: what their organisation begins with; its tone tells head office from the field. */
export function AuthorSign({ by }: { by: Author }) {
  const app = useApp()
  const office = useOffice()
  const offices = useStore(app.incidents.offices)
  const isHeadOffice = offices.find(one => one.id === by.organisation)?.kind === 'head-office'
  return (
    <span className={`author-sign ${isHeadOffice ? 'is-head-office' : 'is-field'}`} aria-hidden="true">
      {(office(by.organisation, true) || by.name).slice(0, 1)}
    </span>
  )
}

const SIGNS: Readonly<Record<Link['kind'], ReactNode>> = {
  alarm: <path className="is-filled" d="M8 1.5 15 14H1z" />,
  ship: <path d="M2 9h12l-2 4H4zM5 9V4h5v5" />,
  container: <path d="M1.5 4h13v9h-13zM5 4v9M8 4v9M11 4v9" />,
  vehicle: <path d="M1 5h8v6H1zM9 7h4l2 2v2H9zM4 11v2M12 11v2" />,
  camera: <path d="M1 5h9v7H1zM10 7l4-2v7l-4-2z" />,
  area: <path d="M2 4l6-2 6 3-1 8-7 1-4-4z" />,
  seal: <path d="M4 7V5a4 4 0 0 1 8 0v2M3 7h10v7H3z" />,
  patrol: <path d="M8 2l6 5-2.5 7h-7L2 7z" />,
  declaration: <path d="M3 1.5h7l3 3v10H3zM5.5 7h5M5.5 10h5" />,
  other: <path d="M8 2v12M2 8h12" />,
}
export const LinkSign = ({ kind }: { kind: Link['kind'] }) => (
  <svg className={`link-sign is-${kind}`} width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
    {SIGNS[kind]}
  </svg>
)

/** Goes to what is linked where a page for it stands; undefined: none yet. */
export function useOpenLink(): (link: Link) => (() => void) | undefined {
  const app = useApp()
  return ({ kind, id }) => {
    if (kind === 'ship') return () => app.go({ page: 'ships', card: Number(id), item: undefined })
    if (kind === 'alarm') return () => app.go({ page: 'situation', item: undefined, selection: { kind: 'alarm', id } })
    return undefined
  }
}

/** 담배 180보루 · 12,000,000원 */
export function useGoodsWords(): (goods: Goods) => string {
  const say = useSay()
  return ({ type, name, quantity, unit, valueWon }) =>
    [
      `${name || wordFor(say, 'incidents.goods', type)}${quantity === undefined ? '' : ` ${quantity.toLocaleString('en')} ${unit ?? ''}`.trimEnd()}`,
      ...(valueWon === undefined ? [] : [say('incidents.won', { n: valueWon.toLocaleString('en') })]),
    ].join(' · ')
}

/** Where it is, in one line. */
export const placeLabel = ({ place }: Pick<Head, 'place'>): string =>
  place === undefined ? '' : place.label || (place.lat === undefined ? '' : `${place.lat.toFixed(3)}, ${place.lon?.toFixed(3)}`)

/** A part of the report form under its head. */
export function Part({
  label,
  note,
  isNeeded = false,
  className = '',
  children,
}: {
  label: string
  note?: string
  className?: string
  isNeeded?: boolean
  children: ReactNode
}) {
  const say = useSay()
  return (
    <section className={`report-part ${className}`}>
      <h3>
        {label} {isNeeded && <b className="tone-bad">{say('incidents.needed')}</b>}
        {note && <small className="push">{note}</small>}
      </h3>
      {children}
    </section>
  )
}

/** A moment in KST, whatever the clock of this device says. */
export const TimeField = ({ atMs, label, onChange }: { atMs: number; label: string; onChange: (atMs: number) => void }) => (
  <input
    className="input"
    type="datetime-local"
    aria-label={label}
    value={new Date(atMs + KST_MS).toISOString().slice(0, 16)}
    onChange={event => {
      const ms = Date.parse(`${event.target.value}:00+09:00`)
      if (Number.isFinite(ms)) onChange(ms)
    }}
  />
)

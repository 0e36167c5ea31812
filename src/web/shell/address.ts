// The address bar holds the view: a link handed to a colleague opens the same picture. Language and palette stay with the desk, not in the link.
import { SHIP_KINDS, type ShipKind } from '#vessels/schema.ts'
import { NO_FILTER, type ShipFilter } from '../live/ship-columns.ts'

export const PAGES = [
  'situation',
  'ships',
  'seals',
  'incidents',
  'shifts',
  'statistics',
  'reports',
  'areas',
  'feeds',
  'telling',
  'records',
  'admin',
  'account',
] as const
export type Page = (typeof PAGES)[number]

export type Selection = { readonly kind: 'ship'; readonly mmsi: number } | { readonly kind: 'alarm'; readonly id: string }

export interface Address {
  readonly page: Page
  readonly lat: number
  readonly lon: number
  readonly zoom: number
  readonly selection?: Selection | undefined
  /** Epoch ms of the past shown; absent = live. */
  readonly atMs?: number | undefined
  readonly filter: ShipFilter
  /** MMSI of the open ship card (page `ships`). */
  readonly card?: number | undefined
  /** What is open on another page: an incident's number, a report's day. */
  readonly item?: string | undefined
  /** What a page's own list is narrowed to, in its own words. */
  readonly sieve?: string | undefined
  readonly wall: boolean
}

/** Busan and the Korea Strait: what the room looks at first. */
export const START: Address = { page: 'situation', lat: 35.0, lon: 129.0, zoom: 8.3, filter: NO_FILTER, wall: false }

const isPage = (word: string): word is Page => PAGES.some(page => page === word)
const isKind = (word: string): word is ShipKind => SHIP_KINDS.some(kind => kind === word)

/** Reads `#/situation?at=…`; what makes no sense is left at its default, never an error page. */
export function parseAddress(hash: string, search: string): Address {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const words = path.split('/').filter(Boolean)
  const values = new URLSearchParams(query)
  const [lat, lon, zoom] = (values.get('view') ?? '').split(',').map(Number)
  const place =
    isWithin(lat, -85, 85) && isWithin(lon, -540, 540) && isWithin(zoom, 1, 20)
      ? { lat, lon, zoom }
      : { lat: START.lat, lon: START.lon, zoom: START.zoom }
  const first = words[0] ?? ''
  const card = Number(words[1])
  const at = values.get('at')
  const atMs = at === null ? Number.NaN : Date.parse(at)
  const selection = parseSelection(values.get('on'))
  return {
    page: isPage(first) ? first : 'situation',
    ...place,
    ...(selection ? { selection } : {}),
    ...(Number.isFinite(atMs) ? { atMs } : {}),
    filter: parseFilter(values.get('show')),
    ...(first === 'ships' && Number.isInteger(card) && card > 0 ? { card } : {}),
    ...(first !== 'ships' && words[1] !== undefined ? { item: decoded(words[1]) } : {}),
    ...(values.get('f') ? { sieve: values.get('f') ?? '' } : {}),
    wall: /[?&]wall=(?!0)/.test(search),
  }
}

/** Whether a link says which part of the sea it shows. */
export const hasView = (hash: string): boolean => new URLSearchParams(hash.split('?')[1] ?? '').has('view')

export function formatAddress(address: Address): string {
  const values: string[] = [`view=${address.lat.toFixed(4)},${address.lon.toFixed(4)},${address.zoom.toFixed(2)}`]
  if (address.selection)
    values.push(
      `on=${address.selection.kind}:${address.selection.kind === 'ship' ? address.selection.mmsi : encodeURIComponent(address.selection.id)}`,
    )
  if (address.atMs !== undefined) values.push(`at=${new Date(address.atMs).toISOString()}`)
  const show = formatFilter(address.filter)
  if (show) values.push(`show=${show}`)
  if (address.sieve) values.push(`f=${encodeURIComponent(address.sieve)}`)
  const open = address.page === 'ships' ? address.card : address.item
  return `#/${address.page}${open === undefined ? '' : `/${encodeURIComponent(open)}`}?${values.join('&')}`
}

function decoded(word: string): string {
  try {
    return decodeURIComponent(word)
  } catch {
    return word
  }
}

function parseSelection(text: string | null): Selection | undefined {
  const [kind, ...rest] = (text ?? '').split(':')
  const id = rest.join(':')
  if (kind === 'ship' && /^\d{1,9}$/.test(id)) return { kind, mmsi: Number(id) }
  if (kind === 'alarm' && id !== '') return { kind, id }
  return undefined
}

function parseFilter(text: string | null): ShipFilter {
  const words = (text ?? '').split(',')
  return {
    kinds: words.filter(isKind),
    onlyWatched: words.includes('watched'),
    onlyMoving: words.includes('moving'),
    hideLost: words.includes('heard'),
  }
}

const formatFilter = (filter: ShipFilter): string =>
  [
    ...filter.kinds,
    ...(filter.onlyWatched ? ['watched'] : []),
    ...(filter.onlyMoving ? ['moving'] : []),
    ...(filter.hideLost ? ['heard'] : []),
  ].join(',')

function isWithin(value: number | undefined, low: number, high: number): value is number {
  return value !== undefined && Number.isFinite(value) && value >= low && value <= high
}

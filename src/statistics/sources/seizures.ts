// Seizures: an incident of a seizing kind once it is confirmed (also one handed over to investigators), or any closed as seized, counts once, under its gravest goods, at the time it
// occurred. One that turns out to be nothing, a mistake or part of another is taken out again. The 07:00 report counts less: only what was closed as seized within its span.
// Goods are summed by unit; grams and kilograms are one.
import { GOODS_TYPES, GOODS_WORDS, type Goods, type GoodsType, INCIDENT_CHANGED, type Incident } from '#incidents/index.ts'
import type { Change } from '../schema.ts'
import { everyIncident } from './incident-steps.ts'
import type { Rooms, Source } from './source.ts'

/** Where an incident of this kind names no goods. */
const WITHOUT_GOODS: Readonly<Partial<Record<Incident['kind'], GoodsType>>> = {
  seizure: 'other',
  'drug-offender': 'narcotics',
  'prohibited-article': 'security-threat',
}
/** Gravest first. */
const GRAVITY: readonly GoodsType[] = ['narcotics', 'security-threat', 'smuggled', 'counterfeit', 'currency', 'origin', 'other']
const GRAMS: Readonly<Record<string, number>> = { g: 1, 그램: 1, kg: 1000, 킬로그램: 1000, mg: 0.001, t: 1_000_000, 톤: 1_000_000 }
const PIECES: ReadonlySet<string> = new Set(['점', '개', '정', '자루', 'ea', 'pcs', 'pieces', '매', '병', '보루', '갑', '상자'])

export const seizures: Source = {
  id: 'seizures',
  ko: '적발',
  en: 'Seizures',
  deed: 'incidents.look',
  isLinked: true,
  kinds: Object.fromEntries(GOODS_TYPES.map(type => [type, { ko: GOODS_WORDS[type][0], en: GOODS_WORDS[type][1] }])),
  subs: {
    closed: { ko: '종결', en: 'Closed' },
    open: { ko: '처리 중', en: 'In hand' },
  },
  numbers: [
    { id: 'valueWon', ko: '금액', en: 'Value', unit: 'won' },
    { id: 'weightG', ko: '중량', en: 'Weight', unit: 'g' },
    { id: 'pieces', ko: '수량', en: 'Pieces', unit: 'pieces' },
  ],
  ...everyIncident(changeOf),
  listen: (rooms, take) => rooms.bus.on(INCIDENT_CHANGED, ({ incident }) => take(changeOf(incident, rooms))),
}

export function changeOf(incident: Incident, _rooms: Pick<Rooms, 'ownerOf'>): Change {
  const kind = isSeizure(incident) ? kindOf(incident) : undefined
  if (kind === undefined) return { origin: `incident:${incident.id}`, facts: [] }
  return {
    origin: `incident:${incident.id}`,
    facts: [
      {
        atMs: incident.occurredAtMs,
        organisation: incident.organisation,
        kind,
        sub: incident.state === 'closed' ? 'closed' : 'open',
        numbers: numbersOf(incident.goods),
        link: { kind: 'incident', id: incident.id, label: incident.number },
      },
    ],
  }
}

function isSeizure({ kind, state, outcome, mergedInto }: Incident): boolean {
  if (mergedInto !== undefined) return false
  if (outcome === 'seized') return true
  return state !== 'reported' && outcome !== 'nothing' && outcome !== 'false' && WITHOUT_GOODS[kind] !== undefined
}

const kindOf = ({ kind, goods }: Incident): GoodsType =>
  GRAVITY.find(type => goods.some(one => one.type === type)) ?? WITHOUT_GOODS[kind] ?? 'other'

function numbersOf(goods: readonly Goods[]): Readonly<Record<string, number>> {
  const numbers: Record<string, number> = {}
  const add = (name: string, value: number | undefined): void => {
    if (value !== undefined && Number.isFinite(value)) numbers[name] = (numbers[name] ?? 0) + value
  }
  for (const { quantity, unit, valueWon } of goods) {
    add('valueWon', valueWon)
    if (quantity === undefined) continue
    const name = (unit ?? '').trim().toLowerCase()
    const grams = GRAMS[name]
    if (grams !== undefined) add('weightG', quantity * grams)
    else if (name === '' || PIECES.has(name)) add('pieces', quantity)
  }
  return numbers
}

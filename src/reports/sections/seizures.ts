// 적발·위반 실적: what was closed as seized, by kind of goods: in the span, in the month so far, in the same span a year ago. A case is counted once, by its first goods.
import { GOODS_TYPES, type GoodsType, type Incident } from '#incidents/index.ts'
import { dayShort, thousands } from '../dates.ts'
import { incidentSources } from '../facts.ts'
import type { Cell, Row } from '../model.ts'
import type { PaperSay } from '../words.ts'
import { type SectionInput, type SectionMaker, why } from './section.ts'

export const seizures: SectionMaker = input => {
  const { facts, say, language } = input
  const { span, month, lastYear } = facts.seized
  const first = facts.period.kind === 'daily' ? say('seizures.day', { day: dayShort(facts.period.fromMs, language) }) : say('seizures.span')
  const rows = [rowOf(input, 'span', first, span)]
  if (facts.period.kind !== 'monthly') rows.push(rowOf(input, 'month', say('seizures.month'), month))
  rows.push(facts.hasLastYear ? rowOf(input, 'last-year', say('seizures.last-year'), lastYear) : noRow(input))
  return {
    id: 'seizures',
    title: say('section.seizures'),
    note: say('seizures.note'),
    state: 'machine',
    blocks: [
      {
        kind: 'table',
        id: 'seizures/table',
        columns: [
          { id: 'row', title: say('seizures.row'), width: 1.5 },
          ...GOODS_TYPES.map(type => ({ id: type, title: say(`seizures.${type}`), width: WIDE.includes(type) ? 1.7 : 0.85 })),
          { id: 'sum', title: say('seizures.sum'), width: 0.9 },
        ],
        across: [...GOODS_TYPES, 'sum'],
        rows,
      },
    ],
  }
}

const WIDE: readonly GoodsType[] = ['smuggled', 'narcotics', 'security-threat']

function rowOf({ say }: SectionInput, id: string, title: string, cases: readonly Incident[]): Row {
  const cells = GOODS_TYPES.map((type): Cell => {
    const own = cases.filter(one => typeOf(one) === type)
    return {
      text: [say('cases', { n: thousands(own.length) }), amountOf(say, type, own)].filter(Boolean).join(' / '),
      n: own.length,
      ...why('incidents.seized', incidentSources(own)),
    }
  })
  const all: Cell = {
    text: say('cases', { n: thousands(cases.length) }),
    n: cases.length,
    ...why('incidents.seized', incidentSources(cases)),
  }
  return { id, cells: [{ text: title }, ...cells, all] }
}

/** Nothing was recorded then: a dash, not 0. */
const noRow = ({ say }: SectionInput): Row => ({
  id: 'last-year',
  cells: [{ text: say('seizures.last-year') }, ...[...GOODS_TYPES, 'sum'].map((): Cell => ({ text: say('dash'), tone: 'quiet' }))],
})

/** Its first goods'; without goods by its kind. */
export function typeOf({ goods, kind }: Incident): GoodsType {
  if (goods[0]) return goods[0].type
  if (kind === 'drug-offender') return 'narcotics'
  return kind === 'prohibited-article' ? 'security-threat' : 'other'
}

/** Smuggled goods are told by value, narcotics by weight, threats by pieces; what nobody has counted is left out, never 0. */
function amountOf(say: PaperSay, type: GoodsType, cases: readonly Incident[]): string {
  const goods = cases.flatMap(one => one.goods.filter(item => item.type === type))
  if (type === 'smuggled') {
    const won = goods.reduce((sum, one) => sum + (one.valueWon ?? 0), 0)
    return won === 0 ? '' : say('seizures.million', { n: millions(won) })
  }
  if (type === 'narcotics') {
    const grams = goods.reduce((sum, one) => sum + (one.quantity ?? 0) * (GRAMS[one.unit?.trim().toLowerCase() ?? ''] ?? 0), 0)
    return grams === 0 ? '' : grams >= 1000 ? `${Math.round(grams / 100) / 10}kg` : `${Math.round(grams * 10) / 10}g`
  }
  if (type === 'security-threat') {
    const pieces = goods.reduce((sum, one) => sum + (one.quantity ?? 0), 0)
    return pieces === 0 ? '' : say('seizures.pieces', { n: thousands(pieces) })
  }
  return ''
}

const GRAMS: Readonly<Record<string, number>> = { g: 1, 그램: 1, kg: 1000, 킬로그램: 1000, mg: 0.001, t: 1e6, 톤: 1e6 }
const millions = (won: number): string => (won >= 10e6 ? thousands(Math.round(won / 1e6)) : String(Math.round(won / 1e5) / 10))

// An incident in the English edition. Officers write Korean; nothing is translated by machine: the line is made of what is recorded as data: kind, place by the chart, goods by type
// and amount, state and outcome. The number leads to the Korean words.
import { GOODS_WORDS, type Incident, KIND_WORDS, OUTCOME_WORDS, STATE_WORDS } from '#incidents/index.ts'
import { whereIs } from '#places/index.ts'
import { dayShort, minuteOf, thousands } from '../dates.ts'

export function englishEvent(incident: Incident): string {
  const [, kind] = KIND_WORDS[incident.kind]
  const { lat, lon } = incident.place ?? {}
  const where = lat === undefined || lon === undefined ? undefined : whereIs(lat, lon)?.placeName?.en
  const goods = incident.goods.map(one => {
    const [, type] = GOODS_WORDS[one.type]
    return one.quantity === undefined ? type : `${type} ${thousands(one.quantity)}${latin(one.unit)}`
  })
  const end = incident.state === 'closed' ? `closed: ${OUTCOME_WORDS[incident.outcome ?? 'done'][1]}` : STATE_WORDS[incident.state][1]
  return [
    `${kind[0]?.toUpperCase()}${kind.slice(1)} (${dayShort(incident.occurredAtMs, 'en')} ${minuteOf(incident.occurredAtMs)})`,
    ...(where ? [where] : []),
    ...goods,
    end,
    `No. ${incident.number}`,
  ].join(', ')
}

const UNITS: Readonly<Record<string, string>> = {
  톤: ' t',
  점: ' pcs',
  보루: ' cartons',
  상자: ' boxes',
  병: ' bottles',
  정: ' tablets',
  명: ' persons',
}
const latin = (unit: string | undefined): string =>
  unit === undefined ? '' : (UNITS[unit] ?? (/^[\x20-\x7e]+$/.test(unit) ? ` ${unit}` : ''))

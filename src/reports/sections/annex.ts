// 붙임: the map of the span and when its alarms came; what did not fit on two pages is added behind (fit.ts).
import type { Incident } from '#incidents/index.ts'
import type { Block } from '../model.ts'
import { hoursPicture } from '../pictures/hours.ts'
import { mapPicture } from '../pictures/map.ts'
import { events } from './events.ts'
import { type SectionInput, type SectionMaker, why } from './section.ts'

const KST_HOUR = 9
const HOUR_MS = 3_600_000
const WIDTH_MM = 176

export const annex: SectionMaker = input => {
  const { facts, say, language } = input
  // The English page is one page.
  if (language === 'en' || (facts.alarms.length === 0 && facts.moved.length === 0))
    return { id: 'annex', title: say('section.annex'), state: 'none', blocks: [{ kind: 'words', id: 'annex/none', text: say('none') }] }
  return { id: 'annex', title: say('section.annex'), state: 'machine', blocks: [...mapBlocks(input), ...hourBlocks(input)] }
}

function mapBlocks(input: SectionInput): readonly Block[] {
  const { facts, say, language } = input
  const numbers = numbered(input)
  const dots = facts.alarms.flatMap(({ alarm }) => (alarm.joined.place ? [{ ...alarm.joined.place, level: alarm.level }] : []))
  const marks = facts.moved.flatMap(one => {
    const label = numbers.get(one.id)
    return label && one.place?.lat !== undefined && one.place.lon !== undefined ? [{ lat: one.place.lat, lon: one.place.lon, label }] : []
  })
  const names = facts.offices.flatMap(one => (one.place ? [{ ...one.place, text: language === 'ko' ? one.shortKo : one.shortEn }] : []))
  const listed = facts.moved.filter(isPlaced)
  return [
    {
      kind: 'picture',
      id: 'annex/map',
      title: say('annex.map', { n: 1 }),
      svg: mapPicture({
        widthMm: WIDTH_MM,
        heightMm: 158,
        coast: facts.sources.coast(),
        dots,
        marks,
        names,
        legend: { levels: say('annex.level').split(' · '), mark: say('section.events'), miles: say('annex.miles') },
      }),
      widthMm: WIDTH_MM,
      heightMm: 158,
    },
    {
      kind: 'words',
      id: 'annex/map-words',
      text: say('annex.map-words', { alarms: facts.alarms.length, incidents: facts.moved.length, placed: dots.length + listed.length }),
      ...why(
        'alarms.raised',
        facts.alarms.map(({ alarm }) => `alarm:${alarm.id}`),
      ),
    },
  ]
}

const isPlaced = ({ place }: Incident): boolean => place?.lat !== undefined && place.lon !== undefined

/** Incidents by the number of their line in 주요 동향. */
function numbered(input: SectionInput): ReadonlyMap<string, string> {
  const [block] = events(input).blocks
  if (block?.kind !== 'lines') return new Map()
  return new Map(
    block.lines.flatMap((line, n) =>
      line.id.startsWith('events/incident:') ? [[line.id.slice('events/incident:'.length), String(n + 1)]] : [],
    ),
  )
}

function hourBlocks({ facts, say }: SectionInput): readonly Block[] {
  if (facts.alarms.length === 0 || facts.period.kind !== 'daily') return []
  const counts = Array.from({ length: 24 }, (): [number, number, number] => [0, 0, 0])
  for (const { alarm } of facts.alarms) {
    const hour = counts[Math.floor((alarm.joined.raisedAtMs - facts.period.fromMs) / HOUR_MS)]
    const level = alarm.level <= 1 ? 0 : alarm.level === 2 ? 1 : 2
    if (hour) hour[level]++
  }
  const first = Math.floor(facts.period.fromMs / HOUR_MS) + KST_HOUR
  const [grave = '', high = '', medium = ''] = say('annex.level').split(' · ')
  return [
    {
      kind: 'picture',
      id: 'annex/hours',
      title: say('annex.hours', { n: 2 }),
      svg: hoursPicture(
        WIDTH_MM,
        52,
        counts.map((one, n) => ({ label: `${String((first + n) % 24).padStart(2, '0')}`, counts: one })),
        [grave, high, medium],
      ),
      widthMm: WIDTH_MM,
      heightMm: 52,
    },
  ]
}

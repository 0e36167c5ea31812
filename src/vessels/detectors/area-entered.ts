// area-entered, area-left: a watched ship (or any, where the area says so) crossed a line. Inside by more than 100 m in two reports, or by 500 m at once;
// left the same way. A ship first heard inside is present, not entered.
import type { Area } from '#places/index.ts'
import { type Sentence, withParticle } from '#rules/index.ts'
import type { Slot } from '../picture/columns.ts'
import type { PositionReport } from '../report.ts'
import type { VesselDetector } from './contract.ts'
import { isVessel, shipName, shipSubject } from './ship-kinds.ts'

/** Kinds that ask to be told who comes, even where the area does not say it. */
const GUARDED = new Set<Area['kind']>(['designated', 'forbidden', 'jurisdiction', 'other'])
const NA_SOG = 1023
/** Beyond this outside the edge a ship is not thought of. */
const NEAR_M = 2000

interface Stay {
  isInside: boolean
  /** Reports in a row on the other side, and when the first of them was sent. */
  across: number
  acrossSinceMs: number
}

export const areaEntered: VesselDetector = {
  name: 'area-entered',
  alsoRaises: ['area-left'],
  tells: { ko: '감시 대상 선박이 구역 경계를 넘음', en: 'a watched ship crossed the line of an area' },
  settings: {
    depthM: {
      unit: 'm',
      default: 100,
      min: 0,
      max: 2000,
      sentence: { ko: '경계를 이만큼 넘은 보고가 두 번이면 진입', en: 'this far across the line in two reports counts' },
    },
    atOnceM: {
      unit: 'm',
      default: 500,
      min: 0,
      max: 10_000,
      sentence: { ko: '이만큼 넘으면 한 번으로 진입', en: 'this far across counts at once' },
    },
  },
  mergeMin: 10,
  start(ground, settings, entered, { 'area-left': left }) {
    const depthM = settings.depthM ?? 100
    const atOnceM = settings.atOnceM ?? 500
    const stays = new Map<Slot, Map<string, Stay>>()
    let known: readonly Area[] = []
    /** Her stay there is over as far as we know. */
    const forget = (slot: Slot, own: Map<string, Stay>, id: string): void => {
      own.delete(id)
      if (own.size === 0) stays.delete(slot)
      entered.end([shipSubject(ground.picture.mmsi[slot]!), { kind: 'area', id }], ground.picture.sentAtMs[slot]!)
    }

    const judge = (slot: Slot, area: Area, now: PositionReport, previous: PositionReport): void => {
      const depth = ground.areas.depthInsideM(area, now.lat600k / 600_000, now.lon600k / 600_000)
      let own = stays.get(slot)
      let stay = own?.get(area.id)
      if (!stay) {
        if (depth < -NEAR_M) return
        // Whoever is inside when we first look was there before: first heard there, or the area was drawn around her, or she is watched only now.
        const wasInside =
          previous.sentAtMs === 0 || ground.areas.depthInsideM(area, previous.lat600k / 600_000, previous.lon600k / 600_000) > 0
        stay = { isInside: depth > 0 && wasInside, across: 0, acrossSinceMs: 0 }
        own ??= new Map()
        own.set(area.id, stay)
        stays.set(slot, own)
      }
      const isAcross = stay.isInside ? depth < -depthM : depth > depthM
      if (!isAcross) {
        // Between the two lines nothing is decided; back on the old side the count begins anew.
        if (stay.isInside ? depth > 0 : depth < 0) stay.across = 0
        if (!stay.isInside && depth < -NEAR_M) own?.delete(area.id)
        return
      }
      if (stay.across++ === 0) stay.acrossSinceMs = now.sentAtMs
      if (stay.across < 2 && Math.abs(depth) < atOnceM) return
      stay.isInside = !stay.isInside
      stay.across = 0
      tell(slot, area, now, stay)
    }

    const tell = (slot: Slot, area: Area, now: PositionReport, stay: Stay): void => {
      const subjects = [shipSubject(now.mmsi), { kind: 'area' as const, id: area.id }]
      const place = { lat: now.lat600k / 600_000, lon: now.lon600k / 600_000 }
      const ship = shipName(ground.picture, slot)
      const common = {
        subjects,
        fromMs: stay.acrossSinceMs,
        raisedAtMs: now.receivedAtMs,
        decidedByMs: now.sentAtMs,
        place,
        numbers: now.sogDeciknots === NA_SOG ? {} : { sogKn: now.sogDeciknots / 10 },
        evidence: [now.mark],
      }
      const marked = ground.isWatched(now.mmsi) ? { ko: '감시 대상 ', en: 'Watched ship ' } : { ko: '', en: '' }
      if (stay.isInside) {
        entered.raise({
          ...common,
          severity: area.severity ?? 'medium',
          why: {
            ko: `${marked.ko}${withParticle(ship, '이')} ${area.name}에 진입 (${speedOf(now).ko})`,
            en: `${marked.en}${ship} entered ${area.name}, ${speedOf(now).en}`,
          },
        })
        return
      }
      entered.end(subjects, stay.acrossSinceMs)
      left?.raise({
        ...common,
        toMs: stay.acrossSinceMs,
        severity: area.severity ?? 'medium',
        why: {
          ko: `${marked.ko}${withParticle(ship, '이')} ${area.name}에서 이탈 (${speedOf(now).ko})`,
          en: `${marked.en}${ship} left ${area.name}, ${speedOf(now).en}`,
        },
      })
    }

    return {
      onReport(slot, now, previous) {
        const { areas } = ground.areas
        if (areas.length === 0 || !isVessel(now.stationClass)) return
        const isWatched = ground.isWatched(now.mmsi)
        if (!isWatched && !hasOpenArea(areas)) return
        for (const area of areas) {
          if (area.watches === 'all' || (isWatched && (area.watches === 'watched' || GUARDED.has(area.kind))))
            judge(slot, area, now, previous)
        }
      },
      onTick() {
        // An area that was taken off the chart is left by nobody; its stays are over.
        if (ground.areas.areas === known) return
        known = ground.areas.areas
        const ids = new Set(known.map(area => area.id))
        for (const [slot, own] of stays) for (const id of [...own.keys()].filter(one => !ids.has(one))) forget(slot, own, id)
      },
      onForget(slot) {
        const own = stays.get(slot)
        if (own) for (const id of [...own.keys()]) forget(slot, own, id)
      },
      save: () => stays,
      restore(state) {
        for (const [slot, own] of state as Map<Slot, Map<string, Stay>>) stays.set(slot, own)
      },
    }
  },
}

const openAreas = new WeakMap<readonly Area[], boolean>()
/** Whether any area watches everybody; worked out once a set of areas. */
function hasOpenArea(areas: readonly Area[]): boolean {
  let known = openAreas.get(areas)
  if (known === undefined) {
    known = areas.some(area => area.watches === 'all')
    openAreas.set(areas, known)
  }
  return known
}

function speedOf({ sogDeciknots }: PositionReport): Sentence {
  if (sogDeciknots === NA_SOG) return { ko: '속력 미상', en: 'speed unknown' }
  const kn = (sogDeciknots / 10).toFixed(1)
  return { ko: `속력 ${kn} kn`, en: `making ${kn} kn` }
}

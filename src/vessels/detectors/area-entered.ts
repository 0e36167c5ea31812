// area-entered, area-left: a watched ship (or any, where the area says so) crossed a line. Inside by more than 100 m in two reports, or by 500 m at once;
// left the same way. A ship first heard inside is present, not entered.
import type { Area } from '#places/index.ts'
import { withParticle } from '#rules/index.ts'
import type { Slot } from '../picture/columns.ts'
import type { PositionReport } from '../report.ts'
import type { VesselDetector } from './contract.ts'
import { isVessel, shipName, shipSubject } from './ship-kinds.ts'

/** Kinds that ask to be told who comes, even where the area does not say it. */
const GUARDED = new Set<Area['kind']>(['designated', 'forbidden', 'jurisdiction', 'other'])
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
        numbers: { sogKn: now.sogDeciknots === 1023 ? 0 : now.sogDeciknots / 10 },
        evidence: [now.mark],
      }
      if (stay.isInside) {
        const marked = ground.isWatched(now.mmsi) ? { ko: '감시 대상 ', en: 'Watched ship ' } : { ko: '', en: '' }
        entered.raise({
          ...common,
          severity: area.severity ?? 'medium',
          why: {
            ko: `${marked.ko}${withParticle(ship, '이')} ${area.name}에 진입 (${kn(now)})`,
            en: `${marked.en}${ship} entered ${area.name} at ${kn(now)}`,
          },
        })
        return
      }
      entered.end(subjects, stay.acrossSinceMs)
      left?.raise({
        ...common,
        toMs: stay.acrossSinceMs,
        severity: 'low',
        why: { ko: `${withParticle(ship, '이')} ${area.name}에서 이탈 (${kn(now)})`, en: `${ship} left ${area.name} at ${kn(now)}` },
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
      onForget: slot => void stays.delete(slot),
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

const kn = (report: PositionReport): string => (report.sogDeciknots === 1023 ? '? kn' : `${(report.sogDeciknots / 10).toFixed(1)} kn`)

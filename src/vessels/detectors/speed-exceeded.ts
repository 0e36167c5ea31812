// speed-exceeded: too fast for this place. Over the limit by more than 1 kn in three reports and for a minute; a gust of the tide is not.
import type { Area, AreaKind } from '#places/index.ts'
import { withParticle } from '#rules/index.ts'
import type { Slot } from '../picture/columns.ts'
import type { VesselDetector } from './contract.ts'
import { isOnDuty, isVessel, shipName, shipSubject } from './ship-kinds.ts'

const LIMITED: ReadonlySet<AreaKind> = new Set(['speed-limit'])
const NA_SOG = 1023
/** Reports farther apart are no run; not heard for longer, it is over. */
const UNHEARD_MS = 20 * 60_000

interface Run {
  area: string
  sinceMs: number
  /** Her last report over the limit. */
  lastMs: number
  reports: number
  below: number
  topDeciknots: number
  isRaised: boolean
}

export const speedExceeded: VesselDetector = {
  name: 'speed-exceeded',
  tells: { ko: '속력 제한 구역에서 과속', en: 'too fast for this place' },
  settings: {
    marginKn: {
      unit: 'kn',
      default: 1,
      min: 0,
      max: 10,
      sentence: { ko: '제한을 이만큼 넘어야 셈', en: 'counted from this much over the limit' },
    },
    reports: { unit: '', default: 3, min: 1, max: 20, sentence: { ko: '연속 보고 수', en: 'reports in a row' } },
    seconds: { unit: 's', default: 60, min: 0, max: 3600, sentence: { ko: '지속 시간', en: 'for at least' } },
    graveKn: {
      unit: 'kn',
      default: 5,
      min: 0,
      max: 50,
      sentence: { ko: '이만큼 넘으면 경보, 아니면 기록만', en: 'this much over is an alarm; less is only logged' },
    },
  },
  mergeMin: 10,
  start(ground, settings, desk) {
    const { marginKn = 1, reports = 3, seconds = 60, graveKn = 5 } = settings
    const runs = new Map<Slot, Run>()
    const end = (slot: Slot, mmsi: number, run: Run, atMs: number): void => {
      runs.delete(slot)
      if (run.isRaised) desk.end([shipSubject(mmsi), { kind: 'area', id: run.area }], atMs)
    }
    return {
      onReport(slot, now) {
        const run = runs.get(slot)
        if (now.sogDeciknots === NA_SOG || !isVessel(now.stationClass)) return
        const lat = now.lat600k / 600_000
        const lon = now.lon600k / 600_000
        const isThere = ground.areas.isIn(LIMITED, lat, lon)
        if (!isThere && !run) return
        const area = isThere ? strictest(ground.areas.at(lat, lon)) : undefined
        if (!area || (run && (run.area !== area.id || now.sentAtMs - run.lastMs > UNHEARD_MS))) {
          if (run) end(slot, now.mmsi, run, run.area === area?.id ? run.lastMs : now.sentAtMs)
          if (!area) return
        }
        const limit = area.maxKn ?? Number.POSITIVE_INFINITY
        if (now.sogDeciknots <= (limit + marginKn) * 10) {
          if (run && ++run.below >= 2) end(slot, now.mmsi, run, run.lastMs)
          else if (run && !run.isRaised) runs.delete(slot)
          return
        }
        if (isOnDuty(ground.picture, slot) && !ground.isWatched(now.mmsi)) return
        const own = runs.get(slot) ?? {
          area: area.id,
          sinceMs: now.sentAtMs,
          lastMs: 0,
          reports: 0,
          below: 0,
          topDeciknots: 0,
          isRaised: false,
        }
        runs.set(slot, own)
        own.reports++
        own.lastMs = now.sentAtMs
        own.below = 0
        own.topDeciknots = Math.max(own.topDeciknots, now.sogDeciknots)
        if (own.isRaised || own.reports < reports || now.sentAtMs - own.sinceMs < seconds * 1000) return
        own.isRaised = true
        const sogKn = now.sogDeciknots / 10
        const ship = shipName(ground.picture, slot)
        desk.raise({
          subjects: [shipSubject(now.mmsi), { kind: 'area', id: area.id }],
          fromMs: own.sinceMs,
          raisedAtMs: now.receivedAtMs,
          decidedByMs: now.sentAtMs,
          place: { lat, lon },
          severity: sogKn >= limit + graveKn ? 'medium' : 'low',
          numbers: { sogKn, topKn: own.topDeciknots / 10, limitKn: limit },
          evidence: [now.mark],
          why: {
            ko: `${withParticle(ship, '이')} 제한 ${limit} kn 구역(${area.name})에서 ${sogKn.toFixed(1)} kn로 항해`,
            en: `${ship} makes ${sogKn.toFixed(1)} kn where ${limit} kn is allowed (${area.name})`,
          },
        })
      },
      onTick(nowMs) {
        // She was not heard again there: it lasted as long as we know.
        for (const [slot, run] of runs)
          if (nowMs - ground.picture.receivedAtMs[slot]! > UNHEARD_MS) end(slot, ground.picture.mmsi[slot]!, run, run.lastMs)
      },
      onForget(slot) {
        const run = runs.get(slot)
        if (run) end(slot, ground.picture.mmsi[slot]!, run, run.lastMs)
      },
      save: () => runs,
      restore(state) {
        for (const [slot, run] of state as Map<Slot, Run>) runs.set(slot, run)
      },
    }
  },
}

function strictest(areas: readonly Area[]): Area | undefined {
  let found: Area | undefined
  for (const area of areas)
    if (area.kind === 'speed-limit' && area.maxKn !== undefined && (!found || area.maxKn < (found.maxKn ?? 0))) found = area
  return found
}

// distress-beacon: an AIS-SART (970), man-overboard device (972) or EPIRB (974) is active: status 14, or message 14 that says so. A test (status 15,
// "TEST") is nobody's alarm. ITU-R M.1371-5 annex 9, IEC 61097-14.
import type { VesselDetector } from './contract.ts'
import { shipSubject } from './ship-kinds.ts'

const ACTIVE = 14
const QUIET_MS = 60 * 60_000
const TELL_EVERY_MS = 60_000
const KINDS: Readonly<Record<number, { readonly ko: string; readonly en: string }>> = {
  970: { ko: 'AIS-SART(수색구조 송신기)', en: 'AIS-SART' },
  972: { ko: 'MOB(익수자 송신기)', en: 'man-overboard device' },
  974: { ko: 'EPIRB-AIS(비상위치표시)', en: 'EPIRB-AIS' },
}

export const distressBeacon: VesselDetector = {
  name: 'distress-beacon',
  tells: { ko: '조난 송신기 작동', en: 'a distress transmitter is active' },
  settings: {},
  mergeMin: 60,
  start(_ground, _settings, desk) {
    const lastMs = new Map<number, number>()
    const toldMs = new Map<number, number>()
    const raise = (mmsi: number, atMs: number, receivedAtMs: number, mark: number, place?: { lat: number; lon: number }): void => {
      const kind = KINDS[Math.floor(mmsi / 1_000_000)]
      if (!kind) return
      const subjects = [shipSubject(mmsi)]
      if (desk.isOpen(subjects)) {
        // It drifts: the alarm shows where it is now, told anew each minute at most.
        if (place && receivedAtMs - (toldMs.get(mmsi) ?? 0) >= TELL_EVERY_MS) {
          desk.update(subjects, { place })
          toldMs.set(mmsi, receivedAtMs)
        }
      } else {
        desk.raise({
          subjects,
          fromMs: atMs,
          raisedAtMs: receivedAtMs,
          // However old its report is when it comes: somebody is in the water. No decidedByMs, so it always sounds.
          severity: 'emergency',
          numbers: {},
          evidence: [mark],
          why: {
            ko: `조난신호 수신: ${kind.ko} ${mmsi} 작동${place ? '' : ', 위치 아직 없음'}`,
            en: `distress transmitter active: ${kind.en} ${mmsi}${place ? '' : ', no position yet'}`,
          },
          ...(place ? { place } : {}),
        })
      }
      lastMs.set(mmsi, receivedAtMs)
    }
    return {
      onReport(_slot, now) {
        if (now.navigationStatus === ACTIVE && now.mmsi >= 970_000_000)
          raise(now.mmsi, now.sentAtMs, now.receivedAtMs, now.mark, { lat: now.lat600k / 600_000, lon: now.lon600k / 600_000 })
      },
      // Its number was heard elsewhere before: whoever calls for help is believed. Far inland it is somebody's workshop.
      onStray(_slot, { report, reason }) {
        if (reason !== 'far-inland' && report.navigationStatus === ACTIVE && report.mmsi >= 970_000_000)
          raise(report.mmsi, report.sentAtMs, report.receivedAtMs, report.mark, {
            lat: report.lat600k / 600_000,
            lon: report.lon600k / 600_000,
          })
      },
      onText(mmsi, text, atMs, receivedAtMs, mark) {
        if (/\bACTIVE\b/.test(text) && !/\bTEST\b/.test(text)) raise(mmsi, atMs, receivedAtMs, mark)
      },
      onTick(nowMs) {
        for (const [mmsi, last] of lastMs) {
          if (nowMs - last < QUIET_MS) continue
          lastMs.delete(mmsi)
          toldMs.delete(mmsi)
          desk.end([shipSubject(mmsi)], last)
        }
      },
      save: () => lastMs,
      restore(state) {
        for (const [mmsi, last] of state as Map<number, number>) lastMs.set(mmsi, last)
      },
    }
  },
}

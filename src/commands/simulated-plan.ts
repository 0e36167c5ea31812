// A simulated day as files of the product's own shapes: what POST /api/seals, /api/journeys/bulk and /api/areas take, and beside them what is to be found.
import { devicesOf, type SimJourney, sealAreas } from '#sim/index.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

export function planFile(journeys: readonly SimJourney[], everyS: number): string {
  const seals = new Map(
    devicesOf(journeys).map(({ protocol, deviceId, n }) => [
      `${protocol}:${deviceId}`,
      { protocol, deviceId, number: `DEMO-${String(n + 1).padStart(4, '0')}`, reportEveryS: everyS },
    ]),
  )
  return JSON.stringify({
    seals: [...seals.values()],
    journeys: journeys.map(journey => {
      const { plan } = journey
      const { departFromMs, departUntilMs, arriveFromMs, arriveUntilMs, officerCard, ...rest } = plan
      return {
        ...rest,
        seals: devicesOf([journey]).map(one => ({ seal: `${one.protocol}:${one.deviceId}`, fitting: one.fitting })),
        departFrom: iso(departFromMs),
        departUntil: iso(departUntilMs),
        ...(arriveFromMs === undefined ? {} : { arriveFrom: iso(arriveFromMs) }),
        arriveUntil: iso(arriveUntilMs),
        officers: { destination: [{ name: `${plan.destination.name} 담당`, card: officerCard }] },
      }
    }),
    areas: sealAreas().map(({ demo: _demo, ...area }) => area),
    deeds: journeys.flatMap(({ deeds }) => deeds.map(({ atMs, ...deed }) => ({ ...deed, at: iso(atMs) }))),
    passages: journeys.flatMap(({ passages }) => passages.map(({ atMs, ...passage }) => ({ ...passage, at: iso(atMs) }))),
    script: journeys.flatMap(({ plan, script, scriptMs, isLate }) =>
      script === undefined || scriptMs === undefined
        ? []
        : [{ journey: plan.id, violation: script, at: iso(scriptMs), live: isLate !== true }],
    ),
    nearMisses: journeys.flatMap(({ plan, nearMisses }) => nearMisses.map(what => ({ journey: plan.id, what }))),
  })
}

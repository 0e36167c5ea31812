// What of a journey goes to the screen, times as ISO 8601.
import { given } from './given.ts'
import type { JourneyLine, JourneyPlan, JourneyRow, JourneyStanding, Seal } from './schema.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

export function rowOf(plan: JourneyPlan, standing: JourneyStanding, sealOf: (id: string) => Seal | undefined): JourneyRow {
  const { officers } = plan
  // Who is called: the officer of the end it is nearer to in its course; before it has left, of the origin.
  const atEnd = standing.departedAtMs === undefined ? officers.origin : officers.destination
  const officer = atEnd[0] ?? officers.destination[0] ?? officers.origin[0]
  const every = plan.seals.flatMap(({ seal }) => sealOf(seal)?.reportEveryS ?? [])
  const whole = (standing.progressM ?? 0) + (standing.remainingM ?? 0)
  const { heardAtMs, positionAtMs, etaMs, lat, lon, courseDeg, speedKmh, batteryPercent, locked, remainingM, deviationM } = standing
  return {
    id: plan.id,
    container: plan.container,
    word: standing.word,
    state: standing.state,
    side: standing.side,
    open: standing.open,
    origin: plan.origin.name,
    destination: plan.destination.name,
    risk: plan.risk,
    reportEveryS: every.length > 0 ? Math.min(...every) : 60,
    ...given({
      vehicle: plan.vehicle,
      officer: officer?.name,
      phone: officer?.phone,
      declaration: plan.declaration,
      lat,
      lon,
      courseDeg,
      speedKmh,
      heardAt: heardAtMs === undefined ? undefined : iso(heardAtMs),
      positionAt: positionAtMs === undefined ? undefined : iso(positionAtMs),
      eta: etaMs === undefined ? undefined : iso(etaMs),
      batteryPercent,
      locked,
      progress: whole > 0 ? (standing.progressM ?? 0) / whole : undefined,
      remainingM,
      deviationM,
      isDemo: plan.isDemo,
    }),
  }
}

export const lineView = ({ atMs, knownAtMs, evidence, who, ...line }: JourneyLine, nameOf: (id: string) => string | undefined) => ({
  ...line,
  ...(who === undefined ? {} : { who: nameOf(who) ?? who }),
  at: iso(atMs),
  knownAt: iso(knownAtMs),
  ...(evidence && evidence.length > 0 ? { evidence } : {}),
})

export function planView(plan: JourneyPlan) {
  const { departFromMs, departUntilMs, arriveFromMs, arriveUntilMs, ...rest } = plan
  return {
    ...rest,
    departFrom: iso(departFromMs),
    departUntil: iso(departUntilMs),
    arriveUntil: iso(arriveUntilMs),
    ...(arriveFromMs === undefined ? {} : { arriveFrom: iso(arriveFromMs) }),
  }
}

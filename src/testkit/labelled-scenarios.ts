// The labelled scenarios that stand beside the project: what is known, what was reported, what must be found and what must not. Scored as their README says.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { type Area, readAreas } from '#places/index.ts'
import type { Finding } from '#rules/index.ts'
import { NETWORK, type ObjectReport, STATION_CLASS, type StaticFacts } from '#vessels/index.ts'
import type { Scene } from './sea-scene.ts'

export interface Expectation {
  readonly detector: string
  readonly mmsi: readonly number[]
  readonly from: string
  readonly to: string
  readonly toleranceS?: number
  readonly raiseBy?: string
  readonly optional?: boolean
  readonly atMost?: number
  readonly alarm?: boolean
  readonly outcome?: string
  readonly withdrawnBy?: string
}

export interface LabelledScenario {
  readonly id: string
  readonly title: string
  readonly expect: readonly Expectation[]
  readonly mustNot: readonly string[]
  readonly ships: readonly { readonly mmsi: number; readonly name?: string; readonly shipType?: number; readonly lengthM?: number }[]
  readonly areas: readonly unknown[]
  readonly permits: readonly { readonly barge: number; readonly ship: number; readonly from: string; readonly to: string }[]
  readonly watch: readonly number[]
}

interface JsonReport {
  readonly time: string
  readonly received: string
  readonly src: string
  readonly station?: string
  readonly mmsi: number
  readonly lat: number
  readonly lon: number
  readonly sog?: number | null
  readonly cog?: number | null
  readonly hdg?: number | null
  readonly nav?: number | null
  readonly cls?: string
}

export function labelledScenarios(folder: string): readonly LabelledScenario[] {
  const { scenarios }: { scenarios: LabelledScenario[] } = JSON.parse(readFileSync(`${folder}/scenarios.json`, 'utf8'))
  return scenarios
}

export function reportsOf(folder: string, id: string): ObjectReport[] {
  return gunzipSync(readFileSync(`${folder}/${id}.jsonl.gz`))
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line): ObjectReport => {
      const from: JsonReport = JSON.parse(line)
      return {
        mmsi: from.mmsi,
        lat: from.lat,
        lon: from.lon,
        sentAtMs: Date.parse(from.time),
        receivedAtMs: Date.parse(from.received),
        network: from.src === 'ais-satellite' ? NETWORK.SATELLITE : NETWORK.COAST,
        stationClass:
          from.cls === 'B'
            ? STATION_CLASS.B
            : [970, 972, 974].includes(Math.floor(from.mmsi / 1e6))
              ? STATION_CLASS.DISTRESS
              : STATION_CLASS.A,
        ...(from.station ? { station: from.station } : {}),
        ...optional('sogKn', from.sog),
        ...optional('cogDeg', from.cog),
        ...optional('headingDeg', from.hdg),
        ...optional('navigationStatus', from.nav),
      }
    })
}
const optional = <Key extends string>(key: Key, value: number | null | undefined): { readonly [K in Key]?: number } =>
  typeof value === 'number' ? ({ [key]: value } as { readonly [K in Key]?: number }) : {}

/** What is known beside the reports, as a scene. */
export function sceneOf(scenario: Omit<LabelledScenario, 'expect' | 'mustNot' | 'id' | 'title'>): Omit<Scene, 'reports'> {
  const areas: readonly Area[] = readAreas(scenario.areas).areas
  const ships: Record<number, StaticFacts> = {}
  for (const { mmsi, name, shipType, lengthM } of scenario.ships)
    ships[mmsi] = {
      ...(name ? { name } : {}),
      ...(shipType ? { shipType } : {}),
      ...(lengthM ? { toBowM: Math.round(lengthM), toSternM: 0 } : {}),
    }
  return {
    areas,
    ships,
    watched: scenario.watch,
    permits: scenario.permits.map(({ barge, ship, from, to }) => ({ barge, ship, fromMs: Date.parse(from), toMs: Date.parse(to) })),
  }
}

/** What is wrong with the findings, in words; empty = as labelled. `slackMs`: how much later everything may come. */
export function faultsOf(scenario: LabelledScenario, findings: readonly Finding[], detectors: readonly string[], slackMs = 0): string[] {
  const faults = findings.filter(({ detector }) => scenario.mustNot.includes(detector)).map(({ detector }) => `false ${detector}`)
  for (const wanted of scenario.expect.filter(({ detector }) => detectors.includes(detector))) {
    const toleranceMs = (wanted.toleranceS ?? 300) * 1000
    const hits = findings.filter(
      finding =>
        finding.detector === wanted.detector &&
        wanted.mmsi.every(mmsi => finding.subjects.some(subject => subject.kind === 'ship' && subject.id === String(mmsi))) &&
        finding.from <= Date.parse(wanted.to) + toleranceMs &&
        (finding.to ?? Number.POSITIVE_INFINITY) >= Date.parse(wanted.from) - toleranceMs,
    )
    const inTime = hits.filter(({ raisedAt }) => !wanted.raiseBy || raisedAt <= Date.parse(wanted.raiseBy) + slackMs)
    if (hits.length > (wanted.atMost ?? 1)) faults.push(`${wanted.detector} ${hits.length} times`)
    if (wanted.alarm === false && hits.some(({ severity }) => severity !== 'low')) faults.push(`${wanted.detector} alarms`)
    if (wanted.optional) continue
    if (inTime.length === 0) faults.push(`${wanted.detector} ${hits.length > 0 ? 'late' : 'missed'}`)
    const isWithdrawn = inTime.some(
      ({ withdrawnAt }) => (withdrawnAt ?? Number.POSITIVE_INFINITY) <= Date.parse(wanted.withdrawnBy ?? '') + slackMs,
    )
    if (wanted.outcome === 'withdrawn' && !isWithdrawn) faults.push(`${wanted.detector} not withdrawn`)
  }
  return faults
}

// Frames of real seals and trackers, value by value. The expected values come from outside: the tests of an open server (`expected`) and a separate small
// decoder from the makers' tables (`derived`); the frames stand beside the project and are not copied into it. Answers (`testdata/answers/`, by the
// frame's hash) were made by ours and compared by hand with the published rules: which frames are answered, and with what.
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { attributeOf } from '#testkit/seal-names.ts'
import { sharedData } from '#testkit/shared-data.ts'
import { bytesOfHex, bytesOfText, hexOf, printed, SEAL_PROTOCOLS } from './index.ts'
import type { JsonObject } from './report.ts'

const FOLDER = sharedData('eseal')
const NOW = Date.UTC(2026, 0, 31, 12)
const TOLERANCE = 1e-5
interface Sample {
  readonly encoding: 'hex' | 'ascii'
  readonly frame: string
  readonly line: number
  readonly sha256: string
  readonly expected: {
    readonly result: string
    readonly attributes?: Readonly<Record<string, unknown>>
    readonly position?: { readonly fixTime: string; readonly valid: boolean; readonly latitude: number; readonly longitude: number }
  }
  readonly derived?: JsonObject
}

// Our own form has no devices in the field yet.
for (const protocol of SEAL_PROTOCOLS.filter(({ name }) => name !== 'json')) {
  const file = `${FOLDER}/${protocol.name}.json`
  const samples: readonly Sample[] = FOLDER && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).frames : []

  test.runIf(FOLDER !== undefined)(`every value of the ${samples.length} ${protocol.name} frames comes out under its name`, () => {
    expect(samples.length).toBeGreaterThan(0)
    const faults = samples.flatMap(sample => faultsOf(sample, read(protocol.name, sample)).map(fault => `line ${sample.line}: ${fault}`))
    expect(faults).toEqual([])
  })

  test.runIf(FOLDER !== undefined)(`each ${protocol.name} frame gets the answer its device waits for`, async () => {
    const answers = samples.flatMap(sample => {
      const { answer } = decoded(protocol.name, sample)
      return answer === undefined ? [] : [`${sample.sha256} ${hexOf(answer)}`]
    })
    await expect(`${answers.sort().join('\n')}\n`).toMatchFileSnapshot(`testdata/answers/${protocol.name}.txt`)
  })
}

function decoded(name: string, sample: Sample) {
  const protocol = SEAL_PROTOCOLS.find(one => one.name === name)
  const frame = sample.encoding === 'hex' ? bytesOfHex(sample.frame) : bytesOfText(sample.frame)
  const result = frame && protocol?.decode(frame, { nowMs: NOW })
  if (result === undefined || typeof result === 'string') throw new Error(`${name} line ${sample.line} is refused: ${result}`)
  return result
}

const read = (name: string, sample: Sample): JsonObject[] => decoded(name, sample).reports.map(printed)

/** What of the expectations no report fulfils. */
function faultsOf({ expected, derived }: Sample, reports: readonly JsonObject[]): string[] {
  const [first = {}] = reports
  return [
    ...differences(derived ?? {}, first, ''),
    ...(expected.position ? placeFaults(expected.position, reports) : []),
    ...Object.entries(expected.attributes ?? {}).flatMap(([name, value]) => {
      const ours = attributeOf(name, value)
      if (ours === undefined) return [`the table has no name for ${name}`]
      const found = ours.paths.flatMap(path => reports.map(report => valueAt(report, path)))
      return found.some(one => ours.matches(one)) ? [] : [`${name} ${JSON.stringify(value)}: ${ours.paths} is ${JSON.stringify(found)}`]
    }),
    ...(/^positions?$/.test(expected.result) &&
    !reports.some(({ lat, sentAt, cells, wifi }) => (lat ?? cells ?? wifi) !== undefined || sentAt)
      ? ['no position']
      : []),
  ]
}

function placeFaults(place: NonNullable<Sample['expected']['position']>, reports: readonly JsonObject[]): string[] {
  const isThere = reports.some(
    ({ sentAt, fixValid, lat, lon }) =>
      fixValid === place.valid &&
      Date.parse(String(sentAt)) === Date.parse(place.fixTime) &&
      close(lat, place.latitude) &&
      close(lon, place.longitude),
  )
  return isThere ? [] : [`position ${JSON.stringify(place)} is not in ${JSON.stringify(reports)}`]
}

const close = (value: unknown, wanted: number): boolean => typeof value === 'number' && Math.abs(value - wanted) <= TOLERANCE

/** Everything in `wanted` must be in `found`; lists as they are. */
function differences(wanted: unknown, found: unknown, path: string): string[] {
  if (typeof wanted === 'number' && close(found, wanted)) return []
  if (Array.isArray(wanted)) return JSON.stringify(wanted) === JSON.stringify(found) ? [] : [`${path} is ${JSON.stringify(found)}`]
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof found !== 'object' || found === null) return [`${path} is ${JSON.stringify(found)}`]
    const values = new Map(Object.entries(found))
    return Object.entries(wanted).flatMap(([name, value]) => differences(value, values.get(name), path === '' ? name : `${path}.${name}`))
  }
  return wanted === found ? [] : [`${path} is ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`]
}

function valueAt(report: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) => (typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined),
      report,
    )
}

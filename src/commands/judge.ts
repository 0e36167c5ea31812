import { readFileSync } from 'node:fs'
import { createAreaIndex, readAreas } from '#places/index.ts'
import { createJoining, type Finding, type JoinedAlarm } from '#rules/index.ts'
import {
  createPass,
  DETECTORS,
  NETWORK,
  type ObjectReport,
  type Pass,
  type Permit,
  STATION_CLASS,
  type StaticFacts,
} from '#vessels/index.ts'
import { type Command, CommandFailure, UsageError } from './command.ts'
import { linesOf, TextOutput } from './inputs.ts'

const HELP = `usage: mangru judge FILE… [--context FILE.json] [--detectors a,b] [--settings FILE.json] [--alarms]

Sends a recording through picture and detectors by its own clock of receipt and prints each finding once, as JSON Lines in order of raisedAt, at the end.
FILE holds sentences with TAG block or time of receipt, or JSON reports, one a line; - is standard input, .gz and .zst are read as they are.

  --context FILE   what is known beside the reports: ships areas static permits watch stations (other keys are passed over)
  --detectors a,b  only these
  --settings FILE  {"rendezvous": {"minutes": 20}}: other than the defaults
  --alarms         findings joined to alarms, as the room would see them; low findings are no alarm

Lines that cannot be used are named on standard error and counted.

examples:
  mangru judge night.nmea.gz
  mangru judge case.jsonl.gz --context case.json --detectors rendezvous,signal-lost
  mangru judge night.nmea --alarms | head`

/** Refused lines named one by one before only counting. */
const NAMED_REFUSALS = 20
const CAPACITY = 50_000
const NAMES = DETECTORS.flatMap(({ name, alsoRaises }) => [name, ...(alsoRaises ?? [])])

interface Arguments {
  readonly files: string[]
  context?: string
  detectors?: readonly string[]
  settings?: string
  alarms: boolean
}

export const judge: Command = {
  name: 'judge',
  summary: 'a recording through picture and detectors',
  help: HELP,
  async run(args) {
    const wanted = parse(args)
    if (wanted.files.length === 0) throw new UsageError('name a recording to judge')
    for (const name of wanted.detectors ?? [])
      if (!NAMES.includes(name)) throw new UsageError(`there is no detector ${name}; there are ${NAMES.join(' ')}`)
    const settings = wanted.settings === undefined ? undefined : readSettings(wanted.settings)
    const findings = new Map<string, Finding>()
    const joining = createJoining()
    const alarms = new Map<string, JoinedAlarm>()
    let misjudged = 0
    const context = wanted.context === undefined ? {} : readJson(wanted.context)
    const places = stationPlaces(context)
    const pass = createPass({
      capacity: CAPACITY,
      clock: 'source',
      sink: event => {
        findings.set(event.finding.id, event.finding)
        const { alarm } = joining.take(event)
        if (alarm) alarms.set(alarm.id, alarm)
      },
      stationPlace: name => places.get(name),
      onFault: (detector, error) => {
        if (misjudged++ < NAMED_REFUSALS)
          process.stderr.write(`the detector ${detector} failed: ${error instanceof Error ? error.stack : error}\n`)
      },
      ...(wanted.detectors ? { detectors: wanted.detectors } : {}),
      ...(settings ? { settings } : {}),
    })
    const statics = prepare(pass, context)
    for (const file of wanted.files) await send(file, pass, statics)
    pass.flush()
    const out = new TextOutput()
    const only = wanted.detectors && new Set(wanted.detectors)
    const lines = wanted.alarms
      ? [...alarms.values()].sort((a, b) => a.raisedAtMs - b.raisedAtMs).map(alarmLine)
      : [...findings.values()]
          .filter(finding => !only || only.has(finding.detector))
          .sort((a, b) => a.raisedAt - b.raisedAt)
          .map(findingLine)
    for (const line of lines) out.line(JSON.stringify(line))
    await out.flush()
    return misjudged > 0 ? 1 : 0
  },
}

function parse(args: readonly string[]): Arguments {
  const wanted: Arguments = { files: [], alarms: false }
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    const value = (): string => {
      const next = args[++at]
      if (next === undefined) throw new UsageError(`${word} needs a value`)
      return next
    }
    if (word === '--context') wanted.context = value()
    else if (word === '--detectors') wanted.detectors = value().split(',').filter(Boolean)
    else if (word === '--settings') wanted.settings = value()
    else if (word === '--alarms') wanted.alarms = true
    else if (word.startsWith('-') && word !== '-') throw new UsageError(`there is no option ${word}`)
    else wanted.files.push(word)
  }
  return wanted
}

function readJson(path: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (isObject(parsed)) return parsed
  } catch (error) {
    throw new CommandFailure(`${path} cannot be read as JSON: ${error instanceof Error ? error.message : error}`)
  }
  throw new CommandFailure(`${path} holds no JSON object`)
}

/** Settings that differ from the defaults. Refuses a name nobody has and a value outside its bounds: a typo must not judge with the defaults. */
function readSettings(path: string): Record<string, Record<string, number>> {
  const settings: Record<string, Record<string, number>> = {}
  for (const [name, given] of Object.entries(readJson(path))) {
    const detector = DETECTORS.find(one => one.name === name)
    if (!detector) throw new CommandFailure(`${path}: there is no detector ${name}; there are ${DETECTORS.map(one => one.name).join(' ')}`)
    if (!isObject(given)) throw new CommandFailure(`${path}: the settings of ${name} are no object`)
    const own: Record<string, number> = {}
    for (const [field, value] of Object.entries(given)) {
      const known = detector.settings[field]
      if (!known)
        throw new CommandFailure(`${path}: ${name} has no setting ${field}; it has ${Object.keys(detector.settings).join(' ') || 'none'}`)
      if (typeof value !== 'number' || !(value >= known.min && value <= known.max))
        throw new CommandFailure(
          `${path}: ${name}.${field} is ${JSON.stringify(value)}; use ${known.min} to ${known.max} ${known.unit}`.trim(),
        )
      own[field] = value
    }
    settings[name] = own
  }
  return settings
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (from: Record<string, unknown>, key: string): readonly unknown[] => (Array.isArray(from[key]) ? from[key] : [])
const num = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined)
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const time = (value: unknown): number => (typeof value === 'string' ? Date.parse(value) : typeof value === 'number' ? value : Number.NaN)

function stationPlaces(context: Record<string, unknown>): Map<string, { lat: number; lon: number }> {
  const places = new Map<string, { lat: number; lon: number }>()
  for (const one of list(context, 'stations')) {
    const [name, lat, lon] = Array.isArray(one) ? one : []
    if (typeof name === 'string' && typeof lat === 'number' && typeof lon === 'number') places.set(name, { lat, lon })
  }
  return places
}

interface TimedStatic {
  readonly atMs: number
  readonly mmsi: number
  readonly facts: StaticFacts
}

/** Gives the pass what is known beforehand; returns the static messages that come at their time. */
function prepare(pass: Pass, context: Record<string, unknown>): TimedStatic[] {
  const { areas, refused } = readAreas(list(context, 'areas'))
  for (const { index, why } of refused) process.stderr.write(`area ${index + 1} of the context is left out: ${why}\n`)
  pass.setAreas(createAreaIndex(areas))
  for (const ship of list(context, 'ships')) {
    const mmsi = isObject(ship) ? num(ship.mmsi) : undefined
    if (isObject(ship) && mmsi !== undefined) pass.static(mmsi, factsOf(ship), 0)
  }
  for (const mmsi of list(context, 'watch'))
    if (num(mmsi) !== undefined) pass.control({ control: 'watch', mmsi: Number(mmsi), watched: true })
  const permits = list(context, 'permits').flatMap((one): Permit[] => {
    if (!isObject(one)) return []
    const [barge, ship] = [num(one.barge), num(one.ship)]
    return barge === undefined || ship === undefined ? [] : [{ barge, ship, fromMs: time(one.from), toMs: time(one.to) }]
  })
  pass.control({ control: 'permits', permits })
  return list(context, 'static')
    .flatMap((one): TimedStatic[] =>
      isObject(one) && num(one.mmsi) !== undefined ? [{ atMs: time(one.t ?? one.time), mmsi: Number(one.mmsi), facts: factsOf(one) }] : [],
    )
    .sort((a, b) => a.atMs - b.atMs)
}

function factsOf(ship: Record<string, unknown>): StaticFacts {
  const facts: StaticFacts = {}
  const [name, callSign, destination] = [text(ship.name), text(ship.callSign), text(ship.destination)]
  if (name) facts.name = name
  if (callSign) facts.callSign = callSign
  if (destination) facts.destination = destination
  const [imo, type, length, beam, draught] = [
    num(ship.imoNumber ?? ship.imo),
    num(ship.shipType ?? ship.type),
    num(ship.lengthM),
    num(ship.beamM),
    num(ship.draughtM),
  ]
  if (imo !== undefined) facts.imoNumber = imo
  if (type !== undefined) facts.shipType = type
  if (length !== undefined) {
    facts.toBowM = Math.round(length)
    facts.toSternM = 0
  }
  if (beam !== undefined) {
    facts.toPortM = Math.round(beam)
    facts.toStarboardM = 0
  }
  if (draught !== undefined) facts.draughtDecimetres = Math.round(draught * 10)
  return facts
}

async function send(file: string, pass: Pass, statics: TimedStatic[]): Promise<void> {
  const feed = pass.feed(file === '-' ? 'stdin' : file)
  const encoder = new TextEncoder()
  let line = 0
  let refused = 0
  const refuse = (why: string, input: string): void => {
    if (refused++ < NAMED_REFUSALS) process.stderr.write(`${JSON.stringify({ refused: why, file, line, input: input.slice(0, 300) })}\n`)
  }
  const tellStatics = (): void => {
    while (statics[0] && statics[0].atMs <= pass.nowMs) {
      const next = statics.shift()
      if (next) pass.static(next.mmsi, next.facts, next.atMs)
    }
  }
  for await (const input of linesOf(file)) {
    line++
    if (input.trim() === '') continue
    if (!input.startsWith('{')) {
      pass.bytes(feed, encoder.encode(`${input}\n`), pass.nowMs, -1)
      tellStatics()
      continue
    }
    let parsed: unknown
    try {
      parsed = JSON.parse(input)
    } catch {
      refuse('no-json', input)
      continue
    }
    const report = isObject(parsed) ? reportOf(parsed) : 'no-object'
    if (typeof report === 'string') {
      refuse(report, input)
      continue
    }
    pass.advanceTo(report.receivedAtMs)
    tellStatics()
    pass.report(feed, report, -1)
  }
  pass.end(feed)
  const { refused: bad, sentences } = pass.feedCounts(feed)
  const sum = Object.values(bad).reduce((total, n) => total + n, 0) + refused
  if (sum > 0)
    process.stderr.write(
      `${file}: ${sum} of ${line} lines could not be used ${JSON.stringify(Object.fromEntries(Object.entries(bad).filter(([, n]) => n > 0)))}\n`,
    )
  if (sentences > 0 && pass.nowMs === 0)
    process.stderr.write(
      `${file}: no sentence tells a time (TAG block c:, log time, $PGHP, ZDA or a base station's report); nothing could be judged\n`,
    )
}

function reportOf(from: Record<string, unknown>): ObjectReport | string {
  const [mmsi, lat, lon, sentAtMs] = [num(from.mmsi), num(from.lat), num(from.lon), time(from.time)]
  if (mmsi === undefined || lat === undefined || lon === undefined) return 'mmsi-lat-lon-missing'
  if (Number.isNaN(sentAtMs)) return 'time-missing'
  const received = time(from.received)
  const [sogKn, cogDeg, headingDeg, navigationStatus] = [num(from.sog), num(from.cog), num(from.hdg), num(from.nav)]
  const station = text(from.station)
  const head = Math.floor(mmsi / 1_000_000)
  return {
    mmsi,
    lat,
    lon,
    sentAtMs,
    receivedAtMs: Number.isNaN(received) ? sentAtMs : received,
    network: from.src === 'ais-satellite' ? NETWORK.SATELLITE : NETWORK.COAST,
    stationClass:
      from.cls === 'B' ? STATION_CLASS.B : head === 970 || head === 972 || head === 974 ? STATION_CLASS.DISTRESS : STATION_CLASS.A,
    ...(station ? { station } : {}),
    ...(sogKn === undefined ? {} : { sogKn }),
    ...(cogDeg === undefined ? {} : { cogDeg }),
    ...(headingDeg === undefined ? {} : { headingDeg }),
    ...(navigationStatus === undefined ? {} : { navigationStatus }),
  }
}

const iso = (ms: number): string => new Date(ms).toISOString()
/** Level 0 has no word of its own in the doors' severities. */
const severityOf = (severity: Finding['severity']): string => (severity === 'emergency' ? 'critical' : severity)

function findingLine(finding: Finding) {
  const others = finding.subjects.filter(subject => subject.kind !== 'ship')
  return {
    detector: finding.detector,
    ships: finding.subjects.filter(subject => subject.kind === 'ship').map(subject => Number(subject.id)),
    from: iso(finding.from),
    raisedAt: iso(finding.raisedAt),
    ...(finding.to === undefined ? {} : { to: iso(finding.to) }),
    ...(finding.withdrawnAt === undefined ? {} : { withdrawnAt: iso(finding.withdrawnAt) }),
    ...(finding.place ? { place: finding.place } : {}),
    severity: severityOf(finding.severity),
    numbers: finding.numbers,
    why: finding.why,
    ...(others.length > 0 ? { subjects: others } : {}),
  }
}

const SEVERITIES = ['critical', 'critical', 'high', 'medium', 'low'] as const
function alarmLine(alarm: JoinedAlarm) {
  const leading = alarm.reasons.find(reason => reason.detector === alarm.detector)
  return {
    detector: alarm.detector,
    ships: alarm.ships,
    from: iso(alarm.fromMs),
    raisedAt: iso(alarm.raisedAtMs),
    ...(alarm.endedAtMs === undefined ? {} : { to: iso(alarm.endedAtMs) }),
    ...(alarm.place ? { place: alarm.place } : {}),
    severity: SEVERITIES[alarm.level] ?? 'low',
    level: alarm.level,
    ...(leading ? { why: leading.why } : {}),
    reasons: alarm.reasons.map(findingLine),
  }
}

import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { createAreaIndex } from '#places/index.ts'
import { createJoining, type JoinedAlarm } from '#rules/index.ts'
import { createPass, NETWORK, STATION_CLASS } from '#vessels/index.ts'
import { type LabelledScenario, sceneOf } from '../src/testkit/labelled-scenarios.ts'
import { sharedData } from '../src/testkit/shared-data.ts'
import type { Bench } from './bench.ts'

interface NormalDay extends Omit<LabelledScenario, 'watch'> {
  readonly t0: string
  readonly hours: number
}

/** Sends the day of the shared data through a pass; the alarms after joining, each with its last state. */
export function judgeNormalDay(folder: string): {
  readonly alarms: readonly JoinedAlarm[]
  readonly hours: number
  readonly reports: number
} {
  const day: NormalDay = JSON.parse(readFileSync(`${folder}/normal-day.json`, 'utf8'))
  const { ships = {}, areas = [], permits = [] } = sceneOf({ ...day, watch: [] })
  const joining = createJoining()
  const alarms = new Map<string, JoinedAlarm>()
  const pass = createPass({
    capacity: 2000,
    sink: event => {
      const { alarm } = joining.take(event)
      if (alarm) alarms.set(alarm.id, alarm)
    },
  })
  const feed = pass.feed('normal day')
  pass.setAreas(createAreaIndex(areas))
  for (const [mmsi, facts] of Object.entries(ships)) pass.static(Number(mmsi), facts, 0)
  pass.control({ control: 'permits', permits })
  const t0 = Date.parse(day.t0)
  const rows = gunzipSync(readFileSync(`${folder}/normal-day.csv.gz`))
    .toString()
    .trim()
    .split('\n')
    .slice(1)
  const reports = rows.map(row => {
    const [time = '', delay = '', ship = '', lat = '', lon = '', sog = '', cog = '', hdg = '', nav = '', station = ''] = row.split(',')
    const sentAtMs = t0 + Number(time) * 1000
    return {
      sentAtMs,
      receivedAtMs: sentAtMs + Number(delay) * 1000,
      mmsi: day.ships[Number(ship)]?.mmsi ?? 0,
      stationClass: nav === '' ? STATION_CLASS.B : STATION_CLASS.A,
      network: station === 'S' ? NETWORK.SATELLITE : NETWORK.COAST,
      lat: Number(lat),
      lon: Number(lon),
      ...(station === '' || station === 'S' ? {} : { station }),
      ...(sog === '' ? {} : { sogKn: Number(sog) }),
      ...(cog === '' ? {} : { cogDeg: Number(cog) }),
      ...(hdg === '' ? {} : { headingDeg: Number(hdg) }),
      ...(nav === '' ? {} : { navigationStatus: Number(nav) }),
    }
  })
  for (const report of reports.sort((a, b) => a.receivedAtMs - b.receivedAtMs)) pass.report(feed, report, -1)
  pass.flush()
  return { alarms: [...alarms.values()], hours: day.hours, reports: reports.length }
}

export const bench: Bench = {
  name: 'normal-day',
  question: 'How many alarms does a day give in which nothing happens but one outage of a coast station?',
  async run() {
    const folder = sharedData('detectors')
    if (folder === undefined) return []
    const { alarms, hours, reports } = judgeNormalDay(folder)
    const size = `${reports} reports, ${hours} h`
    const outages = alarms.filter(({ detector }) => detector === 'station-silent')
    const others = alarms.length - outages.length
    for (const { detector, reasons } of alarms) process.stderr.write(`${detector}: ${reasons.map(reason => reason.why.en).join(' | ')}\n`)
    return [
      { name: 'false alarms an hour, whole region', value: others / hours, unit: '/h', goal: '≤ 1', size },
      { name: 'station outages told', value: outages.length, unit: '', goal: 'exactly 1', size },
    ]
  },
}

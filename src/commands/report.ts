import { writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { createDuty } from '#access/duty/index.ts'
import { createAccess } from '#access/index.ts'
import { createAlerts } from '#alerts/index.ts'
import { type Clock, epochMs } from '#base/index.ts'
import { createIncidents } from '#incidents/index.ts'
import { ensureChart } from '#places/build.ts'
import { loadAreas } from '#places/index.ts'
import { createBus } from '#platform/bus/index.ts'
import { machineClock } from '#platform/clock/index.ts'
import { readStore, type Store } from '#platform/store/index.ts'
import {
  asOfOf,
  createPress,
  type FileForm,
  FORMS,
  isDay,
  PAPER_KINDS,
  type PaperKind,
  type RoomSources,
  readReport,
  readReportsSettings,
} from '#reports/index.ts'
import { hasPositions, type LastPlace, lastPlaces, openTrackDatabase, PAST_MS } from '#vessels/index.ts'
import { MIGRATIONS } from '../roles/migrations.ts'
import { POLICIES } from '../roles/policies.ts'
import { isDemoStore, KOREAN_SEAS, reportSources } from '../roles/report-sources.ts'
import { type Command, CommandFailure, UsageError } from './command.ts'
import { unarchived } from './ledger-tail.ts'
import { readOptions } from './options.ts'
import { commandSettings } from './settings.ts'
import { archivedNames, sayDamaged } from './track.ts'

const HELP = `usage: mangru report DATE --out FILE.pdf|.docx|.hwpx|.html [--kind daily|weekly|monthly] [--lang ko|en] [--data DIR]
                          [--config FILE]

The report of that KST day's 07:00: the daily one of 2026-11-24 tells from the 23rd 07:00 to the 24th 07:00; weekly, of seven days; monthly, of the month so far.
What stands in it is what was known at that hour. Changes by hand are in it; once approved it is the sealed paper itself. No time of making is printed, so two runs give
the same bytes. Works beside a running product and after kill -9; a new folder gives an empty paper.

  --out FILE     the ending says the form
  --lang en      the English edition, one page
  --data DIR     the data folder; default ./data, or MANGRU_DATA
  --config FILE  the settings the product runs with (boxes of the approval line, telephone of the room); default MANGRU_CONFIG, else as shipped

examples:
  mangru report 2026-11-24 --out report.pdf
  mangru report 2026-11-24 --out report.hwpx --data /var/lib/mangru
  mangru report 2026-11-23 --kind weekly --out week.docx`

export const report: Command = {
  name: 'report',
  summary: 'the 07:00 report of a day: PDF, DOCX, HWPX',
  help: HELP,
  async run(args) {
    const options = readOptions(args, ['--out', '--kind', '--lang', '--data', '--config'])
    const [day = ''] = options.words
    if (options.words.length !== 1 || !isDay(day))
      throw new UsageError('name one day that exists, for example mangru report 2026-11-24 --out report.pdf')
    const kind = kindOf(options.values.get('--kind') ?? 'daily')
    const language = options.values.get('--lang') ?? 'ko'
    if (language !== 'ko' && language !== 'en') throw new UsageError(`--lang ${language}: ko or en`)
    const { out, form } = outOf(options.values.get('--out'))
    const settings = await commandSettings(options.values.get('--config'))
    const { boxes, phone } = readReportsSettings(settings.text, settings.number, settings.list)
    const data = settings.dataDirectory(options.values.get('--data'))
    const store = openOrFail(join(data, 'store', 'mangru.db'))
    const press = createPress(machineClock)
    try {
      await ensureChart(() => {})
      const paper = await readReport({
        store,
        data,
        sources: await sourcesOf(store, data),
        kind,
        day,
        toMs: asOfOf(day),
        language,
        boxes,
        phone,
        press,
        form,
      })
      if (!paper.ok) throw new CommandFailure(paper.reason)
      writeFileSync(out, paper.value)
      return 0
    } finally {
      press.close()
      await store.close()
    }
  },
}

function kindOf(word: string): PaperKind {
  const kind = PAPER_KINDS.find(one => one === word)
  if (!kind || kind === 'special') throw new UsageError(`--kind ${word}: daily, weekly or monthly`)
  return kind
}

function outOf(out: string | undefined): { readonly out: string; readonly form: FileForm } {
  if (out === undefined) throw new UsageError('say where it goes: --out FILE.pdf, .docx, .hwpx or .html')
  const form = FORMS.find(one => `.${one}` === extname(out).toLowerCase())
  if (!form) throw new UsageError(`--out ${out}: the name ends in .pdf, .docx, .hwpx or .html`)
  return { out, form }
}

function openOrFail(file: string): Store {
  try {
    return readStore(file, MIGRATIONS)
  } catch (error) {
    throw new CommandFailure(error instanceof Error ? error.message : String(error))
  }
}

/** Nothing is awaited or done by time here. */
const STILL: Clock = { now: () => epochMs(0), every: () => () => {}, after: () => () => {} }

async function sourcesOf(store: Store, data: string): Promise<RoomSources> {
  const access = createAccess({
    policies: POLICIES,
    store,
    clock: STILL,
    secondExpiresAfterMs: 0,
    keepLeaversMs: Number.MAX_SAFE_INTEGER,
  })
  const incidents = createIncidents({
    store,
    clock: STILL,
    bus: createBus(() => {}),
    organisationsAt: () => [],
    isOrganisation: () => true,
    areAttached: () => true,
  })
  const alerts = createAlerts({ store, clock: STILL, organisationsOf: () => [], onChange: () => {} })
  const names = archivedNames(data)
  const areas = new Map(loadAreas(store).map(area => [area.id, area.name]))
  const tail = unarchived(data, names)
  const duty = createDuty({
    store,
    clock: STILL,
    nameOf: id => access.people.personById(id)?.name,
    organisations: () => [],
    onChange: () => {},
  })
  return reportSources({
    store,
    access,
    alerts,
    incidents,
    duty,
    labelOf: (kind, id) => (kind === 'ship' ? names.get(Number(id)) : kind === 'area' ? areas.get(id) : undefined),
    isDemo: () => isDemoStore(store),
    past: atMs => pastOf(data, tail, atMs),
    wasHeard: (fromMs, toMs) =>
      hasPositions(join(data, 'tracks'), fromMs, toMs) || tail.some(one => one.sentAtMs >= fromMs && one.sentAtMs < toMs),
  })
}

/** Last places of ships at a moment: of the archive, and of what the ledger holds beyond it. */
async function pastOf(
  data: string,
  tail: readonly (LastPlace & { readonly standing: number })[],
  atMs: number,
): Promise<readonly LastPlace[]> {
  const last = new Map<number, LastPlace>()
  if (hasPositions(join(data, 'tracks'), atMs - PAST_MS, atMs)) {
    const database = await openTrackDatabase({ onDamaged: sayDamaged })
    try {
      for (const place of await lastPlaces(database, join(data, 'tracks'), atMs, KOREAN_SEAS)) last.set(place.mmsi, place)
    } finally {
      database.close()
    }
  }
  const { west, south, east, north } = KOREAN_SEAS
  for (const point of tail) {
    const [lat, lon] = [point.lat600k / 600_000, point.lon600k / 600_000]
    if (point.standing !== 0 || point.sentAtMs > atMs || point.sentAtMs < atMs - PAST_MS) continue
    if (lat < south || lat > north || lon < west || lon > east) continue
    const known = last.get(point.mmsi)
    if (!known || comparePlaces(known, point) < 0) last.set(point.mmsi, point)
  }
  return [...last.values()].sort((a, b) => a.mmsi - b.mmsi)
}

/** As the archive does: by time, then latitude, longitude, speed. */
const comparePlaces = (a: LastPlace, b: LastPlace): number =>
  a.sentAtMs - b.sentAtMs || a.lat600k - b.lat600k || a.lon600k - b.lon600k || a.sogDeciknots - b.sogDeciknots

// The rooms of the desk, above those that hear and judge: the duty log and the hand-over, the statistics, the reports and the mail they go out by.
import { join } from 'node:path'
import type { Duty } from '#access/duty/index.ts'
import type { Access } from '#access/index.ts'
import type { Alerts } from '#alerts/index.ts'
import type { Caller, Clock } from '#base/index.ts'
import { type Ledger, signingKey } from '#evidence/index.ts'
import type { Incidents } from '#incidents/index.ts'
import { whereIs } from '#places/index.ts'
import type { Bus } from '#platform/bus/index.ts'
import type { Http } from '#platform/http/index.ts'
import type { Live } from '#platform/live/index.ts'
import type { Log } from '#platform/log/index.ts'
import { createMail, createSmtp } from '#platform/mail/index.ts'
import type { Store } from '#platform/store/index.ts'
import { reportTimes, startReports } from '#reports/index.ts'
import { startShifts } from '#shifts/index.ts'
import { startStatistics } from '#statistics/index.ts'
import { type FeedDesk, hasPositions, type Pass, type TrackArchive } from '#vessels/index.ts'
import type { Ground } from './ground.ts'
import { createNameFinder, watchedShips } from './links.ts'
import type { RoomOptions } from './options.ts'
import { isDemoStore, KOREAN_SEAS, reportSources } from './report-sources.ts'

/** What every room of the desk is given. */
interface House {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly bus: Bus
  readonly http: Http
  readonly live: Live
  readonly access: Access
  readonly alerts: Alerts
  readonly incidents: Incidents
  labelOf(kind: string, id: string): string | undefined
}

export interface DeskOptions extends House {
  readonly options: RoomOptions
  readonly duty: Duty
  readonly pass: Pass
  readonly feeds: FeedDesk
  readonly tracks: TrackArchive
  readonly ledger: Ledger
  readonly ground: Ground
  isDemo(): boolean
  /** Whether the caller has just proved who they are. */
  confirmed(caller: Caller): boolean
}

export function startDesk({ options, duty, pass, feeds, tracks, ledger, ground, isDemo, confirmed, ...house }: DeskOptions) {
  const { store, clock, log, access, labelOf } = house
  const shifts = startShifts({
    ...house,
    duty,
    feeds,
    subjectsOf: alarm => alarm.joined.subjects.map(({ kind, id }) => labelOf(kind, id) ?? id).join(' ↔ '),
    watchedShips: () => watchedShips(pass, whereIs),
    findLinks: createNameFinder({ access, pass }),
  })
  const statistics = startStatistics({
    ...house,
    file: join(options.data, 'store', 'mangru.db'),
    picture: pass.picture,
    feeds: feeds.list,
    organisationsAt: (lat, lon) => ground.whose({ lat, lon }),
    reports: reportTimes(store, options.reports.timetable),
    isDemo,
  })
  const mail = createMail({
    store,
    clock,
    transport: options.mail && createSmtp(options.mail),
    onTrouble: sentence => log.error(sentence),
  })
  const reports = startReports({
    ...house,
    settings: options.reports,
    mail,
    data: options.data,
    sources: reportSources({
      ...house,
      duty,
      isDemo: () => isDemo() || isDemoStore(store),
      past: atMs => tracks.past(atMs, KOREAN_SEAS),
      wasHeard: (fromMs, toMs) => hasPositions(join(options.data, 'tracks'), fromMs, toMs),
    }),
    key: signingKey(join(options.data, 'keys', 'evidence-ed25519.pem')),
    confirmed,
    witness: entry => ledger.control(entry, clock.now()),
  })
  return { shifts, statistics, mail, reports }
}

// Wires the room to its doors, the clock, the mail and the ledger. The only file that knows all the others.

import { type Access, auditStatement, distinctName } from '#access/index.ts'
import type { Caller, Clock } from '#base/index.ts'
import type { Bus } from '#platform/bus/index.ts'
import type { Http } from '#platform/http/index.ts'
import type { Live } from '#platform/live/index.ts'
import type { Log } from '#platform/log/index.ts'
import type { Mail } from '#platform/mail/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { OfficesState } from './checks.ts'
import { approvedMail, type DeliverOptions, unapprovedMail } from './deliver.ts'
import { asOfOf } from './period.ts'
import { createPress, type Press } from './press.ts'
import { isDecided } from './report.ts'
import { createReports, idOf, type Reports } from './reports.ts'
import { reportRoutes } from './routes.ts'
import { REPORT_CHANGED } from './schema.ts'
import type { SignKey } from './seal.ts'
import type { ReportsSettings } from './settings.ts'
import type { RoomSources } from './sources.ts'
import { deedsDone, frozenPaper, markDone, officeLines, withOwn } from './store.ts'
import { type DailyDeed, dueDeeds, minutesOf } from './timetable.ts'
import { headView } from './view.ts'

export interface StartOptions {
  readonly settings: ReportsSettings
  readonly store: Store
  readonly clock: Clock
  readonly bus: Bus
  readonly http: Pick<Http, 'route'>
  readonly live: Pick<Live, 'announce'>
  readonly mail: Mail
  readonly access: Access
  readonly data: string
  readonly sources: RoomSources
  readonly key: SignKey
  /** Has this person proved again who they are, lately enough to sign? */
  confirmed(caller: Caller): boolean
  witness(entry: Readonly<Record<string, unknown>>): void
  readonly log: Log
}

const LOOK_EVERY_MS = 15_000

export interface RunningReports {
  readonly reports: Reports
  /** Sets papers of other rooms too. */
  readonly press: Press
  /** What the clock asks for now; for tests and the demo's first morning. */
  look(): Promise<void>
  close(): void
}

export function startReports(options: StartOptions): RunningReports {
  const { settings, store, clock, bus, http, live, mail, access, data, log } = options
  const press = createPress(clock)
  const sources = withOwn(options.sources, store)
  const reports = createReports({
    store,
    clock,
    bus,
    data,
    sources,
    press,
    key: options.key,
    boxes: settings.boxes,
    phone: settings.phone,
    witness: options.witness,
    onFault: sentence => log.error(`report: ${sentence}`),
    onLine: (day, organisation) =>
      live.announce(
        { kind: 'report-lines', day, organisation, change: 'handed-in' },
        { deed: 'reports.line', organisations: [organisation] },
      ),
  })
  const offices = ({ kind, day }: { readonly kind: string; readonly day: string }) =>
    kind === 'daily' ? officesOf(options, day) : undefined
  reportRoutes({
    http,
    reports,
    press,
    mail,
    data,
    settings,
    sources,
    now: clock.now,
    organisations: access.organisations,
    isFrozen: id => frozenPaper(store, id, 'ko') !== undefined,
    offices,
    confirmed: options.confirmed,
    isAlone: caller => !access.people.all().some(person => person.isActive && person.kind === 'person' && person.id !== caller.id),
  })
  const deliver: DeliverOptions = { mail, data, press, to: settings.mailTo, unapprovedTo: settings.mailUnapprovedTo }
  const work = createDailyWork({ ...options, reports, deliver, missing: day => officesOf(options, day)?.missing ?? [] })
  let looking: Promise<void> | undefined
  const look = (): Promise<void> => {
    looking ??= work.look().finally(() => {
      looking = undefined
    })
    return looking
  }
  const quietly = (): void => void look().catch(error => log.error(`the daily report: ${error instanceof Error ? error.message : error}`))
  const stops = [
    clock.every(LOOK_EVERY_MS, quietly),
    bus.on(REPORT_CHANGED, ({ report }) => {
      live.announce({ kind: 'report', report: headView(report) }, { deed: 'reports.look', organisations: [] })
      if (isDecided(report)) quietly()
    }),
  ]
  void reports
    .witnessSealed()
    .catch(error => log.error(`sealed reports were not witnessed: ${error instanceof Error ? error.message : error}`))
  return {
    reports,
    press,
    look,
    close() {
      for (const stop of stops) stop()
      press.close()
    },
  }
}

/** Who was to hand in a line, who has, who came after the closing. */
function officesOf(
  { store, access, settings }: StartOptions,
  day: string,
): { readonly state: OfficesState; readonly missing: readonly string[] } | undefined {
  const due = access.organisations().all.filter(one => one.kind !== 'head-office' && one.closedAtMs === undefined)
  const lines = officeLines(store, day)
  const done = new Set(lines.map(line => line.organisation))
  const closeMs = asOfOf(day, 0) + settings.timetable.close * 60_000
  return {
    state: { due: due.length, done: due.filter(one => done.has(one.id)).length, late: lines.filter(line => line.atMs > closeMs).length },
    missing: due.filter(one => !done.has(one.id)).map(one => one.id),
  }
}

interface DailyWork extends StartOptions {
  readonly reports: Reports
  readonly deliver: DeliverOptions
  missing(day: string): readonly string[]
}

function createDailyWork({ store, clock, live, mail, log, settings, access, reports, deliver, missing }: DailyWork): {
  look(): Promise<void>
} {
  const isDone = (day: string, deed: DailyDeed): boolean => deedsDone(store, idOf('daily', day)).has(deed)
  const machine = (deed: string, thing: string, note = '') =>
    auditStatement({ atMs: clock.now(), who: 'mangru', deed: `report.${deed}`, thing, note })
  const nameOf = (id: string): string => {
    const organisation = access.organisations().get(id)
    return organisation ? distinctName(organisation).ko : id
  }

  const doDeed = async (day: string, deed: DailyDeed): Promise<void> => {
    const id = idOf('daily', day)
    const nowMs = clock.now()
    switch (deed) {
      case 'remind':
      case 'close': {
        // Nobody is reminded of what has closed already (a product that was down, or is new).
        if (deed === 'remind' && minutesOf(nowMs) >= settings.timetable.close) return store.write([markDone(id, deed, nowMs)])
        const left = missing(day)
        await store.write([markDone(id, deed, nowMs), machine(deed, id, left.join(' '))])
        // Each office hears of itself; head office of all.
        for (const office of left)
          live.announce(
            { kind: 'report-lines', day, organisation: office, change: deed },
            { deed: 'reports.line', organisations: [office] },
          )
        if (left.length > 0) log.info(`daily report ${day}: ${deed}; no line yet from ${left.map(nameOf).join(', ')}`)
        return
      }
      case 'draft':
        await reports.open(id, [markDone(id, deed, nowMs), machine(deed, id)])
        return
      case 'send':
        await reports.open(id)
        await send(id, nowMs)
    }
  }
  /** 07:00: figures are frozen, and what is ready goes out. */
  const send = async (id: string, nowMs: number): Promise<void> => {
    const report = reports.get(id)
    if (!report) return
    if (isDecided(report)) {
      await store.write([markDone(id, 'send', nowMs), machine('send', id)])
      return
    }
    const composed = await reports.paper(id, 'ko')
    const mails = composed ? await unapprovedMail(deliver, report, composed.paper, nowMs) : []
    const sent = mails.length > 0 ? [machine('send', id, composed?.paper.standing ?? '')] : []
    await reports.freeze(id, [markDone(id, 'send', nowMs), ...mails, ...sent])
  }
  /** What was approved is sent once its hour has come, in the transaction that says so. */
  const sendApproved = async (): Promise<void> => {
    for (const report of reports.list(Number.MAX_SAFE_INTEGER, 10)) {
      const deeds = deedsDone(store, report.id)
      if (!isDecided(report) || report.kind !== 'daily' || !deeds.has('send') || deeds.has('mailed')) continue
      const composed = await reports.paper(report.id, 'ko')
      if (composed)
        await store.write([markDone(report.id, 'mailed', clock.now()), ...approvedMail(deliver, report, composed.paper, clock.now())])
    }
  }
  return {
    async look() {
      for (const { day, deed } of dueDeeds(clock.now(), settings.timetable, isDone)) await doDeed(day, deed)
      await sendApproved()
      await mail.flush()
    },
  }
}

// Rosters and log of the demo: the watch of this night began at 18:00 at all 24 places (posts, no persons), its log comes in as the night goes on, and the other sites hand over
// at their minute (당진 late, as in the picture). Head office's own sheet is left to whoever sits there. Real feeds end it, and then all of it goes.
import { type Duty, PATTERNS, type Roster, rosterFrom } from '#access/duty/index.ts'
import { type Clock, epochMs } from '#base/index.ts'
import type { Statement } from '#platform/store/index.ts'
import type { ShiftsAt } from '#shifts/index.ts'
import { nightOf, timeOf } from './demo-incidents.ts'
import { DEMO_LOG, type DemoLogLine } from './demo-log.ts'

const DAY_MS = 86_400_000
const LOOK_MS = 30_000
const BY = { who: 'mangru' } as const
/** The one site that is late, as on the picture. */
const LATE = 'dangjin'
const LATE_MS = 40 * 60_000
const SEATS: readonly (readonly [id: string, ko: string, en: string])[] = [
  ['leader', '조장', 'leader'],
  ['watch-1', '당직 1', 'watch 1'],
  ['watch-2', '당직 2', 'watch 2'],
  ['risk-1', '위험분석 1', 'risk analysis 1'],
  ['equipment', '통신·장비', 'communications'],
]
/** Numbers that are nobody's. */
const PHONES: readonly (readonly [id: string, ko: string, en: string, number: string])[] = [
  ['demo-phone-1', '부산세관 감시과', 'Busan Customs, surveillance', '000-0001'],
  ['demo-phone-2', '해양경찰 종합상황실', 'Coast Guard situation room', '000-0002'],
  ['demo-phone-3', '해상교통관제(부산)', 'Busan VTS', '000-0003'],
  ['demo-phone-4', '통신 장애 신고', 'network faults', '000-0004'],
]
/** Smaller rooms have fewer seats and three crews. */
const SMALL_SEATS = 2

export interface DemoWatchOptions {
  readonly clock: Clock
  readonly duty: Duty
  readonly organisations: readonly { readonly id: string; readonly kind: string }[]
  at(clock: Clock): ShiftsAt
  onFault(error: unknown): void
}

function demoRoster(organisation: string, kind: string): Roster {
  const isSmall = kind === 'monitoring-centre'
  const pattern = PATTERNS.find(one => one.id === (isSmall ? '3x2' : '4x2'))
  if (!pattern) throw new Error('the patterns of rosters are gone')
  const seats = SEATS.slice(0, isSmall ? SMALL_SEATS : kind === 'head-office' ? SEATS.length : 3).map(([id, ko, en]) => ({ id, ko, en }))
  return {
    ...rosterFrom(pattern, { id: `demo-roster-${organisation}`, organisation, firstDay: '2026-01-01', fromDay: '2026-01-01', seats }),
    isDemo: true,
  }
}

const steady = (nowMs: () => number): Clock => ({ now: () => epochMs(nowMs()), every: () => () => {}, after: () => () => {} })

/** The returned function stops it. */
export async function playDemoWatch({ clock, duty, organisations, at, onFault }: DemoWatchOptions): Promise<() => void> {
  for (const { id, kind } of organisations) if (duty.rosters(id).length === 0) await duty.saveRoster(demoRoster(id, kind), BY)
  const [head] = organisations
  if (head && !duty.phoneBook(head.id).some(one => one.id.startsWith('demo-')))
    for (const [id, ko, en, number] of PHONES) await duty.savePhone({ id, organisation: head.id, ko, en, number }, BY)
  const demoed = organisations.map(one => one.id).filter(id => duty.rosters(id).some(one => one.isDemo))
  const nowMs = clock.now()
  const nights = [nightOf(nowMs) - DAY_MS, nightOf(nowMs)]
  const lines = nights.flatMap(midnightMs => DEMO_LOG.map(line => ({ line, midnightMs, atMs: timeOf(midnightMs, line.at) })))
  let then = nowMs
  const past = at(steady(() => then))
  for (const { line, midnightMs, atMs } of lines.filter(one => one.atMs <= nowMs)) {
    then = epochMs(atMs)
    await write(past, line, midnightMs)
  }
  await Promise.all(demoed.map(organisation => signPast(organisation, { duty, at, nowMs })))

  const present = at(clock)
  const stops = lines
    .filter(one => one.atMs > nowMs)
    .map(({ line, midnightMs, atMs }) => clock.after(atMs - nowMs, () => void write(present, line, midnightMs).catch(onFault)))
  const look = async (): Promise<void> => {
    for (const organisation of demoed.filter(id => id !== organisations[0]?.id)) {
      const sheet = present.handOvers.current(organisation)
      if (!sheet || sheet.state === 'done') continue
      const atMs = organisation === LATE ? sheet.from.toMs + LATE_MS : sheet.from.toMs - (1 + (organisation.length % 5)) * 60_000
      if (clock.now() >= atMs) await sign(present, sheet.id)
    }
  }
  stops.push(clock.every(LOOK_MS, () => void look().catch(onFault)))
  return () => {
    for (const stop of stops) stop()
  }
}

async function write(
  { log }: ShiftsAt,
  { at, organisation, seat, kind, text, due, corrects }: DemoLogLine,
  midnightMs: number,
): Promise<void> {
  const idOf = (time: string): string => `demo-line:${organisation}:${midnightMs}:${time}`
  await log.write(
    {
      id: idOf(at),
      kind,
      text,
      links: [],
      ...(due === undefined ? {} : { dueMs: timeOf(midnightMs, due) }),
      ...(corrects === undefined ? {} : { corrects: idOf(corrects) }),
    },
    { author: { id: `demo-${organisation}`, name: '당직관', organisation }, seat },
  )
}

/** Sheets of the watches that ended in the last day and a half were signed at their time; the late site's last one waits still. */
async function signPast(
  organisation: string,
  { duty, at, nowMs }: Pick<DemoWatchOptions, 'duty' | 'at'> & { readonly nowMs: number },
): Promise<void> {
  const ended = duty
    .watchesBetween(organisation, nowMs - 1.5 * DAY_MS, nowMs)
    .filter(watch => watch.toMs <= nowMs && watch.toMs > nowMs - 1.5 * DAY_MS)
  for (const watch of ended) {
    const room = at(steady(() => watch.toMs - 4 * 60_000))
    if (room.handOvers.get(`hand-over:${watch.id}`)) continue
    const opened = await room.handOvers.open(organisation, { person: 'mangru', name: '망루' }, watch.toMs - 1)
    if (opened.ok && !(organisation === LATE && nowMs < watch.toMs + LATE_MS)) await sign(room, opened.value.id)
  }
}

async function sign({ handOvers, seen }: ShiftsAt, id: string): Promise<void> {
  const sheet = handOvers.get(id)
  if (!sheet) return
  const by = (side: 'from' | 'to') => ({ person: `demo-${sheet.organisation}-${sheet[side].crew.id}`, name: '조장' })
  if (sheet.state === 'open') await handOvers.sign(id, 'outgoing', by('from'))
  const now = handOvers.get(id)
  if (!now) return
  await handOvers.tick(id, seen(now), by('to'))
  await handOvers.sign(id, 'incoming', by('to'))
}

/** Real feeds have come: what the demo wrote goes. */
export const removeDemoWatch = (): readonly Statement[] => [
  { sql: "DELETE FROM duty_log_books WHERE line IN (SELECT n FROM duty_log WHERE id LIKE 'demo-%')" },
  { sql: "DELETE FROM duty_log WHERE id LIKE 'demo-%'" },
  { sql: "DELETE FROM hand_overs WHERE json_extract(body, '$.from.roster') LIKE 'demo-%'" },
  { sql: "DELETE FROM rosters WHERE id LIKE 'demo-%'" },
  { sql: "DELETE FROM phone_book WHERE id LIKE 'demo-%'" },
]

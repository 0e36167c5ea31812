// Rosters, who is on duty, swaps and leave, and the phone book of each organisation. Kept in the store, held in memory whole; each change is one transaction with its audit
// row. Alarms ask here whom to call, the log which watch it is, the screen who comes next.
import { addKstDays, type Clock, DAY_MS, kstDayBegins, ok, type Result, refused } from '#base/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'
import { auditStatement, type Deed } from '../audit.ts'
import { DESIGNATED, holidaysOf } from './holidays.ts'
import { type Refused, rosterFault, rosterOn, watchesBetween } from './roster.ts'
import type { Holiday, Leave, OnDuty, PhoneEntry, Roster, Slot, Standing, Swap, WatchTime } from './schema.ts'
import { leaveFault, type SwapCheck, standingOf, swapFault } from './standing.ts'
import * as kept from './store.ts'

type Outcome<T> = Promise<Result<T, Refused>>
/** Who does it, for the audit trail. */
export type DutyBy = Pick<Deed, 'who' | 'session' | 'second'>

export interface DutyOptions {
  readonly store: Store
  readonly clock: Clock
  nameOf(person: string): string | undefined
  /** The organisation and those right below it, from the tree: those with a telephone begin its book. */
  organisations(id: string): readonly { readonly id: string; readonly ko: string; readonly en: string; readonly phone?: string }[]
  onChange(organisation: string): void
}

export interface Duty {
  /** All rosters of the organisation, the oldest first. */
  rosters(organisation: string): readonly Roster[]
  rosterOn(organisation: string, day: string): Roster | undefined
  /** Organisations that have a roster. */
  organisations(): readonly string[]
  /** The watch that stands there at that moment; undefined: no roster, or day staff at home. */
  watchAt(organisation: string, atMs: number): WatchTime | undefined
  /** The first watch that begins after that moment. */
  nextWatch(organisation: string, atMs: number): WatchTime | undefined
  /** Watches that have a moment in [from, to). */
  watchesBetween(organisation: string, fromMs: number, toMs: number): readonly WatchTime[]
  standing(watch: WatchTime): readonly Standing[]
  /** The watch of that moment and its people. */
  onDuty(organisation: string, atMs: number): OnDuty | undefined
  saveRoster(roster: Roster, by: DutyBy): Outcome<Roster>
  /** Only one that has not begun. */
  removeRoster(id: string, by: DutyBy): Outcome<Roster>

  swaps(organisation: string): readonly Swap[]
  leaves(organisation: string): readonly Leave[]
  swap(id: string): Swap | undefined
  leave(id: string): Leave | undefined
  askSwap(swap: Pick<Swap, 'id' | 'organisation' | 'from' | 'to' | 'reason'>, by: DutyBy): Outcome<Swap>
  askLeave(
    leave: Pick<Leave, 'id' | 'organisation' | 'person' | 'kind' | 'fromDay' | 'toDay' | 'standIn' | 'reason'>,
    by: DutyBy,
  ): Outcome<Leave>
  /** The other one agrees or not. */
  answerSwap(id: string, agrees: boolean, by: DutyBy): Outcome<Swap>
  decideSwap(id: string, isApproved: boolean, note: string, by: DutyBy): Outcome<Swap>
  decideLeave(id: string, isApproved: boolean, note: string, by: DutyBy): Outcome<Leave>
  withdraw(id: string, by: DutyBy): Outcome<Swap | Leave>

  phoneBook(organisation: string): readonly PhoneEntry[]
  /** Somebody looks into the book: in the trail once an hour, because screens show it beside the watch all the time. */
  lookedAtPhones(organisation: string, by: DutyBy): Promise<void>
  savePhone(entry: Omit<PhoneEntry, 'confirmed' | 'isOfOrganisation'>, by: DutyBy): Outcome<PhoneEntry>
  /** An entry as the book has it. */
  confirmPhone(entry: PhoneEntry, by: DutyBy & { readonly name: string }): Outcome<PhoneEntry>
  removePhone(id: string, by: DutyBy): Outcome<PhoneEntry>

  /** Rows were taken away behind it (the end of the demo). */
  reload(): void
  holidays(year: number): readonly Holiday[]
  nameHoliday(holiday: Pick<Holiday, 'day' | 'ko' | 'en'>, by: DutyBy): Outcome<Holiday>
  unnameHoliday(day: string, by: DutyBy): Outcome<Holiday>
}

const no = (code: string, ko: string, en: string): Result<never, Refused> => refused({ code, ko, en })
const LOOK_AHEAD_MS = 15 * DAY_MS
const AROUND_DAYS = 2
const LOOKED_MS = 3_600_000
const MAX_LOOKED = 10_000
const PHONE = /^[+0-9*#][0-9 ()*#-]{1,30}$/

export function createDuty(options: DutyOptions): Duty {
  const { store, clock, nameOf } = options
  let rosters = kept.loadRosters(store)
  let swaps = kept.loadSwaps(store)
  let leaves = kept.loadLeaves(store)
  let phones = kept.loadPhones(store)
  let named = kept.loadHolidays(store)
  let years = new Map<number, readonly Holiday[]>()
  const looked = new Map<string, number>()

  const holidays = (year: number): readonly Holiday[] => {
    const known = years.get(year) ?? holidaysOf(year, [...DESIGNATED.filter(one => !named.some(other => other.day === one.day)), ...named])
    years.set(year, known)
    return known
  }
  const load = (): void => {
    rosters = kept.loadRosters(store)
    swaps = kept.loadSwaps(store)
    leaves = kept.loadLeaves(store)
    phones = kept.loadPhones(store)
    named = kept.loadHolidays(store)
    years = new Map()
  }
  const write = async <T>(
    statements: readonly Statement[],
    deed: string,
    thing: string,
    by: DutyBy,
    organisation: string,
    value: T,
    note = '',
  ): Outcome<T> => {
    await store.write([...statements, auditStatement({ atMs: clock.now(), ...by, deed: `duty.${deed}`, thing, note })])
    load()
    options.onChange(organisation)
    return ok(value)
  }
  const ofOrganisation = (organisation: string): readonly Roster[] => rosters.filter(one => one.organisation === organisation)
  const between = (organisation: string, fromMs: number, toMs: number): readonly WatchTime[] =>
    watchesBetween(ofOrganisation(organisation), fromMs, toMs, holidays)
  const watchAt = (organisation: string, atMs: number): WatchTime | undefined => between(organisation, atMs, atMs + 1).at(-1)
  const withName = (person: string | undefined): { readonly name?: string } => {
    const name = person === undefined ? undefined : nameOf(person)
    return name === undefined ? {} : { name }
  }
  const standing = (watch: WatchTime): readonly Standing[] => {
    const roster = rosters.find(one => one.id === watch.roster)
    if (!roster) return []
    return standingOf(roster, watch, changesOf(watch.organisation)).map(one => {
      const away = one.insteadOf === undefined ? undefined : nameOf(one.insteadOf)
      return { ...one, ...withName(one.person), ...(away === undefined ? {} : { insteadOfName: away }) }
    })
  }
  const changesOf = (organisation: string) => ({
    swaps: swaps.filter(one => one.organisation === organisation),
    leaves: leaves.filter(one => one.organisation === organisation),
  })
  const checkFor = (organisation: string): SwapCheck => ({
    swaps: changesOf(organisation).swaps,
    nowMs: clock.now(),
    rosterOn: day => rosterOn(ofOrganisation(organisation), day),
    watchOf: slot => watchOf(organisation, slot),
    watchesOf: (person, from, to) =>
      between(organisation, kstDayBegins(addKstDays(from, -AROUND_DAYS)), kstDayBegins(addKstDays(to, AROUND_DAYS))).filter(watch =>
        standing(watch).some(one => one.person === person),
      ),
  })
  const watchOf = (organisation: string, slot: Slot): WatchTime | undefined =>
    between(organisation, kstDayBegins(slot.day), kstDayBegins(slot.day) + DAY_MS).find(
      watch => watch.day === slot.day && watch.watch.id === slot.watch && watch.crew.id === slot.crew,
    )

  // Reasons are people's own and may be forgotten one day; the trail cannot forget.
  const keepSwap = (swap: Swap, deed: string, by: DutyBy): Outcome<Swap> =>
    write([kept.saveSwap(swap)], `swap-${deed}`, swap.id, by, swap.organisation, swap)
  const keepLeave = (leave: Leave, deed: string, by: DutyBy): Outcome<Leave> =>
    write([kept.saveLeave(leave)], `leave-${deed}`, leave.id, by, leave.organisation, leave)
  const overtaken = (): Result<never, Refused> =>
    no('already-decided', '이미 처리된 신청입니다', 'this request has been dealt with already')

  return {
    rosters: ofOrganisation,
    rosterOn: (organisation, day) => rosterOn(ofOrganisation(organisation), day),
    organisations: () => [...new Set(rosters.map(one => one.organisation))],
    watchAt,
    nextWatch: (organisation, atMs) => between(organisation, atMs, atMs + LOOK_AHEAD_MS).find(one => one.fromMs > atMs),
    watchesBetween: between,
    standing,
    onDuty(organisation, atMs) {
      const watch = watchAt(organisation, atMs)
      return watch && { watch, people: standing(watch) }
    },
    async saveRoster(roster, by) {
      const wrong = rosterFault(roster)
      if (wrong) return refused(wrong)
      const known = rosters.find(one => one.id === roster.id)
      if (known && known.organisation !== roster.organisation) return no('not-found', '그런 근무표가 없습니다', 'there is no such roster')
      return write(
        [kept.saveRoster(roster)],
        'roster',
        roster.id,
        by,
        roster.organisation,
        roster,
        `${roster.ko} ${roster.cycle} ${roster.fromDay}~`,
      )
    },
    async removeRoster(id, by) {
      const roster = rosters.find(one => one.id === id)
      if (!roster) return no('not-found', '그런 근무표가 없습니다', 'there is no such roster')
      if (kstDayBegins(roster.fromDay) <= clock.now())
        return no(
          'begun',
          '이미 시행 중인 근무표는 지우지 못합니다. 새 근무표를 세우십시오',
          'a roster in force is not removed; write a new one',
        )
      return write([kept.removeRoster(id)], 'roster-remove', id, by, roster.organisation, roster)
    },

    swaps: organisation => changesOf(organisation).swaps,
    leaves: organisation => changesOf(organisation).leaves,
    swap: id => swaps.find(one => one.id === id),
    leave: id => leaves.find(one => one.id === id),
    async askSwap(asked, by) {
      const known = swaps.find(one => one.id === asked.id)
      if (known) return ok(known)
      const wrong = swapFault(asked, checkFor(asked.organisation))
      if (wrong) return refused(wrong)
      return keepSwap({ ...asked, state: 'asked', askedAtMs: clock.now() }, 'ask', by)
    },
    async askLeave(asked, by) {
      const known = leaves.find(one => one.id === asked.id)
      if (known) return ok(known)
      const wrong = leaveFault(asked, checkFor(asked.organisation))
      if (wrong) return refused(wrong)
      return keepLeave({ ...asked, state: 'asked', askedAtMs: clock.now() }, 'ask', by)
    },
    async answerSwap(id, agrees, by) {
      const swap = swaps.find(one => one.id === id)
      if (swap?.state !== 'asked') return overtaken()
      return keepSwap(
        agrees
          ? { ...swap, state: 'agreed', agreedAtMs: clock.now() }
          : { ...swap, state: 'refused', decidedAtMs: clock.now(), decidedBy: by.who },
        agrees ? 'agree' : 'refuse',
        by,
      )
    },
    async decideSwap(id, isApproved, note, by) {
      const swap = swaps.find(one => one.id === id)
      if (swap?.state !== 'agreed') return overtaken()
      const wrong = isApproved ? swapFault(swap, checkFor(swap.organisation)) : undefined
      if (wrong) return refused(wrong)
      return keepSwap(
        { ...swap, state: isApproved ? 'approved' : 'refused', decidedAtMs: clock.now(), decidedBy: by.who, ...(note ? { note } : {}) },
        isApproved ? 'approve' : 'refuse',
        by,
      )
    },
    async decideLeave(id, isApproved, note, by) {
      const leave = leaves.find(one => one.id === id)
      if (leave?.state !== 'asked') return overtaken()
      const wrong = isApproved ? leaveFault(leave, checkFor(leave.organisation)) : undefined
      if (wrong) return refused(wrong)
      return keepLeave(
        { ...leave, state: isApproved ? 'approved' : 'refused', decidedAtMs: clock.now(), decidedBy: by.who, ...(note ? { note } : {}) },
        isApproved ? 'approve' : 'refuse',
        by,
      )
    },
    async withdraw(id, by) {
      const swap = swaps.find(one => one.id === id)
      if (swap && (swap.state === 'asked' || swap.state === 'agreed'))
        return keepSwap({ ...swap, state: 'withdrawn', decidedAtMs: clock.now() }, 'withdraw', by)
      const leave = leaves.find(one => one.id === id)
      if (leave?.state === 'asked') return keepLeave({ ...leave, state: 'withdrawn', decidedAtMs: clock.now() }, 'withdraw', by)
      return overtaken()
    },

    phoneBook(organisation) {
      const tree = options
        .organisations(organisation)
        .flatMap(({ id, ko, en, phone }): PhoneEntry[] =>
          phone ? [{ id: `of-${id}`, organisation, ko, en, number: phone, isOfOrganisation: true }] : [],
        )
      const written = phones.filter(one => one.organisation === organisation)
      const ofTree = new Set(tree.map(one => one.id))
      return [
        ...tree.map(one => written.find(other => other.id === `${organisation}:${one.id}` && other.number === one.number) ?? one),
        ...written.filter(one => !ofTree.has(one.id.slice(organisation.length + 1))),
      ]
    },
    async lookedAtPhones(organisation, by) {
      const key = `${by.who} ${organisation}`
      const atMs = clock.now()
      if (atMs - (looked.get(key) ?? -LOOKED_MS) < LOOKED_MS) return
      if (looked.size > MAX_LOOKED) looked.clear()
      await store.write([auditStatement({ atMs, ...by, deed: 'duty.phones.look', thing: organisation })])
      looked.set(key, atMs)
    },
    async savePhone(entry, by) {
      if (entry.ko.trim() === '' || !PHONE.test(entry.number))
        return no(
          'bad-phone',
          `전화번호 ‘${entry.number}’의 형식이 틀리거나 이름이 없습니다`,
          `‘${entry.number}’ is no telephone number, or it has no name`,
        )
      const known = phones.find(one => one.id === entry.id)
      if (known && known.organisation !== entry.organisation) return no('not-found', '그런 번호가 없습니다', 'there is no such entry')
      // A number that was changed is to be rung again.
      const confirmed = known?.number === entry.number ? known.confirmed : undefined
      const one: PhoneEntry = { ...entry, ...(confirmed ? { confirmed } : {}) }
      return write([kept.savePhone(one)], 'phone', one.id, by, one.organisation, one, one.ko)
    },
    async confirmPhone(one, { name, ...by }) {
      // A number of the tree is kept under the book it was confirmed in, as it was then: another number asks anew.
      const id = one.isOfOrganisation && !one.id.includes(':') ? `${one.organisation}:${one.id}` : one.id
      const confirmed: PhoneEntry = { ...one, id, confirmed: { by: by.who, name, atMs: clock.now() } }
      return write([kept.savePhone(confirmed)], 'phone-confirm', id, by, one.organisation, confirmed, one.ko)
    },
    async removePhone(id, by) {
      const one = phones.find(other => other.id === id)
      if (!one) return no('not-found', '그런 번호가 없습니다', 'there is no such entry')
      return write([kept.removePhone(id)], 'phone-remove', id, by, one.organisation, one, one.ko)
    },

    reload: load,
    holidays,
    nameHoliday: (holiday, by) => {
      const one: Holiday = { ...holiday, isDesignated: true }
      return write([kept.saveHoliday(one)], 'holiday', one.day, by, '', one, one.ko)
    },
    async unnameHoliday(day, by) {
      const one = named.find(other => other.day === day)
      return one
        ? write([kept.removeHoliday(day)], 'holiday-remove', day, by, '', one, one.ko)
        : no('not-found', '직접 정한 휴일이 아닙니다', 'no holiday named here')
    },
  }
}

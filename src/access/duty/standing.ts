// Who sits in which seat of a watch: the roster's own people, exchanged by approved swaps in the order of their approval, then replaced while they are on leave. Pure.
import { letterOn, type Refused } from './roster.ts'
import type { Leave, Roster, Slot, Standing, Swap, WatchTime } from './schema.ts'

export const slotKey = ({ day, watch, crew, seat }: Slot): string => `${day}/${watch}/${crew}/${seat}`

/** Whom the approved swaps have put into seats; seats without a swap are not in it. */
export function swapped(swaps: readonly Swap[]): ReadonlyMap<string, string> {
  const seats = new Map<string, string>()
  const approved = swaps.filter(one => one.state === 'approved').sort((a, b) => (a.decidedAtMs ?? 0) - (b.decidedAtMs ?? 0))
  for (const { from, to } of approved) {
    seats.set(slotKey(from), to.person)
    seats.set(slotKey(to), from.person)
  }
  return seats
}

export interface Changes {
  readonly swaps: readonly Swap[]
  readonly leaves: readonly Leave[]
}

/** Who stands this watch, seat by seat, in the crew's order. An empty seat is told as one. */
export function standingOf(roster: Roster, watch: WatchTime, { swaps, leaves }: Changes): readonly Standing[] {
  const crew = roster.crews.find(one => one.id === watch.crew.id)
  const bySwap = swapped(swaps)
  return (crew?.seats ?? []).map(({ person: own, ...seat }) => {
    const person = bySwap.get(slotKey({ day: watch.day, watch: watch.watch.id, crew: watch.crew.id, seat: seat.id })) ?? own
    const isSwapped = person !== own
    const leave = person === undefined ? undefined : leaveOf(leaves, person, watch.day)
    if (leave) return { seat, ...(leave.standIn ? { person: leave.standIn } : {}), insteadOf: leave.person, why: leave.kind }
    return {
      seat,
      ...(person === undefined ? {} : { person }),
      ...(isSwapped && own !== undefined ? { insteadOf: own, why: 'swap' as const } : {}),
    }
  })
}

const leaveOf = (leaves: readonly Leave[], person: string, day: string): Leave | undefined =>
  leaves.find(one => one.state === 'approved' && one.person === person && one.fromDay <= day && day <= one.toDay)

/** The person who sits there after swaps; undefined when the crew does not stand that watch, or the seat is open. */
export function occupantOf(roster: Roster, slot: Slot, swaps: readonly Swap[]): string | undefined {
  const crew = roster.crews.find(one => one.id === slot.crew)
  const watch = roster.watches.find(one => one.id === slot.watch)
  if (!crew || !watch || letterOn(roster, crew, slot.day) !== watch.short) return undefined
  return swapped(swaps).get(slotKey(slot)) ?? crew.seats.find(seat => seat.id === slot.seat)?.person
}

const no = (code: string, ko: string, en: string): Refused => ({ code, ko, en })

export interface SwapCheck {
  readonly swaps: readonly Swap[]
  readonly nowMs: number
  rosterOn(day: string): Roster | undefined
  /** The watch of this slot; undefined: nobody stands it then. */
  watchOf(slot: Slot): WatchTime | undefined
  /** Watches a person stands from shortly before the one day to shortly after the other. */
  watchesOf(person: string, fromDay: string, toDay: string): readonly WatchTime[]
}

/** Why this exchange cannot be; undefined: it can. Asked when it is asked for, and again when it is approved. */
export function swapFault({ from, to }: Pick<Swap, 'from' | 'to'>, check: SwapCheck): Refused | undefined {
  if (from.person === to.person) return no('same-person', '다른 사람과 바꾸십시오', 'swap with somebody else')
  for (const slot of [from, to]) {
    const roster = check.rosterOn(slot.day)
    const watch = check.watchOf(slot)
    if (!roster || !watch || occupantOf(roster, slot, check.swaps) !== slot.person)
      return no('not-theirs', `${slot.day} 그 자리는 이 사람의 근무가 아닙니다`, `${slot.day}: that seat is not theirs`)
    if (watch.fromMs <= check.nowMs)
      return no('begun', `${slot.day} ${watch.watch.ko} 근무는 이미 시작했습니다`, `the ${watch.watch.en} watch of ${slot.day} has begun`)
  }
  for (const [gets, gives] of [
    [to, from],
    [from, to],
  ] as const) {
    const watch = check.watchOf(gets)
    const own = check.watchOf(gives)
    const clash = check
      .watchesOf(gives.person, gets.day, gets.day)
      .find(other => other.id !== own?.id && watch && other.fromMs < watch.toMs && other.toMs > watch.fromMs)
    if (clash)
      return no('double', `${clash.day} ${clash.watch.ko} 근무와 겹칩니다`, `it overlaps with the ${clash.watch.en} watch of ${clash.day}`)
  }
  return undefined
}

/** Why this leave cannot be; undefined: it can. */
export function leaveFault(
  leave: Pick<Leave, 'person' | 'standIn' | 'fromDay' | 'toDay'>,
  check: Pick<SwapCheck, 'watchesOf'>,
): Refused | undefined {
  if (leave.toDay < leave.fromDay)
    return no('bad-span', '끝나는 날은 시작하는 날 뒤여야 합니다', 'it must end on or after the day it begins')
  if (leave.standIn === leave.person) return no('same-person', '다른 사람을 대신 세우십시오', 'name somebody else as stand-in')
  if (leave.standIn === undefined) return undefined
  const { standIn } = leave
  const own = check.watchesOf(leave.person, leave.fromDay, leave.toDay).filter(one => one.day >= leave.fromDay && one.day <= leave.toDay)
  const clash = check
    .watchesOf(standIn, leave.fromDay, leave.toDay)
    .find(other => own.some(one => other.fromMs < one.toMs && other.toMs > one.fromMs))
  return (
    clash &&
    no(
      'double',
      `대신 설 사람은 ${clash.day} ${clash.watch.ko} 근무가 있습니다`,
      `the stand-in stands the ${clash.watch.en} watch of ${clash.day}`,
    )
  )
}

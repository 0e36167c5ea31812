// A roster while it is written on the screen: begun from a ready pattern or from the one in force, its crews numbered, seats copied to new crews, hours as text.
import type { Crew, Roster, Watch } from './model.ts'

export interface RosterDraft extends Omit<Roster, 'watches'> {
  readonly watches: readonly (Watch & { readonly from: string; readonly to: string })[]
}
export interface PatternView extends Pick<Roster, 'id' | 'ko' | 'en' | 'watches' | 'cycle'> {
  readonly offsets: readonly number[]
  readonly isWorkdaysOnly: boolean
}

const clock = (minute: number): string => `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
/** 07:00 → 420; undefined where it is no time. */
export function minuteOf(text: string): number | undefined {
  const found = /^(\d{1,2}):?(\d{2})$/.exec(text.trim())
  const minute = found ? Number(found[1]) * 60 + Number(found[2]) : Number.NaN
  return minute >= 0 && minute <= 1440 && Number(found?.[2]) < 60 ? minute : undefined
}

export const draftOf = (roster: Roster): RosterDraft => ({
  ...roster,
  watches: roster.watches.map(watch => ({ ...watch, from: clock(watch.fromMinute), to: clock(watch.toMinute) })),
})
const seatsBefore = (crews: readonly Crew[], n: number): Crew['seats'] =>
  crews[n]?.seats ??
  crews[0]?.seats.map(({ person: _person, ...seat }) => seat) ?? [
    { id: 'leader', ko: '조장', en: 'leader' },
    { id: 'watch-1', ko: '당직 1', en: 'watch 1' },
  ]

/** Another pattern keeps who sits where. */
export function withPattern(draft: RosterDraft, pattern: PatternView): RosterDraft {
  const { isWorkdaysOnly: _before, ...rest } = draft
  return {
    ...draftOf({
      ...rest,
      ko: pattern.ko,
      en: pattern.en,
      watches: pattern.watches,
      cycle: pattern.cycle,
      crews: pattern.offsets.map((offset, n) => ({
        id: draft.crews[n]?.id ?? `crew-${n + 1}`,
        ko: draft.crews[n]?.ko ?? `${n + 1}조`,
        en: draft.crews[n]?.en ?? `Crew ${n + 1}`,
        offset,
        seats: seatsBefore(draft.crews, n),
      })),
    }),
    ...(pattern.isWorkdaysOnly ? { isWorkdaysOnly: true } : {}),
  }
}

/** Times that are none stay as they were: the server says what does not fit. */
export function rosterBody({ id: _id, organisation: _organisation, isDemo: _isDemo, ...draft }: RosterDraft) {
  return {
    ...draft,
    watches: draft.watches.map(({ from, to, ...watch }) => ({
      ...watch,
      fromMinute: minuteOf(from) ?? watch.fromMinute,
      toMinute: minuteOf(to) ?? watch.toMinute,
    })),
  }
}

/** What each crew would stand on the days from the first on. */
export function preview({ cycle, crews }: Pick<Roster, 'cycle' | 'crews'>, days: number): readonly (readonly string[])[] {
  const letters = [...cycle]
  if (letters.length === 0) return []
  return crews.map(crew => Array.from({ length: days }, (_, day) => letters[(day + crew.offset) % letters.length] ?? ''))
}

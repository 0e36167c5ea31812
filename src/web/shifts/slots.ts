// The seats of the watches to come, as a swap chooses them: which day, which watch, whose seat. People as the roster has them; what a swap has changed the server knows.
import type { Language } from '../i18n/text.ts'
import type { DutyView } from './model.ts'

const KST_MS = 9 * 3_600_000
export interface PlacedSlot {
  readonly key: string
  readonly day: string
  readonly watch: string
  readonly crew: string
  readonly seat: string
  readonly person?: string
  readonly name?: string
  readonly words: Readonly<Record<Language, string>>
}

/** Of watches that have not begun, in order. */
export function slotsOf({ days, roster, swaps, now, next }: DutyView, nowMs: number): readonly PlacedSlot[] {
  if (!roster) return []
  const names = new Map(
    [...(now?.people ?? []), ...(next?.people ?? [])].flatMap(one => (one.person && one.name ? [[one.person, one.name] as const] : [])),
  )
  const changed = new Map<string, string>()
  for (const { from, to, state } of swaps) {
    if (from.name) names.set(from.person, from.name)
    if (to.name) names.set(to.person, to.name)
    if (state !== 'approved') continue
    changed.set(`${from.day}/${from.watch}/${from.crew}/${from.seat}`, to.person)
    changed.set(`${to.day}/${to.watch}/${to.crew}/${to.seat}`, from.person)
  }
  return days.flatMap(({ day, letters }) =>
    [...roster.watches]
      .sort((a, b) => a.fromMinute - b.fromMinute)
      .flatMap(watch => {
        const crew = roster.crews.find(one => letters.get(one.id) === watch.short)
        const beginsMs = Date.parse(`${day}T00:00:00Z`) - KST_MS + watch.fromMinute * 60_000
        if (!crew || beginsMs <= nowMs) return []
        return crew.seats.map(seat => {
          const key = `${day}/${watch.id}/${crew.id}/${seat.id}`
          const person = changed.get(key) ?? seat.person
          const name = person === undefined ? undefined : (names.get(person) ?? person)
          const words = { ko: `${day} ${watch.ko} · ${crew.ko} ${seat.ko}`, en: `${day} ${watch.en} · ${crew.en} ${seat.en}` }
          return {
            key,
            day,
            watch: watch.id,
            crew: crew.id,
            seat: seat.id,
            words,
            ...(person === undefined ? {} : { person }),
            ...(name === undefined ? {} : { name }),
          }
        })
      }),
  )
}

export const slotText = ({ words, name }: PlacedSlot, language: Language): string => `${words[language]}${name ? ` · ${name}` : ''}`

// A disk that refuses is an alarm like any other: one situation, told to the officer on duty, over when writing works again.
import type { Clock } from '#base/index.ts'
import { createFindingDesk, type FindingSink, type Subject } from '#rules/index.ts'

/** What is written where; the words an officer reads. */
const PLACES = {
  ledger: { ko: '원문 원장', en: 'the ledger' },
  tracks: { ko: '항적', en: 'the tracks' },
  store: { ko: '경보·감사', en: 'alarms and audit' },
} as const
export type DiskPlace = keyof typeof PLACES
const SUBJECT_WORDS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(PLACES).map(([place, words]) => [place, words.ko])),
  backup: '백업',
}
/** What an alarm's subject of this kind is called. */
export const diskWords = (id: string): string | undefined => SUBJECT_WORDS[id]

export interface DiskAlarm {
  /** `trouble` undefined: it writes again. */
  tell(place: DiskPlace, trouble: string | undefined): void
  /** What is impaired now, a sentence each. */
  impaired(): readonly string[]
}

export function createDiskAlarm(clock: Clock, sink: FindingSink): DiskAlarm {
  const desk = createFindingDesk({ detector: 'disk-full', sink, mergeMs: 60_000 })
  const troubles = new Map<DiskPlace, string>()
  return {
    impaired: () => [...troubles.values()],
    tell(place, trouble) {
      const subjects: Subject[] = [{ kind: 'disk', id: place }]
      if (trouble === undefined) {
        if (troubles.delete(place)) desk.end(subjects, clock.now())
        return
      }
      const isNew = !troubles.has(place)
      troubles.set(place, trouble)
      if (!isNew) return
      desk.raise({
        subjects,
        fromMs: clock.now(),
        raisedAtMs: clock.now(),
        severity: 'high',
        numbers: {},
        why: {
          ko: `${PLACES[place].ko}을 디스크에 쓰지 못함 (${trouble}). 상황도와 경보는 계속되며, 자리가 나면 스스로 다시 씁니다`,
          en: `${PLACES[place].en} cannot be written to the disk (${trouble}); picture and alarms go on, writing resumes by itself when there is room`,
        },
      })
    },
  }
}

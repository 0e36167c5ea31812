// Words that are being written, by where they belong: kept in the browser at each letter, so that neither a reload, nor a lost line, nor another officer's change at the same
// place loses them. With each stands the revision it was begun on.

export interface KeptWords {
  readonly text: string
  /** Revision of the report that was read when the writing began. */
  readonly base: number
}

export interface WordKeeper {
  get(report: string, place: string): KeptWords | undefined
  set(report: string, place: string, words: KeptWords): void
  drop(report: string, place: string): void
  /** Places of a report where something was begun. */
  places(report: string): readonly string[]
}

const KEY = 'mangru.report-words'
/** Reports whose begun words are kept; the oldest go. */
const MAX_REPORTS = 12

export function createWordKeeper(storage: Pick<Storage, 'getItem' | 'setItem'>): WordKeeper {
  const read = (): Map<string, Map<string, KeptWords>> => {
    try {
      const from: unknown = JSON.parse(storage.getItem(KEY) ?? '[]')
      return new Map(
        (Array.isArray(from) ? from : []).flatMap((one): [string, Map<string, KeptWords>][] =>
          Array.isArray(one) && typeof one[0] === 'string' ? [[one[0], placesOf(one[1])]] : [],
        ),
      )
    } catch {
      return new Map()
    }
  }
  const write = (all: Map<string, Map<string, KeptWords>>): void => {
    try {
      storage.setItem(
        KEY,
        JSON.stringify(
          [...all]
            .filter(([, places]) => places.size > 0)
            .slice(-MAX_REPORTS)
            .map(([id, places]) => [id, [...places]]),
        ),
      )
    } catch {
      // no room in this browser: the words are still in the field they are written in
    }
  }
  return {
    get: (report, place) => read().get(report)?.get(place),
    set(report, place, words) {
      const all = read()
      const places = all.get(report) ?? new Map<string, KeptWords>()
      places.set(place, words)
      all.delete(report)
      all.set(report, places)
      write(all)
    },
    drop(report, place) {
      const all = read()
      if (all.get(report)?.delete(place)) write(all)
    },
    places: report => [...(read().get(report)?.keys() ?? [])],
  }
}

function placesOf(from: unknown): Map<string, KeptWords> {
  return new Map(
    (Array.isArray(from) ? from : []).flatMap((one): [string, KeptWords][] => {
      if (!Array.isArray(one) || typeof one[0] !== 'string') return []
      const { text, base } = Object(one[1])
      return typeof text === 'string' && typeof base === 'number' ? [[one[0], { text, base }]] : []
    }),
  )
}

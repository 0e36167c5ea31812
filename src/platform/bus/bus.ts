// News from room to room within the process: a room tells facts in the past tense, whoever is above listens. Told in order, at once, on the teller's stack; a listener
// that fails is counted and named and stops nobody. Truth is in the store: news may be lost at a kill, so listeners that keep something also catch up from the teller's
// front door when they start.

/** A kind of news and the shape of its facts: `export const INCIDENT_REPORTED = topic<IncidentFact>('incident.reported')` in a room's schema.ts. */
export interface Topic<Fact> {
  readonly name: string
  /** Carries the type only. */
  readonly fact?: Fact
}
export const topic = <Fact>(name: string): Topic<Fact> => ({ name })

export interface Bus {
  tell<Fact>(about: Topic<Fact>, fact: Fact): void
  /** The returned function stops listening. */
  on<Fact>(about: Topic<Fact>, hear: (fact: Fact) => void): () => void
}

export function createBus(onFault: (topic: string, error: unknown) => void): Bus {
  const listeners = new Map<string, Set<(fact: never) => void>>()
  return {
    tell(about, fact) {
      for (const hear of listeners.get(about.name) ?? []) {
        try {
          hear(fact as never)
        } catch (error) {
          onFault(about.name, error)
        }
      }
    },
    on(about, hear) {
      const set = listeners.get(about.name) ?? new Set()
      listeners.set(about.name, set)
      set.add(hear)
      return () => void set.delete(hear)
    },
  }
}

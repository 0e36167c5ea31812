// Helps for whoever writes: what their words say, and what can be linked. Both know only what the caller may know.
import { Type } from 'typebox'
import type { Caller } from '#base/index.ts'
import type { Http } from '#platform/http/index.ts'
import { type KnownPlace, readWords } from './read-words.ts'
import type { Link } from './schema.ts'
import { Goods, LinkShape, Place } from './shapes.ts'

/** Something that can be linked, with a word to tell it from its like. */
export interface FoundLink extends Link {
  readonly note?: string
}
export interface HelpRoutesOptions {
  readonly http: Http
  places(): readonly KnownPlace[]
  /** Ships, alarms, areas … by a part of name or number, of those the caller may see. */
  findLinks(words: string, caller: Caller): readonly FoundLink[]
}

export function helpRoutes({ http, places, findLinks }: HelpRoutesOptions): void {
  http.route({
    method: 'POST',
    path: '/api/incidents/read-words',
    deed: 'incidents.write',
    summary: 'What a text says: place, kind, people, goods, numbers. A help, nothing is kept',
    tag: 'incidents',
    body: Type.Object({ text: Type.String({ maxLength: 10_000 }) }, { additionalProperties: false }),
    answer: Type.Object({
      kind: Type.Optional(Type.String()),
      place: Type.Optional(Place),
      people: Type.Optional(Type.Integer()),
      vessels: Type.Optional(Type.Integer()),
      goods: Type.Array(Goods),
      links: Type.Array(LinkShape),
    }),
    handle({ body, caller }) {
      const read = readWords(body.text, places())
      const names = [...body.text.matchAll(/\b[A-Z][A-Z0-9]{2,}(?: [A-Z0-9]+)*\b/g)].slice(0, 5).map(([name]) => name)
      const ships = names.flatMap(name =>
        findLinks(name, caller)
          .filter(link => link.kind === 'ship' && link.label === name)
          .slice(0, 1),
      )
      return { ...read, links: [...ships.map(({ kind, id, label }) => ({ kind, id, label })), ...read.links] }
    },
  })
  http.route({
    method: 'GET',
    path: '/api/incidents/links',
    deed: 'incidents.write',
    summary: 'What can be linked: ships, alarms, areas of those the caller may see, and numbers as typed',
    tag: 'incidents',
    query: Type.Object({ q: Type.String({ minLength: 1, maxLength: 100 }) }),
    answer: Type.Array(LinkShape),
    handle: ({ query, caller }) => findLinks(query.q, caller),
  })
}

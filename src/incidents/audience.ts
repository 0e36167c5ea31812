// Who is told of an incident as a person: those who may write in it. Whom a name typed after @ means, and what can be typed there. Screens, machines and posts that only look
// (statistics, audit) are not waited for.
import type { Access } from '#access/index.ts'
import { POST_NAMES } from '#access/schema.ts'
import { type Clock, POSTS, type Post } from '#base/index.ts'
import type { Incident, Mention } from './schema.ts'

export interface Told {
  readonly person: string
  readonly name: string
  /** Where they belong, and the posts by which they are told. */
  readonly organisation: string
  readonly posts: readonly Post[]
}
/** A name that can be typed, with a word to tell it from its like. */
export interface FoundName extends Mention {
  readonly note?: string
}

export interface Audience {
  /** People who should read what concerns these organisations. */
  told(organisations: readonly string[]): readonly Told[]
  /** Whom a mention calls, and which organisations are told by that; undefined: nobody who may see it. */
  called(
    mention: Mention,
    incident: Pick<Incident, 'organisations'>,
  ): { readonly people: readonly string[]; readonly organisations: readonly string[] } | undefined
  /** People, posts that somebody holds, organisations: by a part of their name, spaces or not. */
  named(words: string): readonly FoundName[]
}

const DEED = 'incidents.write'
const EACH = 6
const tight = (words: string): string => words.normalize('NFC').replace(/\s/g, '').toLowerCase()

export function createAudience(access: Access, clock: Pick<Clock, 'now'>): Audience {
  const mayWrite = (person: string, organisations: readonly string[]): boolean => {
    const caller = access.people.callerFor(person, '')
    return caller?.kind === 'person' && access.grantOf(caller, DEED)?.covers(organisations) === true
  }
  const postsOf = (person: string) => access.people.appointmentsOf(person, clock.now())
  const people = () => access.people.all().filter(one => one.isActive && one.kind === 'person')
  const organisations = () => access.organisations().all.filter(one => one.closedAtMs === undefined)
  const holders = (organisation: string, post: string | undefined): readonly string[] =>
    people().flatMap(({ id }) =>
      postsOf(id).some(one => one.organisation === organisation && (post === undefined || one.post === post)) ? [id] : [],
    )

  return {
    told: whose =>
      people()
        .filter(({ id }) => mayWrite(id, whose))
        .map(({ id, name, organisation }) => ({ person: id, name, organisation, posts: [...new Set(postsOf(id).map(one => one.post))] })),
    called({ kind, id }, incident) {
      if (kind === 'person') {
        const person = access.people.personById(id)
        if (!person) return undefined
        if (mayWrite(id, incident.organisations)) return { people: [id], organisations: [] }
        return mayWrite(id, [person.organisation]) ? { people: [id], organisations: [person.organisation] } : undefined
      }
      const [organisation = '', post] = kind === 'post' ? id.split(':') : [id]
      if (access.organisations().get(organisation) === undefined) return undefined
      const called = holders(organisation, post).filter(person => mayWrite(person, [organisation]))
      // An organisation is told even where nobody of it is in the list of people yet.
      return called.length === 0 && kind === 'post' ? undefined : { people: called, organisations: [organisation] }
    },
    named(words) {
      const wanted = tight(words)
      if (wanted === '') return []
      const fits = (label: string): boolean => tight(label).includes(wanted)
      const office = (id: string): string => access.organisations().get(id)?.shortKo ?? id
      return [
        ...people()
          .filter(one => fits(one.name) || fits(`${office(one.organisation)}${one.name}`))
          .slice(0, EACH)
          .map(one => ({ kind: 'person' as const, id: one.id, label: one.name, note: office(one.organisation) })),
        ...organisations()
          .flatMap(one => POSTS.map(post => ({ id: `${one.id}:${post}`, label: `${one.shortKo} ${POST_NAMES[post].ko}`, one, post })))
          .filter(({ label, one, post }) => fits(label) && holders(one.id, post).length > 0)
          .slice(0, EACH)
          .map(({ id, label }) => ({ kind: 'post' as const, id, label })),
        ...organisations()
          .filter(one => fits(one.shortKo) || fits(one.ko) || fits(one.shortEn))
          .slice(0, EACH)
          .map(one => ({ kind: 'organisation' as const, id: one.id, label: one.ko })),
      ]
    },
  }
}

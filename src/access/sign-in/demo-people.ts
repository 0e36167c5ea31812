// Who can be entered by one click while the demo runs: posts, no persons. They come with the demo and go with it, and with all they were given.
import type { Post } from '#base/index.ts'
import type { Statement } from '#platform/store/index.ts'
import { distinctName, type Organisation } from '../organisation.ts'
import { insertPerson, insertPost } from '../people-store.ts'
import { POST_NAMES } from '../schema.ts'

const PREFIX = 'demo-'
const HEAD_OFFICE: readonly Post[] = [
  'watch-leader',
  'watch-officer',
  'risk-analyst',
  'investigator',
  'report-editor',
  'director',
  'statistician',
  'auditor',
  'administrator',
]
const POSTS_OF: Readonly<Record<Organisation['kind'], readonly Post[]>> = {
  'head-office': HEAD_OFFICE,
  'customs-office': ['watch-leader', 'watch-officer', 'field-officer', 'risk-analyst', 'investigator', 'director'],
  'control-centre': ['watch-leader', 'watch-officer', 'field-officer'],
  'monitoring-centre': ['watch-officer', 'field-officer'],
}

export interface DemoPost {
  readonly person: string
  readonly post: Post
  readonly organisation: string
}

export const isDemoPerson = (id: string): boolean => id.startsWith(PREFIX)

/** Every post of the demo, head office first. */
export const demoPosts = (organisations: readonly Organisation[]): readonly DemoPost[] =>
  organisations
    .filter(one => one.closedAtMs === undefined)
    .flatMap(({ id, kind }) => POSTS_OF[kind].map(post => ({ person: `${PREFIX}${id}-${post}`, post, organisation: id })))

const nameOf = (organisations: readonly Organisation[], id: string): string => {
  const one = organisations.find(organisation => organisation.id === id)
  return one ? distinctName(one).ko : id
}

/** Those that are not there yet. */
export const addDemoPeople = (
  organisations: readonly Organisation[],
  isThere: (id: string) => boolean,
  nowMs: number,
): readonly Statement[] =>
  demoPosts(organisations)
    .filter(({ person }) => !isThere(person))
    .flatMap(({ person, post, organisation }) => [
      insertPerson({
        id: person,
        name: `${nameOf(organisations, organisation)} ${POST_NAMES[post].ko}`,
        loginName: person,
        organisation,
        kind: 'person',
        isActive: true,
        createdAtMs: nowMs,
      }),
      insertPost(person, { post, organisation, fromMs: nowMs }),
    ])

/** What they handed out goes with them. */
export const removeDemoPeople = (): readonly Statement[] => {
  const theirs = `GLOB '${PREFIX}*'`
  return [
    { sql: `DELETE FROM keys WHERE made_by ${theirs}` },
    { sql: `DELETE FROM links WHERE made_by ${theirs}` },
    { sql: `DELETE FROM delegations WHERE giver ${theirs} OR taker ${theirs}` },
    { sql: `DELETE FROM appointments WHERE person ${theirs}` },
    { sql: `DELETE FROM people WHERE id ${theirs}` },
  ]
}

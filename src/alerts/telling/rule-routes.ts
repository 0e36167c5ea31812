// The rule book over HTTP: read it, its history, what a change would do, and keep it.
import { Type } from 'typebox'
import { authorOf } from '#access/index.ts'
import { badInput, type Http, HttpRefusal, notFound } from '#platform/http/index.ts'
import type { Alarm } from '../alarm.ts'
import type { RuleCheck, RuleChoices, RuleRevision, TellingRules, TellingTrial } from '../schema.ts'
import { type AnyBook, completed, type RuleBook } from './rule-book.ts'
import { RULES_SHAPE, strict } from './rule-shapes.ts'
import type { TrialSubject } from './trial.ts'

export interface RuleRoutesOptions {
  readonly http: Http
  readonly book: RuleBook
  nameOf(person: string): string
  choices(): RuleChoices
  getAlarm(id: string): Alarm | undefined
  trial(asked: { readonly rules: TellingRules; readonly about: Alarm | TrialSubject; readonly atMs: number | undefined }): TellingTrial
}

const MOST_REVISIONS = 50
const Id = Type.String({ minLength: 1, maxLength: 80 })
const Subject = Type.Object(
  {
    level: Type.Integer({ minimum: 0, maximum: 3 }),
    detector: Id,
    senses: Type.Array(Id, { maxItems: 10 }),
    organisation: Type.Optional(Id),
  },
  strict,
)

export function ruleRoutes({ http, book, nameOf, choices, getAlarm, trial }: RuleRoutesOptions): void {
  const common = { tag: 'telling', answer: Type.Unknown() } as const
  http.route({
    ...common,
    method: 'GET',
    path: '/api/telling/rules',
    deed: 'telling.rules-look',
    summary: 'Rules, chains and texts in force; with revision an earlier book (0: those that ship), to go back to',
    query: Type.Object({ revision: Type.Optional(Type.Integer({ minimum: 0 })) }),
    handle({ query }) {
      const found = query.revision === undefined ? book.now() : book.at(query.revision)
      if (!found) throw notFound({ ko: `규칙 ${query.revision}판`, en: `rules of revision ${query.revision}` })
      return found
    },
  })
  http.route({
    ...common,
    method: 'GET',
    path: '/api/telling/rules/history',
    deed: 'telling.rules-look',
    summary: 'Who kept which book when and what they changed, newest first',
    handle: (): readonly RuleRevision[] =>
      book.history(MOST_REVISIONS).map(({ who, atMs, ...one }) => ({ ...one, at: new Date(atMs).toISOString(), name: nameOf(who) })),
  })
  http.route({
    ...common,
    method: 'GET',
    path: '/api/telling/rules/choices',
    deed: 'telling.rules-look',
    summary: 'What a rule can name: kinds of alarms, organisations, posts, people, channels',
    handle: choices,
  })
  http.route({
    ...common,
    method: 'POST',
    path: '/api/telling/rules/check',
    deed: 'telling.rules-look',
    summary: 'What is wrong with these rules, and what of them can never come to pass; nothing is kept',
    body: RULES_SHAPE,
    handle: ({ body }): RuleCheck => book.check(body as AnyBook),
  })
  http.route({
    ...common,
    method: 'POST',
    path: '/api/telling/rules/try',
    deed: 'telling.rules-look',
    summary:
      'Whom these rules (without them: those in force) would tell what and when, of an alarm there is or of one that is described, by the roster of a moment; nobody is told',
    body: Type.Object(
      {
        rules: Type.Optional(RULES_SHAPE),
        alarm: Type.Optional(Type.String({ maxLength: 200 })),
        subject: Type.Optional(Subject),
        at: Type.Optional(Type.String({ maxLength: 40 })),
      },
      strict,
    ),
    handle({ body, grant }) {
      const atMs = body.at === undefined ? undefined : Date.parse(body.at)
      if (Number.isNaN(atMs)) throw badInput({ ko: 'at은 ISO 8601 시각이어야 합니다', en: 'at is a time in ISO 8601' })
      const alarm = body.alarm === undefined ? undefined : getAlarm(body.alarm)
      if (body.alarm !== undefined && (!alarm || !grant.covers(alarm.organisations ?? [])))
        throw notFound({ ko: `경보 ${body.alarm}`, en: `alarm ${body.alarm}` })
      const about = alarm ?? body.subject
      if (!about)
        throw badInput({ ko: '경보(alarm)나 그 설명(subject)이 필요합니다', en: 'give an alarm, or a subject that describes one' })
      return trial({ rules: body.rules ? completed(body.rules as AnyBook) : book.now(), about, atMs })
    },
  })
  http.route({
    ...common,
    method: 'PUT',
    path: '/api/telling/rules',
    deed: 'telling.rules',
    summary: 'Keep other rules; all faults are named with their place. Escalations that run go on by the rules they began with',
    body: Type.Object({ ...RULES_SHAPE.properties, reason: Type.Optional(Type.String({ maxLength: 500 })) }, strict),
    thing: ({ body }) => ({ id: `telling.rules ${body.revision + 1}`, ko: '알림 규칙 바꾸기', en: 'change the rules of telling' }),
    async handle({ body: { reason = '', ...rules }, caller, grant }) {
      // The book is the whole country's.
      if (!grant.covers([]))
        throw new HttpRefusal(403, 'not-yours', {
          ko: '알림 규칙은 본청에서 고칩니다',
          en: 'the rules of telling are changed at head office',
        })
      const saved = await book.save(rules as AnyBook, authorOf(caller), reason)
      if (saved.ok) return saved.value
      if (saved.reason === 'overtaken')
        throw new HttpRefusal(409, 'overtaken', {
          ko: '그사이 다른 사람이 규칙을 고쳤습니다. 다시 불러오십시오',
          en: 'somebody has changed the rules meanwhile; load them again',
        })
      throw new HttpRefusal(400, 'bad-rules', {
        ko: saved.reason.map(one => `${one.at}: ${one.ko}`).join(' · '),
        en: saved.reason.map(one => `${one.at}: ${one.en}`).join(' · '),
      })
    },
  })
}

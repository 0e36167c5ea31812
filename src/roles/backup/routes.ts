// /api/backups: which there are, how the last one went, how far the one under way is; have one made now.
import { Type } from 'typebox'
import { authorOf } from '#access/index.ts'
import { type Http, HttpRefusal } from '#platform/http/index.ts'
import { hasFailed } from './run.ts'
import { type BackupRun, type Backups, SCHEDULE } from './schedule.ts'

const Time = Type.String({ description: 'ISO 8601' })
const Made = Type.Object({
  name: Type.String(),
  at: Type.Optional(Type.String({ description: 'the moment it is of' })),
  tookMs: Type.Optional(Type.Integer()),
  bytes: Type.Optional(Type.Integer()),
  newBytes: Type.Optional(Type.Integer({ description: 'what this one had to write; the rest is shared with the one before' })),
  by: Type.Optional(Type.String({ description: 'who had it made; absent: the schedule, or by hand' })),
})
const Shape = Type.Object({
  to: Type.Optional(Type.String({ description: 'absent: the product makes none by itself' })),
  everyMinutes: Type.Number(),
  keepNewest: Type.Integer(),
  keepDays: Type.Integer(),
  hasSealedKeys: Type.Boolean(),
  nextAt: Type.Optional(Time),
  running: Type.Optional(
    Type.Object({
      since: Time,
      by: Type.Optional(Type.String()),
      what: Type.String({ description: 'files tracks ledger store' }),
      bytes: Type.Integer(),
      ofBytes: Type.Integer(),
    }),
  ),
  failure: Type.Optional(Type.Object({ at: Time, why: Type.Object({ ko: Type.String(), en: Type.String() }), sentence: Type.String() })),
  backups: Type.Array(Made),
})
const SHOWN = 100
const iso = (ms: number): string => new Date(ms).toISOString()

export function backupRoutes(http: Http, backups: Backups, nameOf: (person: string) => string | undefined): void {
  const byOf = (who: string) => (who === SCHEDULE ? {} : { by: nameOf(who) ?? who })
  const made = (name: string, run: BackupRun | undefined) => {
    if (!run || hasFailed(run.end)) return { name }
    const { atMs, bytes, newBytes } = run.end
    return { name, at: iso(atMs), tookMs: run.endedAtMs - run.beganAtMs, bytes, newBytes, ...byOf(run.who) }
  }
  const view = () => {
    const { settings, running, nextAtMs, failed, there } = backups.state()
    return {
      ...(settings.to === '' ? {} : { to: settings.to }),
      everyMinutes: settings.everyMs / 60_000,
      keepNewest: settings.keep.newest,
      keepDays: settings.keep.days,
      hasSealedKeys: settings.passphraseFile !== '',
      ...(nextAtMs === undefined ? {} : { nextAt: iso(nextAtMs) }),
      ...(running
        ? {
            running: {
              since: iso(running.beganAtMs),
              ...byOf(running.who),
              what: running.what.split(',')[0] ?? '',
              bytes: running.bytes,
              ofBytes: running.ofBytes,
            },
          }
        : {}),
      ...(failed ? { failure: { at: iso(failed.atMs), why: failed.why, sentence: failed.sentence } } : {}),
      backups: there.slice(0, SHOWN).map(({ name, run }) => made(name, run)),
    }
  }
  http.route({
    method: 'GET',
    path: '/api/backups',
    deed: 'backup.look',
    summary: 'Backups that there are, as of the last one made; the last failure; how far the one under way is',
    tag: 'status',
    answer: Shape,
    handle: view,
  })
  http.route({
    method: 'POST',
    path: '/api/backups',
    deed: 'backup.make',
    summary: 'Have a backup made now; it goes on by itself',
    tag: 'status',
    answer: Shape,
    status: 202,
    async handle({ caller }) {
      const outcome = await backups.make(authorOf(caller))
      if (outcome === 'nowhere')
        throw new HttpRefusal(409, 'backup-nowhere', {
          ko: '백업 폴더가 정해지지 않았습니다. 설정 backup.to에 다른 디스크의 폴더를 적고 다시 시작하십시오',
          en: 'there is no folder for backups: name one on another disk in the setting backup.to and start again',
        })
      if (outcome === 'running')
        throw new HttpRefusal(409, 'backup-running', { ko: '백업이 이미 진행 중입니다', en: 'a backup is being made already' })
      return view()
    },
  })
}

// Commands to seals over HTTP: which may be given, given, taken back. What opens a seal of high risk takes the word of two officers; a one-time password is shown in the answer
// to the one who asked for it, once.
import { Type } from 'typebox'
import type { Grant } from '#base/index.ts'
import { HttpRefusal, notFound } from '#platform/http/index.ts'
import { hindranceWords } from './command-guard.ts'
import type { NewCommand } from './devices/commands.ts'
import { type DeviceArea, SEAL_PROTOCOLS } from './protocols/index.ts'
import { byOf, type SealRoutesOptions } from './route-parts.ts'
import { COMMAND_KINDS, type CommandKind, type JourneyPlan, type Seal, type SealCommandView } from './schema.ts'
import { Anything, CommandInput } from './shapes.ts'

const Params = Type.Object({ id: Type.String({ maxLength: 80 }) })
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
/** Until when a command is tried where nobody says, and at the longest, whatever one says. */
const HOLDS: Readonly<Record<'usual' | 'password', { readonly usualMs: number; readonly mostMs: number }>> = {
  usual: { usualMs: HOUR_MS, mostMs: 24 * HOUR_MS },
  password: { usualMs: 15 * MINUTE_MS, mostMs: HOUR_MS },
}
const REFUSED: Readonly<Record<string, { readonly ko: string; readonly en: string }>> = {
  'no-commands': { ko: '이 규격에는 공개된 명령이 없습니다', en: 'no command of this protocol is published' },
  'not-tried': {
    ko: '문서로만 아는 명령이라 실제 단말로 시험할 때까지 꺼 두었습니다',
    en: 'known from paper only; off until tried on a device',
  },
  'unknown-command': { ko: '이 규격에는 이 명령이 없습니다', en: 'this protocol has no such command' },
  'bad-value': { ko: '이 단말이 받을 수 없는 값입니다', en: 'a value that this device cannot take' },
}

const PASSWORD_GONE = {
  ko: '다시 시작하면서 암호가 없어져 보내지 않았습니다. 새로 명령하십시오',
  en: 'its password was gone after a restart; command it anew',
}

/** Why it came to nothing, in words; the code where there are none. */
function saidOf({ note, seal }: SealCommandView, english: boolean): string | undefined {
  if (note === undefined) return undefined
  const result = /^result (\d+)$/.exec(note)?.[1]
  const protocol = SEAL_PROTOCOLS.find(({ name }) => seal.startsWith(`${name}:`))
  const words =
    (result === undefined ? undefined : protocol?.results?.[Number(result)]) ??
    hindranceWords(note) ??
    (note === 'password-gone' ? PASSWORD_GONE : REFUSED[note])
  if (words === undefined) return note
  return english ? words.en : words.ko
}

export function commandRoutes(options: SealRoutesOptions): void {
  const { http, seals, commands, guard, clock, audited } = options
  const find = (id: string, grant: Grant): Seal => {
    const seal = seals.seal(id)
    if (!seal || !grant.covers([seal.organisation])) throw notFound({ ko: `봉인 ${id}`, en: `seal ${id}` })
    return seal
  }
  const untilOf = (kind: CommandKind, seal: string, until: string | undefined): number => {
    const nowMs = clock.now()
    const { usualMs, mostMs } = HOLDS[kind === 'one-time-password' ? 'password' : 'usual']
    const asked = until === undefined ? nowMs + usualMs : Date.parse(until)
    if (Number.isNaN(asked)) throw new HttpRefusal(400, 'time-wrong', { ko: '시각은 ISO 8601 형식이어야 합니다', en: 'times are ISO 8601' })
    if (asked <= nowMs) throw new HttpRefusal(422, 'until-over', { ko: '시한(until)이 이미 지났습니다', en: 'until has passed already' })
    return Math.min(asked, nowMs + mostMs, guard.agreedUntilMs({ kind, seal }) ?? asked)
  }
  const areasOf = (plan: JourneyPlan): readonly DeviceArea[] =>
    [plan.origin, plan.destination, ...plan.stops].map((place, n) => ({ id: n + 1, ...options.outlineOf(place) }))
  /** What the kind of command needs besides. */
  const moreOf = (kind: CommandKind, seal: string, intervalS: number | undefined): Partial<NewCommand> => {
    const plan = guard.planOf(seal)
    const place = kind === 'one-time-password' ? guard.placeOf(seal) : undefined
    return {
      ...(intervalS === undefined ? {} : { intervalS }),
      ...(kind === 'set-areas' && plan ? { areas: areasOf(plan) } : {}),
      ...(place ? { place } : {}),
    }
  }

  http.route({
    method: 'GET',
    path: '/api/seals/:id/commands',
    deed: 'seals.look',
    summary: 'Commands to a seal, newest first, and which may be given; `hindered`: those that may not now, and why',
    tag: 'seals',
    params: Params,
    answer: Anything,
    handle({ params, grant, english }) {
      const seal = find(params.id, grant)
      const refused = COMMAND_KINDS.flatMap(kind => {
        const why = commands.refusalOf(seal.protocol, kind)
        return why === undefined ? [] : [[kind, why] as const]
      })
      const hindered = COMMAND_KINDS.flatMap(kind => {
        const why = guard.hindranceOf({ kind, seal: seal.id })
        return why === undefined ? [] : [[kind, { code: why.code, said: english ? why.words.en : why.words.ko }] as const]
      })
      const shown = commands.of(seal.id).map(one => {
        const said = saidOf(one, english)
        return said === undefined ? one : { ...one, said }
      })
      return { commands: shown, refused: Object.fromEntries(refused), hindered: Object.fromEntries(hindered) }
    },
  })
  http.route({
    method: 'POST',
    path: '/api/seals/:id/commands',
    deed: 'seals.command',
    summary:
      'Command a seal: kept, sent while it is connected, until it answers or its time is over; the same id asks once. A one-time password stands in the first answer only',
    tag: 'seals',
    params: Params,
    body: CommandInput,
    answer: Anything,
    status: 201,
    async handle({ params, body, caller, grant }) {
      const seal = find(params.id, grant)
      const { id, kind, reason, until, intervalS } = body
      const before = commands.get(id)
      if (before && (before.seal !== seal.id || before.kind !== kind))
        throw new HttpRefusal(409, 'id-taken', { ko: `명령 번호 ${id}은(는) 이미 쓰였습니다`, en: `the command id ${id} is taken` })
      if (before) return before
      const refused = commands.refusalOf(seal.protocol, kind)
      if (refused !== undefined) throw new HttpRefusal(409, refused, said(seal, refused))
      const hindrance = guard.hindranceOf({ kind, seal: seal.id })
      if (hindrance) throw new HttpRefusal(409, hindrance.code, hindrance.words)
      const asked = await commands.ask({
        id,
        seal: seal.id,
        kind,
        by: caller.id,
        reason,
        untilMs: untilOf(kind, seal.id, until),
        ...moreOf(kind, seal.id, intervalS),
        trail: audited(byOf(caller), `seals.${kind}`, seal.id, reason),
      })
      if ('refused' in asked) throw new HttpRefusal(409, asked.refused, said(seal, asked.refused))
      const password = commands.takePassword(id)
      return password === undefined ? asked : { ...asked, password }
    },
  })
  http.route({
    method: 'DELETE',
    path: '/api/seals/commands/:id',
    deed: 'seals.command',
    summary: 'Take back a command that is not answered yet',
    tag: 'seals',
    params: Params,
    answer: Anything,
    async handle({ params, caller, grant }) {
      const command = commands.get(params.id)
      if (!command) throw notFound({ ko: `명령 ${params.id}`, en: `command ${params.id}` })
      find(command.seal, grant)
      const cancelled = await commands.cancel(params.id, audited(byOf(caller), 'seals.cancel', command.seal, command.kind))
      if (!cancelled) throw new HttpRefusal(409, 'command-over', { ko: '이미 끝난 명령입니다', en: 'this command is over' })
      return cancelled
    },
  })
}

function said(seal: Seal, code: string): { readonly ko: string; readonly en: string } {
  const why = REFUSED[code] ?? { ko: code, en: code }
  return { ko: `${seal.protocol} 봉인: ${why.ko} (${code})`, en: `${seal.protocol} seals: ${why.en} (${code})` }
}

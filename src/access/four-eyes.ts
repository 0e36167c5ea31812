// Four eyes: a deed that one officer asks for and another one, who might do the same, agrees to; then it is done, once, with both in the audit. Any deed can
// take two: its policy says `two` for a post. Routes get it from platform/http without a line of their own; rooms may ask directly. What is asked is kept, so
// that a restart loses nothing; a deed under way when the product was killed is not done again but shown as interrupted (once, or not at all).
import { randomUUID } from 'node:crypto'
import { type Caller, type Clock, type Grant, ok, type Result, refused, type Thing } from '#base/index.ts'
import type { Store } from '#platform/store/index.ts'
import { withParticle } from '#rules/index.ts'
import { auditStatement, authorOf } from './audit.ts'
import {
  forgetResults,
  insertRequest,
  requestByDeedId,
  requestByNumber,
  requestsBefore,
  requestsIn,
  updateRequest,
} from './four-eyes-store.ts'
import type { Refused } from './person.ts'
import type { SecondRequest } from './second-request.ts'

export interface Asked {
  readonly deed: string
  readonly performer: string
  readonly input: unknown
  readonly caller: Caller
  readonly thing: Thing
  readonly reason: string
  readonly deedId?: string
  /** Done at once, alone, while nobody else holds a post that could agree. */
  readonly aloneWhileNobodyElse?: boolean
}

/** Does the deed as `caller` (who asked; `caller.second` agreed); what it returns is kept for the one who asked. Throws a sentence when it cannot be done. */
export type Perform = (input: unknown, caller: Caller, grant: Grant) => Promise<unknown>

export interface FourEyesOptions {
  readonly store: Store
  readonly clock: Clock
  readonly expiresAfterMs: number
  grantOf(caller: Caller, deed: string): Grant | undefined
  /** The person as they are now; undefined when they may not act any more. */
  callerFor(person: string, session: string): Caller | undefined
  /** Everybody who could ever agree to anything: active persons. */
  candidates(): readonly Caller[]
  /** A request is new or has changed. */
  onChange(request: SecondRequest): void
}

export interface FourEyes {
  /** How deeds of this performer are done; named once, at the start. */
  performer(name: string, perform: Perform): void
  ask(asked: Asked): Promise<Result<SecondRequest, Refused>>
  /** Newest first: those the caller asked for or may decide on. */
  list(caller: Caller, options?: { readonly before?: number; readonly limit?: number }): readonly SecondRequest[]
  /** Is this caller one who could agree, whatever has become of the request. */
  fits(request: SecondRequest, caller: Caller): boolean
  /** May this caller agree now: another person, who may do that deed to that thing. */
  mayDecide(request: SecondRequest, caller: Caller): boolean
  /** Refuses with `not-found` what the caller may not know of. */
  approve(number: number, caller: Caller, note?: string): Promise<Result<SecondRequest, Refused>>
  refuse(number: number, caller: Caller, note: string): Promise<Result<SecondRequest, Refused>>
  withdraw(number: number, caller: Caller): Promise<Result<SecondRequest, Refused>>
  close(): void
}

const LOOK_EVERY_MS = 5000
const FORGET_EVERY_MS = 3_600_000
const KEEP_RESULTS_MS = 30 * 86_400_000
const MAX_INPUT_CHARACTERS = 1 << 20
const MAX_REASON = 500
const no = (code: string, ko: string, en: string): Result<never, Refused> => refused({ code, ko, en })
const notFound = (number: number): Result<never, Refused> => no('not-found', `승인 요청 ${number} 없음`, `there is no request ${number}`)
const already = ({ number, state }: SecondRequest): Result<never, Refused> =>
  no(
    'already-decided',
    `승인 요청 ${withParticle(String(number), '은')} 이미 처리되었습니다(${state})`,
    `request ${number} is ${state} already`,
  )

export function createFourEyes(options: FourEyesOptions): FourEyes {
  const { store, clock } = options
  const performers = new Map<string, Perform>()
  /** Requests somebody is deciding on at this moment: the first press wins. */
  const busy = new Set<number>()

  const write = async (
    request: SecondRequest,
    deed: string,
    author: ReturnType<typeof authorOf>,
    note = `${request.deed} · ${request.thing.ko} · ${request.reason}`,
  ): Promise<SecondRequest> => {
    await store.write([
      updateRequest(request),
      auditStatement({ atMs: clock.now(), ...author, deed: `second.${deed}`, thing: String(request.number), note }),
    ])
    options.onChange(request)
    return request
  }
  const fits = (request: SecondRequest, caller: Caller): boolean =>
    caller.kind === 'person' &&
    caller.id !== request.who &&
    options.grantOf(caller, request.deed)?.covers(request.thing.organisations ?? []) === true
  /** Who decides on what: the request, held so that nobody else decides meanwhile. */
  const take = (number: number, isTheirs: (request: SecondRequest) => boolean): Result<SecondRequest, Refused> => {
    const request = requestByNumber(store, number)
    if (!request || !isTheirs(request)) return notFound(number)
    if (busy.has(number) || request.state !== 'asked' || request.expiresAtMs <= clock.now()) return already(request)
    busy.add(number)
    return ok(request)
  }
  const released = async <T>(number: number, work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } finally {
      busy.delete(number)
    }
  }
  const perform = async (request: SecondRequest, asker: Caller): Promise<SecondRequest> => {
    const grant = options.grantOf(asker, request.deed)
    try {
      const doIt = performers.get(request.performer)
      if (!doIt) throw new Error(`nothing here does ‘${request.performer}’`)
      if (!grant?.covers(request.thing.organisations ?? [])) throw new Error('who asked has no right to it any more')
      const result = await doIt(request.input, asker, grant)
      return await write({ ...request, state: 'done', ...(result === undefined ? {} : { result }) }, 'done', authorOf(asker))
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      return write({ ...request, state: 'failed', note: why }, 'failed', authorOf(asker), why)
    }
  }

  const expire = async (): Promise<void> => {
    for (const request of requestsIn(store, 'asked').filter(one => one.expiresAtMs <= clock.now() && !busy.has(one.number)))
      await released(request.number, () => {
        busy.add(request.number)
        return write({ ...request, state: 'expired' }, 'expired', { who: 'mangru' })
      })
  }
  const interrupted = async (): Promise<void> => {
    for (const request of requestsIn(store, 'approved')) await write({ ...request, state: 'interrupted' }, 'interrupted', { who: 'mangru' })
  }
  // A disk that refuses is told elsewhere; what is due stays due.
  void interrupted().catch(() => undefined)
  const stops = [
    clock.every(LOOK_EVERY_MS, () => void expire().catch(() => undefined)),
    clock.every(FORGET_EVERY_MS, () => void store.write([forgetResults(clock.now() - KEEP_RESULTS_MS)]).catch(() => undefined)),
  ]

  return {
    performer(name, doIt) {
      if (performers.has(name)) throw new Error(`two perform ‘${name}’`)
      performers.set(name, doIt)
    },
    async ask({ deed, performer, input, caller, thing, reason, deedId = randomUUID(), aloneWhileNobodyElse }) {
      // Whose device asks twice after a broken line is answered the same.
      const key = `${caller.id} ${deedId}`
      const before = requestByDeedId(store, key)
      if (before) return ok(before)
      const nowMs = clock.now()
      const request = {
        deed,
        performer,
        input,
        thing,
        who: caller.id,
        session: caller.session ?? '',
        reason,
        askedAtMs: nowMs,
        expiresAtMs: nowMs + options.expiresAfterMs,
        state: 'asked',
      } as const
      const others = options.candidates().filter(one => one.id !== thing.cannotAgree && fits({ ...request, number: 0 }, one))
      const isAlone = others.length === 0 && aloneWhileNobodyElse === true
      if (others.length === 0 && !isAlone)
        return no(
          'nobody-to-agree',
          '승인할 수 있는 사람이 없습니다. 관리자에게 같은 일을 맡은 사람을 더하도록 청하십시오',
          'nobody else holds a post that could agree; ask an administrator to appoint a second officer',
        )
      if (!isAlone && (reason.length < 2 || reason.length > MAX_REASON))
        return no(
          'reason-needed',
          `두 사람이 하는 일입니다. 사유(reason)를 2~${MAX_REASON}자로 적으십시오`,
          `this takes two officers: say why (reason), in 2 to ${MAX_REASON} characters`,
        )
      if (JSON.stringify(input ?? null).length > MAX_INPUT_CHARACTERS)
        return no('too-large', '두 사람 승인으로 하기에는 내용이 너무 큽니다. 나누어 하십시오', 'too much for one request; divide it')
      await store.write([
        insertRequest(request, key),
        auditStatement({
          atMs: nowMs,
          ...authorOf(caller),
          deed: 'second.ask',
          thing: thing.id,
          note: `${deed} · ${thing.ko} · ${reason}`,
        }),
      ])
      const kept = requestByDeedId(store, key)
      if (!kept) throw new Error('a request was kept and is not there')
      if (!isAlone) {
        options.onChange(kept)
        return ok(kept)
      }
      const alone = await write({ ...kept, state: 'approved', decidedAtMs: nowMs }, 'alone', authorOf(caller))
      return ok(await perform(alone, caller))
    },
    list(caller, { before = Number.MAX_SAFE_INTEGER, limit = 100 } = {}) {
      const found: SecondRequest[] = []
      for (let from = before; found.length < limit; ) {
        const page = requestsBefore(store, from, 200)
        found.push(...page.filter(request => request.who === caller.id || request.second === caller.id || fits(request, caller)))
        from = page.at(-1)?.number ?? 0
        if (page.length < 200) break
      }
      return found.slice(0, limit)
    },
    fits,
    mayDecide: (request, caller) => request.state === 'asked' && request.expiresAtMs > clock.now() && fits(request, caller),
    async approve(number, caller, note) {
      const own = requestByNumber(store, number)
      if (own?.who === caller.id)
        return no('same-person', '자기가 청한 일은 다른 사람이 승인해야 합니다', 'somebody else must agree to what you asked for')
      const taken = take(number, request => fits(request, caller))
      if (!taken.ok) return taken
      return released(number, async () => {
        const agreed = { state: 'approved', second: caller.id, decidedAtMs: clock.now(), ...(note ? { note } : {}) } as const
        const request = await write({ ...taken.value, ...agreed }, 'approve', authorOf(caller))
        const asker = options.callerFor(request.who, request.session)
        if (!asker)
          return ok(await write({ ...request, state: 'failed', note: 'who asked may not act any more' }, 'failed', { who: 'mangru' }))
        return ok(await perform(request, { ...asker, second: caller.id }))
      })
    },
    async refuse(number, caller, note) {
      const taken = take(number, request => fits(request, caller))
      if (!taken.ok) return taken
      const said = { state: 'refused', second: caller.id, decidedAtMs: clock.now(), note } as const
      return released(number, async () =>
        ok(await write({ ...taken.value, ...said }, 'refuse', authorOf(caller), `${taken.value.deed} · ${taken.value.thing.ko} · ${note}`)),
      )
    },
    async withdraw(number, caller) {
      const taken = take(number, request => request.who === caller.id)
      if (!taken.ok) return taken
      return released(number, async () =>
        ok(await write({ ...taken.value, state: 'withdrawn', decidedAtMs: clock.now() }, 'withdraw', authorOf(caller))),
      )
    },
    close() {
      for (const stop of stops) stop()
    },
  }
}

// Requests of SIP over UDP and their answers: sent again until one comes (RFC 3261 §17.1), proven by digest when asked, acknowledged, cancelled.
import { randomBytes } from 'node:crypto'
import type { Clock } from '#base/index.ts'
import { digest, header, type SipMessage, uriOf, writeSip } from './sip-message.ts'

export interface SipRequest {
  readonly method: string
  readonly uri: string
  readonly from: string
  readonly to: string
  readonly callId: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body?: string
}
export interface SipAsker {
  /** The last answer; undefined: none came. */
  ask(request: SipRequest): Promise<SipMessage | undefined>
  invite(request: SipRequest): { readonly answer: Promise<SipMessage | undefined>; cancel(): void }
  answered(message: SipMessage): void
  close(): void
}
export interface SipAskerOptions {
  readonly clock: Clock
  /** host:port of ours. */
  here(): string
  readonly user: string
  readonly password: string
  send(packet: Buffer): void
}

const T1_MS = 500
const T2_MS = 4000
/** 64 × T1. */
const GIVE_UP_MS = 32_000

interface Open {
  readonly request: SipRequest
  readonly cseq: number
  readonly branch: string
  readonly isInvite: boolean
  readonly extra: readonly (readonly [string, string])[]
  readonly done: (answer: SipMessage | undefined) => void
  isRinging: boolean
  isCancelled: boolean
  ack?: Buffer
  stop: () => void
}

export function createSipAsker({ clock, here, user, password, send }: SipAskerOptions): SipAsker {
  /** By branch and method, as answers name them. */
  const open = new Map<string, Open>()
  let cseq = 1
  const packetOf = (
    request: SipRequest,
    method: string,
    number: number,
    branch: string,
    to: string,
    more: readonly (readonly [string, string])[],
    body?: string,
  ): Buffer =>
    writeSip(
      `${method} ${request.uri} SIP/2.0`,
      [
        ['Via', `SIP/2.0/UDP ${here()};branch=${branch};rport`],
        ['Max-Forwards', '70'],
        ['From', request.from],
        ['To', to],
        ['Call-ID', request.callId],
        ['CSeq', `${number} ${method}`],
        ['User-Agent', 'Mangru'],
        ...more,
      ],
      body,
    )
  const newBranch = (): string => `z9hG4bK${randomBytes(9).toString('hex')}`
  function begin(request: SipRequest, extra: Open['extra'], done: Open['done']): Open {
    const branch = newBranch()
    const isInvite = request.method === 'INVITE'
    const one: Open = { request, cseq: cseq++, branch, isInvite, extra, done, isRinging: false, isCancelled: false, stop: () => undefined }
    const packet = packetOf(request, request.method, one.cseq, branch, request.to, [...request.headers, ...extra], request.body)
    const begunMs = clock.now()
    let waitMs = T1_MS
    const again = (): void => {
      if (one.isRinging) return
      if (clock.now() - begunMs >= GIVE_UP_MS) return end(one, undefined)
      send(packet)
      one.stop = clock.after(waitMs, again)
      waitMs = isInvite ? waitMs * 2 : Math.min(waitMs * 2, T2_MS)
    }
    open.set(`${branch} ${request.method}`, one)
    again()
    return one
  }
  function end(one: Open, answer: SipMessage | undefined): void {
    one.stop()
    one.done(answer)
    // Kept a while: a repeated answer to INVITE is acknowledged again.
    const key = `${one.branch} ${one.request.method}`
    if (answer === undefined || !one.isInvite) open.delete(key)
    else one.stop = clock.after(GIVE_UP_MS, () => open.delete(key))
  }
  function acknowledge(one: Open, answer: SipMessage): void {
    const isTaken = (answer.status ?? 0) < 300
    const request = isTaken ? { ...one.request, uri: uriOf(header(answer, 'contact')) || one.request.uri } : one.request
    const routes = isTaken ? [...(answer.headers['record-route'] ?? [])].reverse().map(route => ['Route', route] as const) : []
    one.ack ??= packetOf(request, 'ACK', one.cseq, isTaken ? newBranch() : one.branch, header(answer, 'to'), routes)
    send(one.ack)
  }
  /** Asks again with proof, once. */
  function proven(one: Open, answer: SipMessage): Open | undefined {
    const isProxy = answer.status === 407
    const challenges = answer.headers[isProxy ? 'proxy-authenticate' : 'www-authenticate'] ?? []
    if (one.extra.length > 0 || password === '') return undefined
    for (const challenge of challenges) {
      const value = digest(challenge, {
        user,
        password,
        method: one.request.method,
        uri: one.request.uri,
        cnonce: randomBytes(8).toString('hex'),
      })
      if (value) return begin(one.request, [[isProxy ? 'Proxy-Authorization' : 'Authorization', value]], one.done)
    }
    return undefined
  }
  let replaced: ((before: Open, after: Open) => void) | undefined
  function answered(message: SipMessage): void {
    const branch = /;\s*branch=([^;,\s]+)/i.exec(header(message, 'via'))?.[1] ?? ''
    const method = /^\d+\s+([A-Z]+)/.exec(header(message, 'cseq'))?.[1] ?? ''
    const one = open.get(`${branch} ${method}`)
    const status = message.status ?? 0
    if (!one) return
    if (status < 200) {
      if (!one.isInvite) return
      one.isRinging = true
      one.stop()
      if (one.isCancelled) sendCancel(one)
      return
    }
    const isRepeated = one.ack !== undefined
    if (one.isInvite) acknowledge(one, message)
    if (isRepeated) return
    if (status === 401 || status === 407) {
      one.stop()
      const next = proven(one, message)
      if (next) {
        open.delete(`${branch} ${method}`)
        return replaced?.(one, next)
      }
    }
    end(one, message)
  }
  function sendCancel(one: Open): void {
    // RFC 3261 §9.1: the same branch and number; its answer is of no interest, 487 ends the INVITE.
    send(packetOf(one.request, 'CANCEL', one.cseq, one.branch, one.request.to, []))
    one.stop()
    one.stop = clock.after(GIVE_UP_MS, () => end(one, undefined))
  }
  const current = new Map<Open, Open>()
  replaced = (before, after) => {
    for (const [first, now] of current) if (now === before) current.set(first, after)
  }
  return {
    ask: request => new Promise(done => void begin(request, [], done)),
    invite(request) {
      let first: Open | undefined
      const answer = new Promise<SipMessage | undefined>(done => {
        first = begin(request, [], last => {
          if (first) current.delete(first)
          done(last)
        })
        current.set(first, first)
      })
      return {
        answer,
        cancel() {
          const one = first && current.get(first)
          if (!one) return
          one.isCancelled = true
          // Nothing has come yet: a CANCEL may not overtake its INVITE; it goes with the first sign of life.
          if (one.isRinging) sendCancel(one)
        },
      }
    },
    answered,
    close() {
      for (const one of open.values()) one.stop()
      open.clear()
    },
  }
}

// Telephone calls by SIP over UDP (RFC 3261): rings, says what is recorded, hears keys. A caller only: nobody can call it. Registering and digest proof where the exchange asks for them.
// Taken means that somebody (or a machine) has picked up; busy and nobody there are refusals, so that another way is tried; heard to the end, or a key pressed, is the receipt.
import { randomBytes } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import type { Channel, ChannelMessage, ChannelOptions, Preview, SendOutcome } from './channel.ts'
import { type NumberForm, phoneNumber } from './numbers.ts'
import { createKeyEar, type Speaking, speak } from './rtp.ts'
import { createSipAsker } from './sip-asker.ts'
import { type Hearing, header, hearingOf, offer, parameter, readSip, type SipMessage, uriOf, writeSip } from './sip-message.ts'
import { spokenOf } from './spoken.ts'

export interface CallSipSettings {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password?: string
  /** Default: the host. */
  readonly domain?: string
  /** Number shown to who is called; default: the user. */
  readonly sender?: string
  /** Of recorded sentences, WAV. */
  readonly folder?: string
  readonly registers?: boolean
  readonly ringSeconds?: number
  /** Address of this machine as the exchange sees it. */
  readonly localHost?: string
  readonly localPort?: number
  readonly numberForm?: NumberForm
  readonly wonPerCall?: number
  readonly maxCalls?: number
}

interface Call {
  readonly id: string
  readonly to: string
  readonly messageId: string
  readonly rtp: Socket
  readonly samples: Int16Array
  remote?: SipMessage
  speaking?: Speaking
  stopRing?: () => void
  cancel?: () => void
  isAnswered: boolean
  isHeard: boolean
  isOver: boolean
  done(outcome: SendOutcome): void
}

const RING_SECONDS = 45
const MAX_CALLS = 20
/** Asking again will not help: no such number, not allowed to be called. */
const FINAL = [404, 410, 413, 414, 416, 484, 485, 604]
const REFUSALS: Readonly<Record<number, string>> = {
  403: 'the exchange forbids it',
  404: 'no such number',
  408: 'nobody answers',
  480: 'nobody answers',
  484: 'the number is incomplete',
  486: 'busy',
  487: 'nobody answers',
  600: 'busy everywhere',
  603: 'declined',
}

export function createCallSip(settings: CallSipSettings, { clock, onNews }: ChannelOptions): Channel {
  const { ringSeconds = RING_SECONDS, maxCalls = MAX_CALLS } = settings
  const domain = settings.domain ?? settings.host
  const calls = new Map<string, Call>()
  let trouble: string | undefined
  let isClosed = false
  let stopRegister: (() => void) | undefined
  const socket = createSocket('udp4')
  const me = `sip:${encodeURIComponent(settings.user)}@${domain}`
  let localHost = settings.localHost ?? ''
  let bound: Promise<void> | undefined
  const here = (): string => `${localHost}:${socket.address().port}`
  const contact = (): string => `<sip:${encodeURIComponent(settings.user)}@${here()}>`
  /** Bound, and our own address known: looked for again at the next call where it was not found. */
  async function isReady(): Promise<boolean> {
    bound ??= new Promise((done, fail) => {
      socket.once('error', fail)
      socket.bind(settings.localPort ?? 0, () => done())
    })
    try {
      await bound
      if (localHost === '') localHost = await localAddress(settings.host, settings.port)
      return true
    } catch (error) {
      line(`no call can be made from here: ${error instanceof Error ? error.message : error}`)
      return false
    }
  }
  const line = (why: string | undefined): void => {
    if (why === trouble) return
    trouble = why
    onNews({ news: 'trouble', ...(why === undefined ? {} : { trouble: why }), atMs: clock.now() })
  }
  const leaving = new Set<Promise<void>>()
  const transmit = (packet: Buffer): void => {
    const sent = new Promise<void>(done => socket.send(packet, settings.port, settings.host, () => done()))
    leaving.add(sent)
    void sent.then(() => leaving.delete(sent))
  }
  const asker = createSipAsker({ clock, here, user: settings.user, password: settings.password ?? '', send: transmit })
  socket.on('error', error => line(error.message))
  socket.on('message', packet => {
    const message = readSip(packet)
    if (!message) return
    if (message.status !== undefined) asker.answered(message)
    else asked(message)
  })

  /** Requests of the other side: it hangs up, or looks whether we are there. */
  function asked(message: SipMessage): void {
    const call = calls.get(header(message, 'call-id'))
    const isKnown = message.method === 'OPTIONS' || (call && ['BYE', 'INFO'].includes(message.method ?? ''))
    const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].flatMap(name =>
      (message.headers[name.toLowerCase()] ?? []).map(value => [name, value] as const),
    )
    if (message.method !== 'ACK')
      transmit(writeSip(`SIP/2.0 ${isKnown ? '200 OK' : call ? '501 Not Implemented' : '481 Call Does Not Exist'}`, copied))
    if (!call) return
    if (message.method === 'BYE') hungUp(call, 'hung up before the sentence was over')
    const key = message.method === 'INFO' ? /^Signal\s*=\s*([0-9*#])/im.exec(message.body)?.[1] : undefined
    if (key) pressed(call, key)
  }
  function hungUp(call: Call, why: string): void {
    if (call.isOver) return
    call.isOver = true
    calls.delete(call.id)
    call.speaking?.stop()
    call.stopRing?.()
    call.rtp.close()
    if (!call.isAnswered) return
    const state = call.isHeard ? ('delivered' as const) : ('failed' as const)
    setImmediate(() =>
      onNews({
        news: 'receipt',
        id: call.messageId,
        providerId: call.id,
        state,
        atMs: clock.now(),
        ...(call.isHeard ? {} : { reason: why }),
      }),
    )
  }
  function pressed(call: Call, key: string): void {
    if (call.isOver) return
    call.isHeard = true
    setImmediate(() => onNews({ news: 'reply', from: call.to, text: key, atMs: clock.now(), id: call.messageId }))
    hangUp(call)
  }
  function hangUp(call: Call): void {
    if (call.isOver) return
    if (call.remote) void asker.ask(dialogRequest(call, call.remote, 'BYE'))
    hungUp(call, 'ended by us')
  }
  const dialogRequest = (call: Call, remote: SipMessage, method: 'BYE') => ({
    method,
    uri: uriOf(header(remote, 'contact')) || `sip:${call.to}@${domain}`,
    from: header(remote, 'from'),
    to: header(remote, 'to'),
    callId: call.id,
    headers: [...(remote.headers['record-route'] ?? [])].reverse().map(route => ['Route', route] as const),
  })
  function answered(call: Call, answer: SipMessage): void {
    const hearing = hearingOf(answer.body)
    call.remote = answer
    call.isAnswered = true
    call.stopRing?.()
    if (!hearing) {
      call.done({ outcome: 'refused', reason: 'the other side hears neither A-law nor µ-law', isFinal: true })
      call.isAnswered = false
      return hangUp(call)
    }
    talk(call, hearing)
    call.done({
      outcome: 'accepted',
      providerId: call.id,
      parts: 1,
      ...(settings.wonPerCall === undefined ? {} : { costWon: settings.wonPerCall }),
    })
  }
  function talk(call: Call, hearing: Hearing): void {
    const ear = hearing.keys === undefined ? undefined : createKeyEar(hearing.keys)
    call.rtp.on('message', packet => {
      const key = ear?.(packet)
      if (key) pressed(call, key)
    })
    call.speaking = speak(call.rtp, hearing, call.samples, randomBytes(4).readUInt32BE(0), clock, () => {
      call.isHeard = true
      hangUp(call)
    })
  }
  async function invite(message: ChannelMessage, to: string, done: (outcome: SendOutcome) => void): Promise<void> {
    const rtp = createSocket('udp4')
    rtp.on('error', () => undefined)
    await new Promise<void>(bound => rtp.bind(0, () => bound()))
    const id = `${randomBytes(12).toString('hex')}@${localHost}`
    const call: Call = {
      id,
      to,
      messageId: message.id,
      rtp,
      samples: spokenOf(message, settings.folder).samples,
      isAnswered: false,
      isHeard: false,
      isOver: false,
      done,
    }
    calls.set(id, call)
    const request = {
      method: 'INVITE',
      uri: `sip:${to}@${domain}`,
      from: `<sip:${encodeURIComponent(settings.sender ?? settings.user)}@${domain}>;tag=${randomBytes(6).toString('hex')}`,
      to: `<sip:${to}@${domain}>`,
      callId: id,
      headers: [
        ['Contact', contact()] as const,
        ['Allow', 'INVITE, ACK, CANCEL, BYE, OPTIONS, INFO'] as const,
        ['Content-Type', 'application/sdp'] as const,
      ],
      body: offer(localHost, rtp.address().port, randomBytes(4).readUInt32BE(0)),
    }
    const ringing = asker.invite(request)
    call.cancel = ringing.cancel
    call.stopRing = clock.after(ringSeconds * 1000, ringing.cancel)
    const answer = await ringing.answer
    if (answer === undefined) {
      line(`${settings.host}:${settings.port} does not answer`)
      done({ outcome: 'refused', reason: `${settings.host}:${settings.port} does not answer`, isFinal: false })
      return hungUp(call, '')
    }
    line(undefined)
    const status = answer.status ?? 0
    if (status >= 200 && status < 300) {
      if (!call.isOver) return answered(call, answer)
      // Picked up in the very moment of our end.
      void asker.ask(dialogRequest(call, answer, 'BYE'))
      return done({ outcome: 'refused', reason: 'ended by us', isFinal: false })
    }
    done({
      outcome: 'refused',
      reason: `${REFUSALS[status] ?? answer.reason ?? 'refused'} (SIP ${status})`,
      isFinal: FINAL.includes(status),
    })
    hungUp(call, '')
  }
  async function register(): Promise<void> {
    if (isClosed) return
    const uri = `sip:${domain}`
    const answer = await asker.ask({
      method: 'REGISTER',
      uri,
      from: `<${me}>;tag=${randomBytes(6).toString('hex')}`,
      to: `<${me}>`,
      callId: `${randomBytes(12).toString('hex')}@${localHost}`,
      headers: [
        ['Contact', contact()],
        ['Expires', '300'],
      ],
    })
    const isIn = answer?.status !== undefined && answer.status >= 200 && answer.status < 300
    line(
      isIn
        ? undefined
        : answer === undefined
          ? `${settings.host}:${settings.port} does not answer`
          : `the exchange refuses to register ${settings.user}: SIP ${answer.status} ${answer.reason ?? ''}`.trim(),
    )
    const seconds = Number(parameter(header(answer ?? { headers: {}, body: '' }, 'contact'), 'expires') ?? 300)
    stopRegister = clock.after(isIn ? Math.max(20, Math.min(seconds, 3600) / 2) * 1000 : 15_000, () => void register())
  }
  void isReady().then(isSo => (isSo && settings.registers ? register() : undefined))
  const addressOf = (text: string) => phoneNumber(text, settings.numberForm ?? 'national')
  return {
    name: settings.name,
    kind: 'call-sip',
    takesIdempotencyKey: false,
    addressOf,
    preview(message): Preview {
      const { said } = spokenOf(message, settings.folder)
      return {
        text: said.join(' '),
        parts: 1,
        length: said.length,
        encoding: 'G.711',
        ...(settings.wonPerCall === undefined ? {} : { costWon: settings.wonPerCall }),
      }
    },
    async send(message) {
      const to = addressOf(message.to)
      if (!to.ok) return { outcome: 'refused', reason: to.reason, isFinal: true }
      if (calls.size >= maxCalls)
        return { outcome: 'refused', reason: `${calls.size} calls are under way already`, isFinal: false, retryAfterMs: 30_000 }
      if (!(await isReady())) return { outcome: 'refused', reason: trouble ?? 'no call can be made from here', isFinal: false }
      return new Promise(done => void invite(message, to.value, done))
    },
    trouble: () => trouble,
    async close() {
      isClosed = true
      await bound?.catch(() => undefined)
      stopRegister?.()
      for (const call of [...calls.values()]) {
        if (call.remote) hangUp(call)
        else {
          call.done({ outcome: 'refused', reason: 'the product ends', isFinal: false })
          call.cancel?.()
          hungUp(call, '')
        }
      }
      asker.close()
      await Promise.all(leaving)
      await new Promise<void>(done => socket.close(() => done()))
    },
  }
}

/** The address by which this machine reaches another; no packet is sent. */
function localAddress(host: string, port: number): Promise<string> {
  return new Promise((done, fail) => {
    const probe = createSocket('udp4')
    probe.once('error', fail)
    probe.connect(port, host, () => {
      done(probe.address().address)
      probe.close()
    })
  })
}

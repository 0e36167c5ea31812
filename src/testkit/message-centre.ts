// An operator's SMPP message centre, as a peer for tests, the bench and Kannel: counts, throttles, forgets, is late, writes numbers in hex or decimal, repeats receipts, sends texts from phones.
import type { AddressInfo, Server, Socket } from 'node:net'
import smpp, { type Pdu, type Session } from 'smpp'

export interface CentreText {
  /** Number it was given, as a number. */
  readonly id: number
  readonly from: string
  readonly to: string
  readonly dataCoding: number
  readonly esmClass: number
  /** Header of a part: [reference, total, n]. */
  readonly part?: readonly [number, number, number]
  /** Of this part, as the library reads it. */
  readonly text: string | Buffer
  readonly userReference?: number
}

export interface MessageCentre {
  readonly port: number
  /** Parts, in the order they came; also those refused or forgotten are counted in `asked`. */
  readonly got: readonly CentreText[]
  readonly asked: () => number
  readonly binds: () => number
  readonly enquiries: () => number
  /** What happens to the next submits; change it as you like. `forget`: taken and never answered. `hold`: answered at `release`. */
  answer: 'take' | 'forget' | 'hold' | { readonly status: number }
  bindStatus: number
  answersEnquiry: boolean
  /** Above this many in the running second: ESME_RTHROTTLED. */
  limitPerSecond: number
  answerIds: 'decimal' | 'hex'
  receiptIds: 'decimal' | 'hex' | 'tlv' | 'padded'
  /** Receipts by themselves: none, at once after the answer, or before it. */
  receipts: 'none' | 'after' | 'before'
  receiptState: string
  receiptCopies: number
  giveBackReference: boolean
  /** Longer texts put together again from their parts. */
  texts(): readonly { readonly to: string; readonly text: string }[]
  release(): void
  receipt(one: CentreText, state?: string): void
  rawReceipt(fields: Readonly<Record<string, unknown>>): void
  reply(from: string, text: string, to?: string): void
  /** Bytes of no meaning on every line. */
  garbage(bytes: Buffer): void
  /** As when the cable is pulled. */
  cut(): void
  /** Ends sessions in order. */
  unbind(): void
  /** Asks the other side and resolves with its answer: whatever it had sent before has come. */
  roundTrip(): Promise<void>
  /** Resolves when this is so; looked at after each packet. */
  until(holds: () => boolean): Promise<void>
  close(): Promise<void>
}

const THROTTLED = 0x58
const written = (id: number, how: MessageCentre['answerIds'] | MessageCentre['receiptIds']): string =>
  how === 'hex' ? id.toString(16) : how === 'padded' ? String(id).padStart(10, '0') : String(id)

export async function createMessageCentre(options: { port?: number; firstId?: number } = {}): Promise<MessageCentre> {
  const got: CentreText[] = []
  const sessions = new Set<Session>()
  const sockets = new Set<Socket>()
  const held: (() => void)[] = []
  const waiting: { holds: () => boolean; done: () => void }[] = []
  const count = { asked: 0, binds: 0, enquiries: 0 }
  let nextId = options.firstId ?? 1_000_000
  let second = 0
  let inSecond = 0
  const look = (): void => {
    for (const one of waiting.splice(0)) one.holds() ? one.done() : waiting.push(one)
  }
  const send = (fields: Readonly<Record<string, unknown>>): void => {
    const [session] = [...sessions].slice(-1)
    session?.deliver_sm({ dest_addr_ton: 0, source_addr_ton: 0, data_coding: 0, ...fields }, () => look())
  }
  const textOf = (pdu: Pdu): CentreText => {
    const body = pdu.short_message && !Buffer.isBuffer(pdu.short_message) ? pdu.short_message : undefined
    const header = body?.udh?.[0]
    return {
      id: nextId++,
      from: pdu.source_addr ?? '',
      to: pdu.destination_addr ?? '',
      dataCoding: pdu.data_coding ?? 0,
      esmClass: pdu.esm_class ?? 0,
      text: body?.message ?? '',
      ...(header && header.length >= 5 ? { part: [header[2] ?? 0, header[3] ?? 0, header[4] ?? 0] as const } : {}),
      ...(pdu.user_message_reference === undefined ? {} : { userReference: pdu.user_message_reference }),
    }
  }
  const submitted = (session: Session, pdu: Pdu): void => {
    count.asked++
    const now = Math.floor(performance.now() / 1000)
    inSecond = now === second ? inSecond + 1 : 1
    second = now
    if (inSecond > centre.limitPerSecond) session.send(pdu.response({ command_status: THROTTLED }))
    else if (typeof centre.answer === 'object') session.send(pdu.response({ command_status: centre.answer.status }))
    else {
      const one = textOf(pdu)
      got.push(one)
      const receipts = (pdu.registered_delivery ?? 0) & 1 ? centre.receipts : 'none'
      const answer = (): void => {
        if (receipts === 'before') centre.receipt(one)
        session.send(pdu.response({ message_id: written(one.id, centre.answerIds) }))
        if (receipts === 'after') centre.receipt(one)
      }
      if (centre.answer === 'hold') held.push(answer)
      else if (centre.answer === 'take') answer()
    }
  }
  const server: Server = smpp.createServer({}, session => {
    sockets.add(session.socket)
    session.on('error', () => session.destroy())
    session.on('close', () => {
      sessions.delete(session)
      sockets.delete(session.socket)
      look()
    })
    session.on('pdu', (pdu: Pdu) => {
      if (pdu.isResponse()) return
      if (pdu.command.startsWith('bind_')) {
        count.binds++
        session.send(pdu.response(centre.bindStatus === 0 ? { system_id: 'centre' } : { command_status: centre.bindStatus }))
        if (centre.bindStatus === 0 && pdu.command !== 'bind_transmitter') sessions.add(session)
      } else if (pdu.command === 'submit_sm') submitted(session, pdu)
      else if (pdu.command === 'enquire_link') {
        count.enquiries++
        if (centre.answersEnquiry) session.send(pdu.response())
      } else if (pdu.command === 'unbind') {
        session.send(pdu.response())
        session.close()
      } else session.send(pdu.response())
      look()
    })
  })
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(options.port ?? 0, '127.0.0.1', done)
  })
  const address = server.address() as AddressInfo
  const centre: MessageCentre = {
    port: address.port,
    got,
    asked: () => count.asked,
    binds: () => count.binds,
    enquiries: () => count.enquiries,
    answer: 'take',
    bindStatus: 0,
    answersEnquiry: true,
    limitPerSecond: Number.POSITIVE_INFINITY,
    answerIds: 'decimal',
    receiptIds: 'decimal',
    receipts: 'none',
    receiptState: 'DELIVRD',
    receiptCopies: 1,
    giveBackReference: false,
    texts() {
      const whole = new Map<string, { to: string; pieces: string[] }>()
      for (const { id, to, part, text } of got) {
        const key = part ? `${to}/${part[0]}/${part[1]}` : `#${id}`
        const one = whole.get(key) ?? { to, pieces: [] }
        one.pieces[(part?.[2] ?? 1) - 1] = String(text)
        whole.set(key, one)
      }
      return [...whole.values()].map(({ to, pieces }) => ({ to, text: pieces.join('') }))
    },
    release() {
      for (const one of held.splice(0)) one()
    },
    receipt(one, state = centre.receiptState) {
      const id = written(one.id, centre.receiptIds)
      const stamp = '2611240000'
      const text = `id:${centre.receiptIds === 'tlv' ? '0' : id} sub:001 dlvrd:001 submit date:${stamp} done date:${stamp} stat:${state} err:${state === 'DELIVRD' ? '000' : '027'} text:`
      for (let copy = 0; copy < centre.receiptCopies; copy++)
        send({
          source_addr: one.to,
          destination_addr: one.from,
          esm_class: 4,
          short_message: Buffer.from(text, 'latin1'),
          ...(centre.receiptIds === 'tlv'
            ? { receipted_message_id: written(one.id, centre.answerIds), message_state: state === 'DELIVRD' ? 2 : 5 }
            : {}),
          ...(centre.giveBackReference && one.userReference !== undefined ? { user_message_reference: one.userReference } : {}),
        })
    },
    rawReceipt: send,
    reply: (from, text, to = '1588') =>
      send({ source_addr: from, destination_addr: to, data_coding: 8, short_message: Buffer.from(text, 'utf16le').swap16() }),
    garbage(bytes) {
      for (const socket of sockets) socket.write(bytes)
    },
    cut() {
      for (const socket of sockets) socket.destroy()
    },
    unbind() {
      for (const session of sessions) session.unbind({}, () => session.close())
    },
    roundTrip: () => new Promise(done => [...sessions].at(-1)?.enquire_link({}, () => done())),
    until: holds => (holds() ? Promise.resolve() : new Promise(done => waiting.push({ holds, done }))),
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>(done => server.close(() => done()))
    },
  }
  return centre
}

// One bound line to an operator's message centre: connect, bind_transceiver, enquire_link, and again with longer pauses when it falls. SMPP 3.4 §2.3, §4.1.5, §4.11, §7.2.
import smpp, { type Pdu, type Session } from 'smpp'
import type { Clock } from '#base/index.ts'

export interface SmppLineSettings {
  readonly host: string
  readonly port: number
  readonly tls?: boolean
  /** Certificate of an authority of one's own, PEM. */
  readonly ca?: string
  readonly systemId: string
  readonly password: string
  readonly systemType?: string
  readonly enquireMs?: number
  /** An answer that has not come after this is not waited for. */
  readonly answerMs?: number
}
export interface SmppLineOptions extends SmppLineSettings {
  readonly clock: Clock
  onUp(): void
  /** Whatever was handed over and not answered stays unanswered. */
  onDown(why: string): void
  /** A deliver_sm or data_sm; it is acknowledged after this returns. */
  onDelivery(pdu: Pdu): void
}
export interface SmppLine {
  isUp(): boolean
  /** Why it is down; undefined when it works. */
  trouble(): string | undefined
  /** False: not handed over. The answer may come late, or never. */
  submit(fields: Readonly<Record<string, unknown>>, onAnswer: (status: number, messageId: string | undefined) => void): boolean
  close(): Promise<void>
}

export const DEFAULT_ANSWER_MS = 10_000
const DEFAULT_ENQUIRE_MS = 30_000
const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 60_000
/** SMPP 3.4 §5.1.3, those of a bind and what to do. */
const BIND_REFUSALS: Readonly<Record<number, string>> = {
  5: 'already bound elsewhere: close the other line or ask the operator for more',
  13: 'the operator refuses the bind: ask whether this machine’s address is admitted',
  14: 'wrong password',
  15: 'unknown systemId',
}

export function createSmppLine(options: SmppLineOptions): SmppLine {
  const { clock, answerMs = DEFAULT_ANSWER_MS, enquireMs = DEFAULT_ENQUIRE_MS } = options
  let session: Session | undefined
  let isBound = false
  let isClosing = false
  let pauseMs = FIRST_PAUSE_MS
  let trouble: string | undefined = 'not yet connected'
  let cancel: (() => void)[] = []
  const where = `${options.host}:${options.port}`

  const stopTimers = (): void => {
    for (const one of cancel.splice(0)) one()
  }
  const fall = (of: Session, why: string): void => {
    if (session !== of) return
    session = undefined
    stopTimers()
    of.destroy()
    const wasBound = isBound
    isBound = false
    if (!isClosing) {
      trouble = why
      const waitMs = pauseMs
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
      cancel = [clock.after(waitMs, connect)]
    }
    if (wasBound || !isClosing) options.onDown(why)
  }
  const within = (of: Session, what: string, ask: (answered: (answer: Pdu) => void) => void): void => {
    const stop = clock.after(answerMs, () => fall(of, `${where} did not answer ${what} within ${answerMs / 1000} s`))
    cancel.push(stop)
    ask(() => {
      stop()
      cancel = cancel.filter(one => one !== stop)
    })
  }
  const enquire = (of: Session): void => {
    if (session === of) within(of, 'enquire_link', answered => of.enquire_link({}, answered))
  }
  const bound = (of: Session, answer: Pdu): void => {
    if (session !== of) return
    if (answer.command_status !== 0) {
      const why = BIND_REFUSALS[answer.command_status] ?? `status 0x${answer.command_status.toString(16)}`
      return fall(of, `${where} refuses the bind as "${options.systemId}": ${why}`)
    }
    isBound = true
    pauseMs = FIRST_PAUSE_MS
    trouble = undefined
    cancel.push(clock.every(enquireMs, () => enquire(of)))
    options.onUp()
  }
  const bind = (of: Session): void =>
    within(of, 'the bind', answered =>
      of.bind_transceiver(
        { system_id: options.systemId, password: options.password, system_type: options.systemType ?? '', interface_version: 0x34 },
        answer => {
          answered(answer)
          bound(of, answer)
        },
      ),
    )
  const received = (of: Session, pdu: Pdu): void => {
    if (pdu.isResponse()) return
    if (pdu.command === 'deliver_sm' || pdu.command === 'data_sm') options.onDelivery(pdu)
    of.send(pdu.response())
    if (pdu.command === 'unbind') fall(of, `${where} has ended the session`)
  }
  const connect = (): void => {
    stopTimers()
    const one = smpp.connect({
      host: options.host,
      port: options.port,
      ...(options.tls ? { tls: true, servername: options.host, ...(options.ca ? { ca: options.ca } : {}) } : {}),
    })
    session = one
    cancel.push(clock.after(answerMs, () => !isBound && fall(one, `${where} does not answer`)))
    one.on('error', (error: Error) => fall(one, `${where}: ${error.message}`))
    one.on('close', () => fall(one, `${where} has closed the line`))
    one.on(options.tls ? 'secureConnect' : 'connect', () => bind(one))
    one.on('pdu', (pdu: Pdu) => received(one, pdu))
  }
  connect()
  return {
    isUp: () => isBound,
    trouble: () => trouble,
    submit(fields, onAnswer) {
      if (!session || !isBound) return false
      return session.submit_sm(fields, answer => onAnswer(answer.command_status, answer.message_id))
    },
    async close() {
      isClosing = true
      const one = session
      stopTimers()
      if (!one) return
      // Said, and not waited for: who closes does not depend on the other side.
      if (isBound) one.unbind({}, () => undefined)
      const isClosed = one.socket.closed ? Promise.resolve() : new Promise<void>(done => one.socket.once('close', () => done()))
      one.socket.destroySoon()
      await isClosed
      fall(one, 'closed by us')
      stopTimers()
    },
  }
}

// Text messages by SMPP 3.4, straight to an operator. A message is one or more parts; each is handed over within a window and a rate, held back when the operator throttles, and its receipt is
// found again whatever number it carries. A part handed over and not answered is in doubt: it is never sent again from here; a receipt that comes later ends the doubt.
import type { Pdu } from 'smpp'
import type { Result } from '#base/index.ts'
import type { Channel, ChannelMessage, ChannelOptions, Preview, SendOutcome } from './channel.ts'
import { isSameNumber, type NumberForm, phoneNumber } from './numbers.ts'
import { createPace } from './pace.ts'
import { deliveryOf } from './smpp-delivery.ts'
import { createSmppLine, DEFAULT_ANSWER_MS, type SmppLineSettings } from './smpp-line.ts'
import { createIdBook, type Receipt, receiptOf } from './smpp-receipts.ts'
import { isFinalStatus, isThrottle, statusSentence } from './smpp-status.ts'
import { partHeader, type SmsEncoding, smsParts } from './sms-text.ts'

export interface SmsSmppSettings extends SmppLineSettings {
  readonly name: string
  /** The registered number texts come from. */
  readonly sender: string
  readonly senderTon?: number
  readonly senderNpi?: number
  readonly numberForm?: NumberForm
  readonly encoding?: SmsEncoding
  /** Of EUC-KR; GSM-7 is 0 and UCS-2 is 8. Default 14, KS C 5601 (SMPP 3.4 §5.2.19). */
  readonly dataCoding?: number
  /** What one message holds, EUC-KR only; default 140 bytes. */
  readonly partBytes?: number
  readonly serviceType?: string
  readonly perSecond?: number
  readonly window?: number
  readonly maxParts?: number
  /** Not delivered by then: not at all. 0: as the operator does. */
  readonly validityMinutes?: number
  readonly wonPerPart?: number
}

export interface SmsSmppFigures {
  /** Parts the operator has taken. */
  taken: number
  throttled: number
  doubts: number
  receipts: number
  duplicateReceipts: number
  unknownReceipts: number
}
export interface SmsSmpp extends Channel {
  figures(): Readonly<SmsSmppFigures>
}

type PartState = 'queued' | 'sent' | 'taken' | 'refused' | 'doubt'
interface Part {
  readonly job: Job
  readonly n: number
  readonly fields: Readonly<Record<string, unknown>>
  readonly number: string
  readonly reference: number
  state: PartState
  providerId?: string
  reason?: string
  isFinal?: boolean
  receipt?: 'delivered' | 'failed'
  stop?: () => void
}
interface Job {
  readonly id: string
  readonly number: string
  readonly parts: Part[]
  done?: (outcome: SendOutcome) => void
  isTold: boolean
  hasBeenInDoubt: boolean
}

const REMEMBERED = 200_000
const MAX_WAITING = 20_000
const MAX_HELD = 10_000
const DEFAULT_MAX_PARTS = 10
const NOT_YET = 'not yet connected'

export function createSmsSmpp(settings: SmsSmppSettings, { clock, onNews }: ChannelOptions): SmsSmpp {
  const { answerMs = DEFAULT_ANSWER_MS, window = 10, maxParts = DEFAULT_MAX_PARTS, numberForm = 'national' } = settings
  const figures: SmsSmppFigures = { taken: 0, throttled: 0, doubts: 0, receipts: 0, duplicateReceipts: 0, unknownReceipts: 0 }
  const book = createIdBook<Part>(REMEMBERED)
  const queue: Part[] = []
  const under = new Set<Part>()
  const doubts = new Set<Part>()
  const references = new Map<number, Part>()
  /** Receipts that came before anything they could belong to. */
  let held: { readonly receipt: Receipt; readonly untilMs: number }[] = []
  let reference = 0
  let textReference = 0
  let lastTrouble: string | undefined = NOT_YET
  const pace = createPace(clock, settings.perSecond ?? 20, () => pump())

  const tellTrouble = (): void => {
    const now = line.trouble()
    if (now === lastTrouble) return
    lastTrouble = now
    onNews({ news: 'trouble', ...(now === undefined ? {} : { trouble: now }), atMs: clock.now() })
  }
  const line = createSmppLine({
    ...settings,
    clock,
    onUp() {
      tellTrouble()
      pump()
    },
    onDown(why) {
      tellTrouble()
      for (const part of queue.splice(0)) turn(part, 'refused', why, false)
      for (const part of [...under]) doubt(part, `handed over, then ${why}`)
    },
    onDelivery: pdu => delivered(pdu),
  })

  function pump(): void {
    while (queue.length > 0 && under.size < window && line.isUp() && pace.take()) {
      const part = queue.shift()
      if (part) handOver(part)
    }
  }
  function handOver(part: Part): void {
    part.state = 'sent'
    under.add(part)
    part.stop = clock.after(answerMs, () => doubt(part, `handed over, no answer within ${answerMs / 1000} s`))
    if (!line.submit(part.fields, (status, id) => answered(part, status, id))) {
      release(part)
      turn(part, 'refused', 'the line is down', false)
    }
  }
  function release(part: Part): void {
    part.stop?.()
    under.delete(part)
  }
  function answered(part: Part, status: number, id: string | undefined): void {
    const isLate = part.state === 'doubt'
    if (part.state !== 'sent' && !isLate) return
    release(part)
    if (status === 0) {
      pace.went()
      figures.taken++
      if (id) {
        part.providerId = id
        book.keep(id, part)
      }
      doubts.delete(part)
      part.state = 'taken'
      if (isLate && !part.job.isTold && part.job.parts.every(one => one.state === 'taken'))
        onNews({ news: 'receipt', id: part.job.id, ...ids(part.job), state: 'accepted', atMs: clock.now() })
      settle(part.job)
      lookAtHeld()
    } else if (isLate) {
      doubts.delete(part)
      part.state = 'refused'
      tell(part.job, 'failed', statusSentence(status))
    } else if (isThrottle(status)) {
      figures.throttled++
      part.state = 'queued'
      queue.unshift(part)
      const isTooLong = pace.hold()
      if (isTooLong) for (const one of queue.splice(0)) turn(one, 'refused', statusSentence(status), false)
    } else turn(part, 'refused', statusSentence(status), isFinalStatus(status))
    pump()
  }
  function doubt(part: Part, why: string): void {
    release(part)
    figures.doubts++
    doubts.add(part)
    part.job.hasBeenInDoubt = true
    turn(part, 'doubt', why, false)
    lookAtHeld()
    pump()
  }
  function turn(part: Part, state: PartState, reason: string, isFinal: boolean): void {
    part.state = state
    part.reason = reason
    part.isFinal = isFinal
    // The others of this text are of no use alone.
    if (state === 'refused')
      for (const other of part.job.parts)
        if (other.state === 'queued') {
          const at = queue.indexOf(other)
          if (at >= 0) queue.splice(at, 1)
          other.state = 'refused'
          other.reason = reason
          other.isFinal = isFinal
        }
    settle(part.job)
  }
  function settle(job: Job): void {
    if (!job.done || job.parts.some(part => part.state === 'queued' || part.state === 'sent')) return
    const { done } = job
    delete job.done
    done(outcomeOf(job))
  }
  function outcomeOf(job: Job): SendOutcome {
    const { parts } = job
    const bad = parts.find(part => part.state !== 'taken')
    if (!bad) return { outcome: 'accepted', ...ids(job), parts: parts.length, ...cost(parts.length) }
    if (parts.every(part => part.state === 'refused'))
      return { outcome: 'refused', reason: bad.reason ?? 'refused', isFinal: parts.some(part => part.isFinal) }
    const taken = parts.filter(part => part.state === 'taken').length
    job.hasBeenInDoubt = true
    return {
      outcome: 'in-doubt',
      reason: parts.length > 1 ? `${taken} of ${parts.length} parts taken; ${bad.reason}` : (bad.reason ?? 'no answer'),
    }
  }
  const ids = (job: Job): { providerId?: string } => {
    const id = job.parts[0]?.providerId
    return id === undefined ? {} : { providerId: id }
  }
  const cost = (parts: number): { costWon?: number } => (settings.wonPerPart === undefined ? {} : { costWon: parts * settings.wonPerPart })

  function delivered(pdu: Pdu): void {
    const delivery = deliveryOf(pdu, settings.encoding === 'euc-kr' ? 'euc-kr' : 'gsm-7')
    const receipt = receiptOf(delivery)
    if (!receipt) return onNews({ news: 'reply', from: delivery.from, text: delivery.text, atMs: clock.now() })
    if (receipt.state === undefined) return
    figures.receipts++
    const part = partOf(receipt)
    if (part) return arrived(part, receipt)
    if ((under.size > 0 || queue.length > 0) && held.length < MAX_HELD) {
      held.push({ receipt, untilMs: clock.now() + answerMs })
      clock.after(answerMs, lookAtHeld)
    } else unknown(receipt)
  }
  function partOf(receipt: Receipt): Part | undefined {
    const found = book.find(receipt)
    if (found) return found
    const own = receipt.reference === undefined ? undefined : references.get(receipt.reference)
    if (own && isSameNumber(own.number, receipt.number)) return own
    // Without a number we know: the one that is in doubt to that phone, if nothing else on its way there could be meant.
    if ([...under].some(part => isSameNumber(part.number, receipt.number))) return undefined
    const open = [...doubts].filter(part => part.receipt === undefined && isSameNumber(part.number, receipt.number))
    return open.length > 0 && open.every(part => part.job === open[0]?.job) ? open[0] : undefined
  }
  function lookAtHeld(): void {
    if (held.length === 0) return
    const waiting = held
    held = []
    for (const one of waiting) {
      const part = partOf(one.receipt)
      if (part) arrived(part, one.receipt)
      else if (clock.now() < one.untilMs) held.push(one)
      else unknown(one.receipt)
    }
  }
  function arrived(part: Part, receipt: Receipt): void {
    if (part.receipt !== undefined) {
      figures.duplicateReceipts++
      return
    }
    if (receipt.state === undefined) return
    part.receipt = receipt.state
    if (receipt.id !== undefined) part.providerId ??= receipt.id
    doubts.delete(part)
    if (part.state === 'doubt') part.state = 'taken'
    if (receipt.state === 'failed') tell(part.job, 'failed', receipt.reason)
    else if (part.job.parts.every(one => one.receipt === 'delivered')) tell(part.job, 'delivered')
  }
  function tell(job: Job, state: 'delivered' | 'failed', reason?: string): void {
    if (job.isTold) return
    job.isTold = true
    // After whoever waits for the outcome has heard it.
    setImmediate(() => onNews({ news: 'receipt', id: job.id, ...ids(job), state, atMs: clock.now(), ...(reason ? { reason } : {}) }))
  }
  function unknown({ id, state, reason }: Receipt): void {
    figures.unknownReceipts++
    if (id === undefined || state === undefined) return
    onNews({ news: 'receipt', providerId: id, state, atMs: clock.now(), ...(reason ? { reason } : {}) })
  }

  const addressOf = (text: string): Result<string, string> => phoneNumber(text, numberForm, 'mobile')
  const textOf = (message: ChannelMessage) => smsParts(message.text, settings.encoding, settings.partBytes)
  function jobOf(message: ChannelMessage, number: string, done: (outcome: SendOutcome) => void): Job {
    const { encoding, parts } = textOf(message)
    const job: Job = { id: message.id, number, parts: [], done, isTold: false, hasBeenInDoubt: false }
    textReference = (textReference + 1) & 0xff
    for (const [n, bytes] of parts.entries()) {
      reference = (reference % 0xffff) + 1
      const part: Part = {
        job,
        n,
        number,
        reference,
        state: 'queued',
        fields: fieldsOf(bytes, n, parts.length, encoding, number, reference),
      }
      references.set(reference, part)
      job.parts.push(part)
    }
    return job
  }
  const fieldsOf = (
    bytes: Buffer,
    n: number,
    total: number,
    encoding: 'gsm-7' | 'ucs-2' | 'euc-kr',
    number: string,
    userReference: number,
  ): Readonly<Record<string, unknown>> => ({
    service_type: settings.serviceType ?? '',
    source_addr_ton: settings.senderTon ?? 0,
    source_addr_npi: settings.senderNpi ?? 1,
    source_addr: settings.sender,
    dest_addr_ton: numberForm === 'international' ? 1 : 2,
    dest_addr_npi: 1,
    destination_addr: number,
    esm_class: total > 1 ? 0x40 : 0,
    validity_period: validity(settings.validityMinutes ?? 0),
    registered_delivery: 1,
    data_coding: encoding === 'gsm-7' ? 0 : encoding === 'ucs-2' ? 8 : (settings.dataCoding ?? 14),
    short_message: total > 1 ? Buffer.concat([partHeader(textReference, total, n + 1), bytes]) : bytes,
    user_message_reference: userReference,
  })

  return {
    name: settings.name,
    kind: 'sms-smpp',
    takesIdempotencyKey: false,
    addressOf,
    preview(message): Preview {
      const { text, parts, length, encoding } = textOf(message)
      return { text, parts: parts.length, length, encoding, ...cost(parts.length) }
    },
    async send(message) {
      const to = addressOf(message.to)
      if (!to.ok) return { outcome: 'refused', reason: to.reason, isFinal: true }
      const count = textOf(message).parts.length
      if (count > maxParts)
        return {
          outcome: 'refused',
          reason: `the text takes ${count} messages, ${maxParts} are allowed: shorten it, or raise maxParts`,
          isFinal: true,
        }
      if (!line.isUp()) return { outcome: 'refused', reason: line.trouble() ?? 'the line is down', isFinal: false }
      if (queue.length + count > MAX_WAITING)
        return { outcome: 'refused', reason: `${queue.length} messages wait already`, isFinal: false, retryAfterMs: 10_000 }
      return new Promise(done => {
        queue.push(...jobOf(message, to.value, done).parts)
        pump()
      })
    },
    trouble: () => line.trouble(),
    figures: () => ({ ...figures }),
    async close() {
      pace.close()
      for (const part of queue.splice(0)) turn(part, 'refused', 'the product ends', false)
      await line.close()
      for (const part of [...under]) doubt(part, 'handed over, then the product ended')
    },
  }
}

/** A span, SMPP 3.4 §7.1.1.2. */
function validity(minutes: number): string {
  if (minutes <= 0) return ''
  const two = (value: number): string => String(value).padStart(2, '0')
  return `0000${two(Math.min(99, Math.floor(minutes / 1440)))}${two(Math.floor((minutes % 1440) / 60))}${two(minutes % 60)}00000R`
}

// Receipts of SMPP: read, and matched with what was sent. Operators write the number of a message in hex where they take it and in decimal in the receipt (or the other way round), or as the
// optional field receipted_message_id (SMPP 3.4 §5.3.2.12); the text of a receipt is only an example in the standard (appendix B), and everyone follows it nearly.
import { isSameNumber } from './numbers.ts'

export interface Receipt {
  /** As the operator wrote it. */
  readonly id?: string
  /** Out of the optional field: that one is written as it was given. */
  readonly isExactId: boolean
  /** Undefined: still under way. */
  readonly state?: 'delivered' | 'failed'
  readonly reason?: string
  /** Our own number of the part, where the operator gives it back (user_message_reference). */
  readonly reference?: number
  /** The phone. */
  readonly number: string
}

/** Appendix B, with the longer forms some write. */
const WORDS: Readonly<Record<string, 'delivered' | 'failed'>> = {
  DELIVRD: 'delivered',
  DELIVERED: 'delivered',
  EXPIRED: 'failed',
  DELETED: 'failed',
  UNDELIV: 'failed',
  UNDELIVERABLE: 'failed',
  REJECTD: 'failed',
  REJECTED: 'failed',
}
/** §5.2.28. */
const STATES: Readonly<Record<number, readonly ['delivered' | 'failed', string]>> = {
  2: ['delivered', 'DELIVRD'],
  3: ['failed', 'EXPIRED'],
  4: ['failed', 'DELETED'],
  5: ['failed', 'UNDELIV'],
  8: ['failed', 'REJECTD'],
}
const RECEIPT_BITS = 0x3c
const IS_RECEIPT = [0x04, 0x20]
const MAX_ID = 65

/** The fields of a deliver_sm. */
export interface Delivery {
  readonly esmClass: number
  readonly from: string
  readonly text: string
  readonly receiptedId?: string
  readonly messageState?: number
  readonly reference?: number
}

/** The receipt a delivery is, or undefined: then it is a text from a phone. */
export function receiptOf(delivery: Delivery): Receipt | undefined {
  const id = /(?:^|\s)id:\s*([^\s]{1,65})/i.exec(delivery.text)?.[1]
  const word = /(?:^|\s)stat(?:us)?:\s*([A-Za-z]+)/i.exec(delivery.text)?.[1]?.toUpperCase()
  const isMarked = IS_RECEIPT.includes(delivery.esmClass & RECEIPT_BITS)
  if (!isMarked && !(id !== undefined && word !== undefined)) return undefined
  const error = /(?:^|\s)err:\s*(\w{1,8})/i.exec(delivery.text)?.[1]
  const known = delivery.messageState === undefined ? undefined : STATES[delivery.messageState]
  const state = word !== undefined && word in WORDS ? WORDS[word] : known?.[0]
  const exact = delivery.receiptedId?.slice(0, MAX_ID)
  return {
    ...(exact ? { id: exact } : id === undefined ? {} : { id }),
    isExactId: Boolean(exact),
    ...(state === undefined ? {} : { state }),
    ...(state === 'failed'
      ? { reason: [word ?? known?.[1], error && !/^0+$/.test(error) ? `err ${error}` : ''].filter(Boolean).join(' ') }
      : {}),
    ...(delivery.reference === undefined ? {} : { reference: delivery.reference }),
    number: delivery.from,
  }
}

/** One number, written as it stands, as if decimal were hex, and the other way round. */
export function writingsOf(id: string): readonly string[] {
  const plain = normal(id)
  const others: string[] = []
  if (/^\d{1,20}$/.test(plain)) others.push(BigInt(plain).toString(16))
  if (/^[0-9a-f]{1,16}$/.test(plain)) others.push(BigInt(`0x${plain}`).toString())
  return [plain, ...others.filter(one => one !== plain)]
}

const normal = (id: string): string =>
  id
    .trim()
    .toLowerCase()
    .replace(/^0+(?=.)/, '')

/** What was given a number by the operator, found again by any writing of it. The oldest is forgotten beyond `capacity`. */
export function createIdBook<Sent extends { readonly number: string }>(capacity: number) {
  const sent = new Map<string, Sent>()
  /** Which of the writings this operator uses, seen where only one could be meant. */
  const seen = { same: 0, toHex: 0, toDecimal: 0 }
  const formOf = (id: string, key: string): keyof typeof seen =>
    key === normal(id) ? 'same' : /^\d+$/.test(normal(id)) && BigInt(normal(id)).toString(16) === key ? 'toHex' : 'toDecimal'
  return {
    keep(id: string, one: Sent): void {
      const key = normal(id)
      sent.delete(key)
      sent.set(key, one)
      for (const oldest of sent.keys()) {
        if (sent.size <= capacity) break
        sent.delete(oldest)
      }
    },
    find(receipt: Receipt): Sent | undefined {
      if (receipt.id === undefined) return undefined
      if (receipt.isExactId) {
        const exact = sent.get(normal(receipt.id))
        if (exact) return exact
      }
      const id = receipt.id
      const hits = writingsOf(id).flatMap(key => {
        const one = sent.get(key)
        return one && (receipt.number === '' || isSameNumber(one.number, receipt.number)) ? [{ one, form: formOf(id, key) }] : []
      })
      if (hits.length === 1 && hits[0] && writingsOf(id).length > 1) seen[hits[0].form]++
      const [best] = [...hits].sort((a, b) => seen[b.form] - seen[a.form])
      return best?.one
    },
  }
}

/** The same number of an operator, written in decimal and in hex. */
export const isSameProviderId = (a: string, b: string): boolean => writingsOf(a).includes(normal(b))

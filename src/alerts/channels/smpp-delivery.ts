// A deliver_sm as plain fields. The library reads data_coding 0 and 1 as GSM 03.38 letters, while receipts are ASCII: those are taken back through the same table.
import type { Pdu } from 'smpp'
import type { Delivery } from './smpp-receipts.ts'
import { gsm7Bytes, smsTextOf } from './sms-text.ts'

const MAX_TEXT = 2000
const RECEIPT_BITS = 0x3c

/** `own`: how bytes in an encoding of the operator's own are read. Never throws; what cannot be read is empty. */
export function deliveryOf(pdu: Pdu, own: 'gsm-7' | 'euc-kr'): Delivery {
  const body = [pdu.short_message, pdu.message_payload].map(bodyOf).find(one => one !== undefined && one.length > 0) ?? ''
  const esmClass = pdu.esm_class ?? 0
  const isGsm = [0, 1].includes(pdu.data_coding ?? 0)
  const letters = typeof body === 'string' ? body : smsTextOf(body, own)
  const looksLikeReceipt = (esmClass & RECEIPT_BITS) !== 0 || /\bid:\S+ .*stat:/i.test(letters)
  const text = typeof body === 'string' && isGsm && looksLikeReceipt ? gsm7Bytes(body).toString('latin1') : letters
  return {
    esmClass,
    from: String(pdu.source_addr ?? '').slice(0, 40),
    text: text.slice(0, MAX_TEXT),
    ...(pdu.receipted_message_id ? { receiptedId: pdu.receipted_message_id } : {}),
    ...(pdu.message_state === undefined ? {} : { messageState: pdu.message_state }),
    ...(pdu.user_message_reference === undefined ? {} : { reference: pdu.user_message_reference }),
  }
}

function bodyOf(field: Pdu['short_message'] | Pdu['message_payload']): string | Buffer | undefined {
  if (!field) return undefined
  return Buffer.isBuffer(field) ? field : field.message
}

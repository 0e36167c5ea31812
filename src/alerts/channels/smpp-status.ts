// What an operator's refusal means (SMPP 3.4 §5.1.3).
const THROTTLED = [0x58, 0x14]
const WORDS: Readonly<Record<number, string>> = {
  1: 'the text is too long (ESME_RINVMSGLEN)',
  8: 'the operator has a fault (ESME_RSYSERR)',
  10: 'the sender number is not admitted (ESME_RINVSRCADR): set `sender` to the registered one',
  11: 'no such number (ESME_RINVDSTADR)',
  20: 'the operator’s queue is full (ESME_RMSGQFUL)',
  21: 'unknown serviceType (ESME_RINVSERTYP)',
  67: 'parts are not admitted (ESME_RINVESMCLASS)',
  69: 'the operator could not take it (ESME_RSUBMITFAIL)',
  72: 'senderTon is not admitted (ESME_RINVSRCTON)',
  73: 'senderNpi is not admitted (ESME_RINVSRCNPI)',
  80: 'the kind of number is not admitted (ESME_RINVDSTTON): see `numberForm`',
  88: 'too many at once (ESME_RTHROTTLED): lower `perSecond`',
}
const FINAL = [0x01, 0x0a, 0x0b, 0x15, 0x43, 0x48, 0x49, 0x50, 0x51, 0x62]

export const isThrottle = (status: number): boolean => THROTTLED.includes(status)
/** The same again would be refused again. */
export const isFinalStatus = (status: number): boolean => FINAL.includes(status)
export const statusSentence = (status: number): string =>
  WORDS[status] ?? `the operator refuses it, status 0x${status.toString(16).padStart(8, '0')}`

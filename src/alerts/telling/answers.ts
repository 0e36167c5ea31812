// What an answer says and which alarm it means. Pure but for the hash: the texts people send, their numbers as they are written, the tokens of links.
import { createHash, createHmac } from 'node:crypto'

/** Digits as dialled in Korea: +82 10-0000-0000, 8210… and 010… are one number. */
export function numberKey(text: string): string {
  const digits = text.normalize('NFKC').replace(/[^0-9]/g, '')
  const isAbroad = /^\s*(\+|00)/.test(text)
  if (digits.startsWith('0082')) return `0${digits.slice(4).replace(/^0/, '')}`
  if (digits.startsWith('82') && (isAbroad || digits.length >= 11)) return `0${digits.slice(2).replace(/^0/, '')}`
  return digits
}

/** '1', '1 47', '147', '확인 47': yes, with or without its two digits; undefined: something else. */
export function readAnswer(text: string): { readonly code?: string } | undefined {
  const words = text.normalize('NFKC').trim()
  const match = /^["'‘’“”]*(?:1|확인|ok|yes)["'‘’“”]*(?:[\s.,:#-]*(\d{2}))?["'‘’“”.!]*$/i.exec(words)
  if (!match) return undefined
  return match[1] === undefined ? {} : { code: match[1] }
}

export interface OpenCode {
  readonly code: string
  readonly escalation: string
  readonly message: string
  readonly atMs: number
  /** Its escalation waits for an answer. */
  readonly isOpen: boolean
}

export type Meant =
  | { readonly outcome: 'found'; readonly code: OpenCode }
  | { readonly outcome: 'ambiguous' | 'unknown-number' | 'unknown-text' | 'nothing-open' }

const LATE_MS = 24 * 3_600_000

/** Which of those told to this number an answer means: by its digits; a bare one the only open one, or the newest if it comes late. */
export function meantBy(text: string, codes: readonly OpenCode[], nowMs: number): Meant {
  if (codes.length === 0) return { outcome: 'unknown-number' }
  const answer = readAnswer(text)
  if (!answer) return { outcome: 'unknown-text' }
  const fitting = codes.filter(one => answer.code === undefined || one.code === answer.code)
  const open = fitting.filter(one => one.isOpen)
  const escalations = new Set(open.map(one => one.escalation))
  if (escalations.size > 1) return { outcome: 'ambiguous' }
  const newest = (list: readonly OpenCode[]): OpenCode | undefined => [...list].sort((a, b) => b.atMs - a.atMs)[0]
  const code = newest(open) ?? newest(fitting.filter(one => nowMs - one.atMs < LATE_MS))
  return code ? { outcome: 'found', code } : { outcome: 'nothing-open' }
}

const MOST_CODES = 99

/** The digits of this escalation for this number: those it has, else the lowest that are free, else those told longest ago. */
export function codeFor(codes: readonly OpenCode[], escalation: string): string {
  const known = codes.find(one => one.escalation === escalation)
  if (known) return known.code
  const taken = new Map(codes.map(one => [one.code, one]))
  for (let n = 10; n < 10 + MOST_CODES; n++) {
    const code = String(n % 100).padStart(2, '0')
    if (code !== '00' && taken.get(code) === undefined) return code
  }
  const oldest = [...codes].sort((a, b) => Number(a.isOpen) - Number(b.isOpen) || a.atMs - b.atMs)[0]
  return oldest?.code ?? '10'
}

/** Worked out from the message's id whenever it is needed, so that the token itself lies nowhere. */
export const tokenOf = (key: Uint8Array, message: string): string =>
  createHmac('sha256', key).update(`link ${message}`).digest('base64url').slice(0, 22)
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
/** What a provider's callback address ends in. */
export const callbackSecretOf = (key: Uint8Array, channel: string): string =>
  createHmac('sha256', key).update(`callback ${channel}`).digest('base64url').slice(0, 32)

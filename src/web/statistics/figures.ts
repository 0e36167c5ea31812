// Figures as officers read them: durations in minutes and seconds, money in 만 and 억, weights in kg, shares in percent; and how they have changed. Pure.
import type { Figure, MeasureDefinition, PeriodUnit, Unit } from '#statistics/schema.ts'
import type { Language } from '../i18n/text.ts'

const KST_MS = 9 * 3_600_000
const UNIT_WORDS: Readonly<Record<Language, Readonly<Record<Unit, string>>>> = {
  ko: { cases: '건', won: '원', g: 'g', pieces: '점', s: '초', min: '분', share: '%', ships: '척', times: '회', h: '시간', plain: '' },
  en: { cases: '', won: 'won', g: 'g', pieces: 'pcs', s: 's', min: 'min', share: '%', ships: 'ships', times: '', h: 'h', plain: '' },
}

/** A figure in two parts: large, and small beside it. */
export interface FigureWords {
  readonly main: string
  readonly unit: string
}

const rounded = (value: number, decimals = 1): string =>
  value.toLocaleString('en', { maximumFractionDigits: decimals, minimumFractionDigits: 0 })

export function figureWords(value: number, unit: Unit, language: Language): FigureWords {
  const words = UNIT_WORDS[language]
  switch (unit) {
    case 's':
      return { main: duration(value, language), unit: '' }
    case 'min':
      return { main: duration(value * 60, language, 60), unit: '' }
    case 'share':
      return { main: (value * 100).toFixed(1), unit: words.share }
    case 'won':
      return language === 'ko' ? korean(value) : western(value)
    case 'g':
      if (Math.abs(value) >= 1e6) return { main: rounded(value / 1e6), unit: 't' }
      return Math.abs(value) >= 1000 ? { main: rounded(value / 1000), unit: 'kg' } : { main: rounded(value), unit: 'g' }
    default:
      return { main: rounded(value), unit: words[unit] }
  }
}
/** In one piece: 239건, 52.1%, 10분 12초. */
export function figureText(value: number, unit: Unit, language: Language): string {
  const { main, unit: small } = figureWords(value, unit, language)
  const isTight = small === '' || small === '%' || (language === 'ko' && /[가-힣]/.test(small))
  return isTight ? `${main}${small}` : `${main} ${small}`
}

const korean = (won: number): FigureWords => {
  if (Math.abs(won) >= 1e8) return { main: rounded(won / 1e8), unit: '억 원' }
  return Math.abs(won) >= 1e4 ? { main: rounded(Math.round(won / 1e4)), unit: '만 원' } : { main: rounded(won), unit: '원' }
}
const western = (won: number): FigureWords => {
  if (Math.abs(won) >= 1e9) return { main: rounded(won / 1e9), unit: 'bn won' }
  return Math.abs(won) >= 1e6 ? { main: rounded(won / 1e6), unit: 'm won' } : { main: rounded(won), unit: 'won' }
}

/** In the two largest units that matter; nothing finer than `leastS`. */
function duration(seconds: number, language: Language, leastS = 1): string {
  const sign = seconds < 0 ? '-' : ''
  const total = Math.round(Math.abs(seconds) / leastS) * leastS
  const [h, m, s] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60]
  const words = language === 'ko' ? { h: '시간', m: '분', s: '초' } : { h: ' h', m: ' min', s: ' s' }
  const two = (value: number): string => String(value).padStart(2, '0')
  if (h > 0) return `${sign}${h.toLocaleString('en')}${words.h}${m > 0 ? ` ${m}${words.m}` : ''}`
  if (m > 0) return `${sign}${m}${words.m}${s > 0 ? ` ${m >= 10 ? two(s) : s}${words.s}` : ''}`
  return leastS >= 60 ? `${sign}0${words.m}` : `${sign}${s}${words.s}`
}

/** Against another period. Up, down or the same is told by the sign; the tone is only beside it. */
export interface Change {
  readonly sign: '▲' | '▼' | '='
  readonly text: string
  readonly tone: 'good' | 'bad' | 'plain'
}

/** Undefined: there is nothing to compare with. */
export function changeOf(
  now: Figure,
  then: Figure | undefined,
  measure: Pick<MeasureDefinition, 'unit' | 'better'>,
  language: Language,
): Change | undefined {
  if (now.value === undefined || then?.value === undefined) return undefined
  const by = now.value - then.value
  const { unit, better } = measure
  const text =
    unit === 'share'
      ? `${Math.abs(by * 100).toFixed(1)}%p`
      : unit === 's' || unit === 'min'
        ? figureText(Math.abs(by), unit, language)
        : then.value === 0
          ? figureText(Math.abs(by), unit, language)
          : `${Math.abs((by / then.value) * 100).toFixed(1)}%`
  const sign = by > 0 ? '▲' : by < 0 ? '▼' : '='
  const isBetter = (by > 0 && better === 'more') || (by < 0 && better === 'less')
  const tone = better === undefined || by === 0 ? 'plain' : isBetter ? 'good' : 'bad'
  return { sign, text, tone }
}

const kst = (ms: number): Date => new Date(ms + KST_MS)
const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  ko: ['월', '화', '수', '목', '금', '토', '일'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
}
/** 1 Monday … 7 Sunday. */
export const weekdayWord = (day: number, language: Language): string => WEEKDAYS[language][day - 1] ?? String(day)

/** 2026. 11. 1.–23. · 2026. 11. 24.(화) 06시 · 2026. 1. 1.–11. 24. */
export function periodWords(
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  unit: PeriodUnit,
  language: Language,
): string {
  const from = kst(fromMs)
  const last = kst(toMs - 1)
  const day = (at: Date): string => `${at.getUTCMonth() + 1}. ${at.getUTCDate()}.`
  const weekday = (at: Date): string => `(${WEEKDAYS[language][(at.getUTCDay() + 6) % 7]})`
  if (unit === 'hour') return `${from.getUTCFullYear()}. ${day(from)}${weekday(from)} ${hourWords(from.getUTCHours(), language)}`
  if (from.toISOString().slice(0, 10) === last.toISOString().slice(0, 10)) return `${from.getUTCFullYear()}. ${day(from)}${weekday(from)}`
  if (from.getUTCMonth() === last.getUTCMonth() && from.getUTCFullYear() === last.getUTCFullYear())
    return `${from.getUTCFullYear()}. ${from.getUTCMonth() + 1}. ${from.getUTCDate()}.–${last.getUTCDate()}.`
  const year = from.getUTCFullYear() === last.getUTCFullYear() ? '' : `${last.getUTCFullYear()}. `
  return `${from.getUTCFullYear()}. ${day(from)}–${year}${day(last)}`
}
const hourWords = (hour: number, language: Language): string =>
  language === 'ko' ? `${String(hour).padStart(2, '0')}시` : `${String(hour).padStart(2, '0')}:00`

/** A slot of a curve, as short as its axis needs. */
export function slotWords(ms: number, slot: PeriodUnit, language: Language): string {
  const at = kst(ms)
  switch (slot) {
    case 'hour':
      return hourWords(at.getUTCHours(), language)
    case 'day':
    case 'week':
      return `${at.getUTCMonth() + 1}. ${at.getUTCDate()}.`
    case 'month':
      return language === 'ko' ? `${at.getUTCMonth() + 1}월` : (MONTHS[at.getUTCMonth()] ?? '')
    case 'quarter':
      return `${at.getUTCFullYear()} Q${Math.floor(at.getUTCMonth() / 3) + 1}`
    case 'year':
      return String(at.getUTCFullYear())
  }
}
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

// May this seal go on this container now? Each question an officer asks before the bolt closes, answered go, no-go, take care or not known, with what was found. Pure.
import type { Sentence } from '#rules/index.ts'
import { containerFault } from './plan.ts'
import type { JourneyPlan, Seal } from './schema.ts'

export const FITTING_QUESTIONS = [
  'container',
  'stock',
  'life',
  'journey',
  'battery',
  'heard',
  'clock',
  'position',
  'lock',
  'firmware',
] as const
export type FittingQuestion = (typeof FITTING_QUESTIONS)[number]
export type FittingVerdict = 'go' | 'no-go' | 'care' | 'unknown'

export interface FittingAnswer {
  readonly what: FittingQuestion
  readonly verdict: FittingVerdict
  readonly words: Sentence
}

export interface FittingFacts {
  readonly plan: JourneyPlan
  /** As it was typed or scanned. */
  readonly asked: string | undefined
  readonly seal: Seal | undefined
  readonly health:
    | {
        readonly lastAtMs: number
        readonly batteryPercent?: number
        readonly lat?: number
        readonly lon?: number
        /** How long after its own time its newest report came. */
        readonly lagMs?: number
        readonly locked?: boolean
      }
    | undefined
  /** The journey the seal is on, where it is another. */
  readonly other: { readonly id: string; readonly container: string } | undefined
  readonly stock: readonly Seal[]
  readonly nowMs: number
  isInOrigin(lat: number, lon: number): boolean
}

/** Arming asks for 20 %; a journey of a day takes some. */
const BATTERY_NO = 20
const BATTERY_CARE = 40
const HEARD_NO_MS = 30 * 60_000
const CLOCK_CARE_MS = 60_000
const CLOCK_NO_MS = 10 * 60_000
const MINUTE_MS = 60_000
const OFF_DUTY: ReadonlySet<Seal['life']> = new Set(['lost', 'retired'])

const plain = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '')

/** The seal meant by an id, the number on its casing, or a code that holds one of them; undefined where none or several are meant. */
export function sealNamed(stock: readonly Seal[], asked: string): Seal | undefined {
  const exact = stock.find(one => one.id === asked)
  if (exact) return exact
  const wanted = plain(asked)
  if (wanted === '') return undefined
  const named = stock.filter(one => plain(one.number) === wanted || plain(one.deviceId) === wanted)
  if (named.length > 0) return named.length === 1 ? named[0] : undefined
  // A code may hold an address or a word before the number.
  const within = stock.filter(one => plain(one.number).length >= 6 && wanted.endsWith(plain(one.number)))
  return within.length === 1 ? within[0] : undefined
}

export function fittingCheck(facts: FittingFacts): readonly FittingAnswer[] {
  const { plan, asked, seal, health } = facts
  const answers: FittingAnswer[] = []
  const say = (what: FittingQuestion, verdict: FittingVerdict, ko: string, en: string): void =>
    void answers.push({ what, verdict, words: { ko, en } })
  const fault = plan.unit === 'container' ? containerFault(plan.container) : undefined
  if (fault) answers.push({ what: 'container', verdict: 'no-go', words: fault })
  else say('container', 'go', `${plan.container} 검사 숫자 맞음`, `${plan.container}: its check digit is right`)
  if (!seal) {
    if (asked === undefined) say('stock', 'unknown', '봉인 번호를 넣거나 읽으십시오', 'type or scan the number of the seal')
    else say('stock', 'no-go', `‘${asked}’은(는) 재고에 없습니다`, `‘${asked}’ is not in the stock`)
    return answers
  }
  say('stock', 'go', `${seal.number} 재고에 있음`, `${seal.number} is in the stock`)
  if (OFF_DUTY.has(seal.life)) say('life', 'no-go', '분실·폐기된 봉인입니다', 'this seal is lost or retired')
  else say('life', 'go', '쓸 수 있는 봉인', 'a seal in use')
  if (facts.other)
    say(
      'journey',
      'no-go',
      `다른 운송 ${facts.other.container || facts.other.id}에 쓰이고 있습니다`,
      `it is on another journey: ${facts.other.container || facts.other.id}`,
    )
  else say('journey', 'go', '다른 운송에 쓰이지 않음', 'it is on no other journey')
  battery(health?.batteryPercent, say)
  heard(facts, seal, say)
  if (health?.lagMs === undefined) say('clock', 'unknown', '단말 시각을 아직 모릅니다', 'its clock is not known yet')
  else clock(health.lagMs, say)
  if (health?.lat === undefined || health.lon === undefined) say('position', 'no-go', '위치 보고 없음', 'it has told no position')
  else if (facts.isInOrigin(health.lat, health.lon)) say('position', 'go', '출발지 안', 'it is at the origin')
  else say('position', 'no-go', '출발지 밖에 있습니다', 'it is not at the origin')
  if (health?.locked === undefined) say('lock', 'unknown', '잠금 상태를 아직 모릅니다', 'whether it is locked is not known yet')
  else if (health.locked) say('lock', 'go', '잠김', 'it is locked')
  else say('lock', 'care', '아직 잠기지 않음: 채운 뒤 작동합니다', 'it is not locked yet; it arms when it is')
  firmware(seal, facts.stock, say)
  return answers
}

type Say = (what: FittingQuestion, verdict: FittingVerdict, ko: string, en: string) => void

function battery(percent: number | undefined, say: Say): void {
  if (percent === undefined) say('battery', 'unknown', '전지를 아직 모릅니다', 'its battery is not known yet')
  else if (percent < BATTERY_NO)
    say('battery', 'no-go', `전지 ${percent}%: 충전하거나 바꾸십시오`, `battery ${percent} %: charge or change it`)
  else if (percent < BATTERY_CARE) say('battery', 'care', `전지 ${percent}%`, `battery ${percent} %`)
  else say('battery', 'go', `전지 ${percent}%`, `battery ${percent} %`)
}

function heard({ health, nowMs }: FittingFacts, seal: Seal, say: Say): void {
  if (!health) return say('heard', 'no-go', '아직 한 번도 말하지 않았습니다. 켜졌는지 보십시오', 'it has never spoken; is it switched on?')
  const ageMs = nowMs - health.lastAtMs
  const minutes = Math.round(ageMs / MINUTE_MS)
  if (ageMs > HEARD_NO_MS) say('heard', 'no-go', `${minutes}분째 보고 없음`, `no report for ${minutes} min`)
  else if (ageMs > Math.max(2 * seal.reportEveryS * 1000, 2 * MINUTE_MS))
    say('heard', 'care', `마지막 보고 ${minutes}분 전`, `last report ${minutes} min ago`)
  else say('heard', 'go', `마지막 보고 ${Math.round(ageMs / 1000)}초 전`, `last report ${Math.round(ageMs / 1000)} s ago`)
}

/** A report that waits in the device comes late: only that it is early proves the clock wrong, and that each one is late. */
function clock(lagMs: number, say: Say): void {
  const off = Math.abs(lagMs)
  const seconds = Math.round(off / 1000)
  if (off > CLOCK_NO_MS)
    say('clock', 'no-go', `단말 시각이 ${Math.round(seconds / 60)}분 어긋남`, `its clock is ${Math.round(seconds / 60)} min off`)
  else if (off > CLOCK_CARE_MS) say('clock', 'care', `단말 시각이 ${seconds}초 어긋남`, `its clock is ${seconds} s off`)
  else say('clock', 'go', '단말 시각 맞음', 'its clock is right')
}

/** Against the others of its make and model: nobody else knows what is current. */
function firmware(seal: Seal, stock: readonly Seal[], say: Say): void {
  if (seal.firmware === undefined) return say('firmware', 'unknown', '펌웨어를 모릅니다', 'its firmware is not known')
  const newest = stock
    .filter(one => one.maker === seal.maker && one.model === seal.model && one.protocol === seal.protocol && one.firmware !== undefined)
    .map(one => one.firmware ?? '')
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))[0]
  if (newest === undefined || newest === seal.firmware) say('firmware', 'go', `펌웨어 ${seal.firmware}`, `firmware ${seal.firmware}`)
  else say('firmware', 'care', `펌웨어 ${seal.firmware} (가장 새 것 ${newest})`, `firmware ${seal.firmware} (newest ${newest})`)
}

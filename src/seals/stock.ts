// Seals into the stock: what each line of a list would make of the stock, and why a line cannot be taken. The same judgement for a try and for good.
import type { Static } from 'typebox'
import type { Sentence } from '#rules/index.ts'
import { SEAL_PROTOCOLS } from './protocols/index.ts'
import type { Seal, SealLife } from './schema.ts'
import type { SealInput } from './shapes.ts'

export interface StockLine {
  /** From 1, as it stands in the list. */
  readonly n: number
  readonly seal: Seal
  readonly isNew: boolean
  /** Why it cannot be taken. */
  readonly fault?: { readonly code: string; readonly status: number; readonly words: Sentence }
}

export interface StockOptions {
  seal(id: string): Seal | undefined
  /** The journey it is on. */
  journeyOf(id: string): string | undefined
  isOrganisation(id: string): boolean
  covers(organisation: string): boolean
  /** Where a line names no office. */
  readonly organisation: string
}

const USUAL_S = 60
/** Not while it guards a journey: that is ended first, or the seal is lost. */
const OFF_A_JOURNEY: ReadonlySet<SealLife> = new Set(['in-stock', 'issued', 'returned', 'retired'])
/** Ours for what comes by no maker's protocol. */
const OTHER_PROTOCOLS = ['json', 'rfid']

export function stockLines(inputs: readonly Static<typeof SealInput>[], options: StockOptions): readonly StockLine[] {
  const seen = new Set<string>()
  return inputs.map((input, i): StockLine => {
    const id = `${input.protocol}:${input.deviceId}`
    const before = options.seal(id)
    const seal: Seal = {
      ...before,
      ...input,
      id,
      life: input.life ?? before?.life ?? 'in-stock',
      organisation: input.organisation ?? before?.organisation ?? options.organisation,
      reportEveryS: input.reportEveryS ?? before?.reportEveryS ?? USUAL_S,
    }
    const fault = faultOf(seal, before, seen.has(id), options)
    seen.add(id)
    return { n: i + 1, seal, isNew: before === undefined, ...(fault ? { fault } : {}) }
  })
}

function faultOf(seal: Seal, before: Seal | undefined, isTwice: boolean, options: StockOptions): StockLine['fault'] {
  const fault = (status: number, code: string, ko: string, en: string) => ({ status, code, words: { ko, en } })
  const { organisation, protocol } = seal
  if (!SEAL_PROTOCOLS.some(one => one.name === protocol) && !OTHER_PROTOCOLS.includes(protocol))
    return fault(422, 'no-protocol', `통신 규격 ${protocol}을(를) 모릅니다`, `there is no protocol ${protocol}`)
  if (isTwice) return fault(422, 'twice', `${seal.id}이(가) 두 번 있습니다`, `${seal.id} is there twice`)
  if (!options.isOrganisation(organisation))
    return fault(422, 'no-organisation', `소속 ${organisation}이(가) 없습니다`, `there is no organisation ${organisation}`)
  if (!options.covers(organisation) || (before && !options.covers(before.organisation)))
    return fault(403, 'not-yours', '다른 소속의 봉인입니다', 'a seal of another office')
  const journey = options.journeyOf(seal.id)
  if (before && journey !== undefined && seal.life !== before.life && OFF_A_JOURNEY.has(seal.life))
    return fault(
      409,
      'on-a-journey',
      `운송 ${journey}에 쓰이고 있습니다. 먼저 종결하거나 봉인을 바꾸십시오`,
      `it is on the journey ${journey}; close that or change the seal first`,
    )
  return undefined
}

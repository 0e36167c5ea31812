// Telephone numbers as they are dialled. Numbers of a demonstration cannot be dialled: an exercise never rings anybody.
import { ok, type Result, refused } from '#base/index.ts'

export const NUMBER_FORMS = ['national', 'international'] as const
/** `national`: 010…, as Korean operators take it; `international`: 8210… */
export type NumberForm = (typeof NUMBER_FORMS)[number]

const KOREA = '82'
const MOBILE = /^01[016789]\d{7,8}$/
/** Regions, internet telephony 070, safe numbers 050x. */
const LANDLINE = /^0(?:2|[3-6]\d|70|50\d)\d{7,8}$/
const ABROAD = /^\d{8,15}$/
/** Middle digits all zero, or the number begins 000: for papers and exercises. */
const DEMO = /^(?:01\d000+0|0(?:2|\d\d)0{3,4}\d{4}$|000)/

/**
 * The number of a phone, from what a person wrote: blanks, dots, hyphens and brackets go; +82 and 0082 are Korea; other countries need their +. `mobile` where only those take texts.
 * Refuses with a sentence that says why.
 */
export function phoneNumber(written: string, form: NumberForm, only: 'mobile' | 'any' = 'any'): Result<string, string> {
  const bare = written.trim().replace(/[\s().\-–·]/g, '')
  if (!/^\+?\d+$/.test(bare)) return refused(`"${shown(written)}" is no telephone number: write digits, for example 010-0000-0000`)
  const world = bare.startsWith('+') ? bare.slice(1) : bare.startsWith('00') && !bare.startsWith('000') ? bare.slice(2) : undefined
  if (world !== undefined && !world.startsWith(KOREA))
    return ABROAD.test(world)
      ? ok(form === 'national' ? `00${world}` : world)
      : refused(`"${shown(written)}" is no telephone number: 8 to 15 digits after the +`)
  const national = world === undefined ? bare : `0${world.slice(KOREA.length).replace(/^0/, '')}`
  if (DEMO.test(national)) return refused(`"${shown(written)}" is a number of the demonstration; it is never dialled`)
  if (!MOBILE.test(national) && (only === 'mobile' || !LANDLINE.test(national)))
    return refused(
      `"${shown(written)}" is no ${only === 'mobile' ? 'mobile ' : ''}number of Korea: 01x and 7 or 8 digits${only === 'mobile' ? '' : ', or area code and number'}`,
    )
  return ok(form === 'national' ? national : `${KOREA}${national.slice(1)}`)
}

/** Two writings of one number: compared by its last eight digits, as operators put prefixes before it or take them away. */
export const isSameNumber = (a: string, b: string): boolean => {
  const [x, y] = [a.replace(/\D/g, ''), b.replace(/\D/g, '')]
  return x === y || (x.length >= 8 && y.length >= 8 && x.slice(-8) === y.slice(-8))
}

const shown = (written: string): string => written.replace(/\p{Cc}/gu, ' ').slice(0, 40)

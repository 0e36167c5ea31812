// What the routes of duty share: days as they come in, organisations within reach, shapes.
import { Type } from 'typebox'
import { type Clock, type Grant, isKstDay } from '#base/index.ts'
import { badInput, type Http, notFound } from '#platform/http/index.ts'
import type { Access } from '../access.ts'
import type { Duty } from './duty.ts'

export interface DutyRoutesOptions {
  readonly http: Http
  readonly access: Access
  readonly duty: Duty
  readonly clock: Clock
}

export const dayOf = (text: string): string => {
  if (!isKstDay(text)) throw badInput({ ko: `‘${text}’은(는) 날짜(2026-11-24)가 아닙니다`, en: `‘${text}’ is no day (2026-11-24)` })
  return text
}
/** For those whose reach it lies in; others are told it is not there. */
export const within = (grant: Grant, organisation: string): string => {
  if (!grant.covers([organisation])) throw notFound({ ko: `조직 ${organisation}`, en: `organisation ${organisation}` })
  return organisation
}
export const Organisation = Type.String({ minLength: 1, maxLength: 40 })
export const Id = Type.String({ minLength: 2, maxLength: 80, pattern: '^[A-Za-z0-9:._-]+$' })
export const Day = Type.String({ minLength: 10, maxLength: 10 })
export const strict = { additionalProperties: false } as const
export const Words = Type.String({ minLength: 1, maxLength: 60 })

// What the room keeps of a person beside their account, and how it goes: what they sign in with when they leave, where and from what they did so when they are erased. The trail
// keeps that they signed in.
import type { Statement } from '#platform/store/index.ts'
import { dropFactors } from './factors/index.ts'
import { unbind } from './oidc/index.ts'
import { dropPassword, endLinksOf, forgetSessionsOf } from './store.ts'

export const dropCredentials = (person: string): readonly Statement[] => [
  dropPassword(person),
  endLinksOf(person),
  ...dropFactors(person),
  unbind(person),
]
export const forgetPerson = (person: string): readonly Statement[] => [...dropCredentials(person), ...forgetSessionsOf(person)]

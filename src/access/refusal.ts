// Refusals of the room over HTTP: the reason's own sentence, and a status that says what kind it is.
import type { Result } from '#base/index.ts'
import { HttpRefusal } from '#platform/http/index.ts'
import type { Refused } from './person.ts'

const STATUS: Readonly<Record<string, number>> = {
  'not-found': 404,
  'no-person': 404,
  'no-post': 404,
  'no-delegation': 404,
  'wrong-code': 401,
  'code-used': 401,
  'passkey-refused': 401,
  'passkey-copied': 403,
  'needs-second': 403,
  'same-person': 403,
  'login-taken': 409,
  'id-taken': 409,
  'already-decided': 409,
  'nobody-to-agree': 409,
  'in-use': 409,
  'has-below': 409,
  'has-left': 409,
  'still-here': 409,
  'no-passkey-here': 409,
  'passkey-needs-name': 409,
  'not-begun': 409,
  'last-factor': 409,
  'too-many-factors': 409,
}

export const refusal = ({ code, ko, en }: Refused): HttpRefusal => new HttpRefusal(STATUS[code] ?? 400, code, { ko, en })

/** The value, or the reason thrown as an answer. */
export function orRefuse<T>(outcome: Result<T, Refused>): T {
  if (!outcome.ok) throw refusal(outcome.reason)
  return outcome.value
}

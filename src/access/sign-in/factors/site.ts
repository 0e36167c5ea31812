// By which name a desk calls us: a passkey is good for that name alone. Bare addresses have no passkeys (WebAuthn knows domains only); this machine is `localhost`.
import { isIP } from 'node:net'
import { ok, type Result, refused } from '#base/index.ts'
import type { Refused } from '../../person.ts'

export interface Site {
  /** The relying party's id: the host name. */
  readonly rp: string
  readonly origins: readonly string[]
}

/** `host` as the request names it (the door has looked at it already). */
export function siteOf(host: string, isTls: boolean): Result<Site, Refused> {
  const rp = host
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
  if (rp === '' || isIP(rp) !== 0)
    return refused({
      code: 'passkey-needs-name',
      ko: `패스키는 주소(${host})가 아니라 이름으로 접속한 화면에서 씁니다. 이 기계에서는 localhost로 여십시오`,
      en: `passkeys work where the product is called by a name, not by ${host}; on this machine open localhost`,
    })
  // Plain HTTP may stand behind a proxy of this machine that speaks TLS.
  return ok({ rp, origins: [`https://${host}`, ...(isTls ? [] : [`http://${host}`])] })
}

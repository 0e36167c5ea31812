// Under which name a seal's frames lie in the ledger: `seal:jt808:seal-a`, and with the device's number behind `#` for protocols whose frames do not say who speaks (only
// the login of the connection did). So every entry is one whole frame as it came, and can be read again by itself.
const NAME = /^seal:([a-z0-9]+):([^#]*)(?:#(.*))?$/

export interface SealFeed {
  readonly protocol: string
  readonly feed: string
  readonly deviceId?: string
}

export const ledgerName = ({ protocol, feed, deviceId }: SealFeed): string =>
  `seal:${protocol}:${feed}${deviceId === undefined ? '' : `#${deviceId}`}`

/** Undefined for feeds of other kinds. */
export function sealFeedOf(name: string): SealFeed | undefined {
  const match = NAME.exec(name)
  if (!match) return undefined
  const [, protocol = '', feed = '', deviceId] = match
  return { protocol, feed, ...(deviceId === undefined ? {} : { deviceId }) }
}

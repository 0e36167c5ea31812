// Where the product listens and how: an address of this machine alone in plain HTTP, or TLS by files of the house's own or by the local CA. One sentence for each thing that
// does not fit together.

import { isIP } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '#base/index.ts'
import { openLocalCa, type Tls, tlsFromFiles } from '#platform/http/index.ts'
import type { Log } from '#platform/log/index.ts'
import { CommandFailure } from './command.ts'

const LOOPBACK = ['127.0.0.1', 'localhost', '::1']

export interface Listening {
  readonly host: string
  /** `http.name`: what others call this product; empty: nothing but its addresses. */
  readonly name: string
  readonly tls: string
  readonly certFile: string
  readonly keyFile: string
}

export const isLoopback = (host: string): boolean => LOOPBACK.includes(host)

/** How TLS is opened, once the data folder is ours; undefined: plain HTTP. Refuses what does not fit together. */
export function tlsOf(
  { host, name, tls, certFile, keyFile }: Listening,
  { data, clock, log }: { readonly data: string; readonly clock: Clock; readonly log: Log },
): (() => Promise<Tls>) | undefined {
  if ((certFile === '') !== (keyFile === ''))
    throw new CommandFailure(`--tls-cert and --tls-key belong together; ${certFile === '' ? '--tls-cert' : '--tls-key'} is missing`)
  if (certFile !== '')
    return async () => {
      const own = await tlsFromFiles(certFile, keyFile, clock)
      if (!own.ok) throw new CommandFailure(own.reason)
      return own.value
    }
  if (tls === 'files') throw new CommandFailure('http.tls is files, and no files are named; write http.tlsCert and http.tlsKey')
  if (tls !== 'local-ca') return undefined
  return async () => {
    const ca = openLocalCa({ directory: join(data, 'tls'), names: ownNames(host, name), clock })
    log.info(
      `${ca.isNewRoot ? 'a new local CA was made: let each desk trust its root, /ca.crt' : 'local CA: root at /ca.crt'} (SHA-256 ${ca.fingerprint})`,
    )
    return ca
  }
}

/** All this machine can be called: the name given, its host name, its addresses. */
function ownNames(host: string, name: string): readonly string[] {
  const machine = hostname().toLowerCase()
  const addresses = Object.values(networkInterfaces()).flatMap(list => (list ?? []).map(one => one.address.replace(/%.*$/, '')))
  return [
    ...(name === '' ? [] : [name]),
    ...(/^[a-z0-9.-]+$/.test(machine) && isIP(machine) === 0 ? [machine] : []),
    ...LOOPBACK,
    ...(isIP(host) === 0 && host !== '' ? [host] : []),
    ...addresses,
  ]
}

// What TLS needs: a key and its certificate, by files of the house's own (renewed by whoever made them: looked at every hour) or from the local CA (local-ca.ts). Nothing here
// listens; http.ts does. A pair that does not fit, or is past its time, is refused before anything starts.
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type Clock, ok, type Result, refused } from '#base/index.ts'

export interface TlsPair {
  /** PEM. */
  readonly key: string
  /** PEM, the chain after the certificate. */
  readonly cert: string
}

export interface Tls {
  readonly pair: TlsPair
  /** Names and addresses the certificate stands for, as they stand in it: `*.customs.example` too. */
  readonly names: readonly string[]
  /** Root certificate (PEM) that desks must trust; absent with files of one's own. */
  readonly root?: string
  /** Looks again: the new pair where there is one. A sentence when it cannot be used; then the old one stays. */
  renewed(): Promise<Result<TlsPair | undefined, string>>
}

/** The key and certificate in these files; refuses with a sentence that names the file and the remedy. */
export async function tlsFromFiles(certFile: string, keyFile: string, clock: Pick<Clock, 'now'>): Promise<Result<Tls, string>> {
  const first = await readPair(certFile, keyFile, clock)
  if (!first.ok) return first
  let current = first.value
  return ok({
    pair: current,
    names: namesOf(current.cert),
    async renewed() {
      const now = await readPair(certFile, keyFile, clock)
      if (!now.ok) return now
      if (now.value.cert === current.cert && now.value.key === current.key) return ok(undefined)
      current = now.value
      return now
    },
  })
}

async function readPair(certFile: string, keyFile: string, clock: Pick<Clock, 'now'>): Promise<Result<TlsPair, string>> {
  const [cert, key] = await Promise.all([certFile, keyFile].map(file => readFile(file, 'utf8').catch(() => undefined)))
  if (cert === undefined) return refused(`the certificate ${certFile} cannot be read; check --tls-cert (http.tlsCert)`)
  if (key === undefined) return refused(`the key ${keyFile} cannot be read; check --tls-key (http.tlsKey) and who may read it`)
  const fault = pairFault({ cert, key }, clock.now())
  return fault === undefined ? ok({ cert, key }) : refused(`${certFile}: ${fault}`)
}

/** What is wrong with a pair at this time; undefined: nothing. */
function pairFault({ cert, key }: TlsPair, nowMs: number): string | undefined {
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(cert)
  } catch {
    return 'it is no certificate in PEM (-----BEGIN CERTIFICATE-----)'
  }
  try {
    if (!certificate.checkPrivateKey(createPrivateKey(key))) return 'the key belongs to another certificate'
  } catch {
    return 'the key beside it is no private key in PEM without a passphrase'
  }
  if (Date.parse(certificate.validTo) <= nowMs) return `it ended on ${new Date(certificate.validTo).toISOString()}; renew it`
  if (Date.parse(certificate.validFrom) > nowMs)
    return `it begins only on ${new Date(certificate.validFrom).toISOString()}; check the machine’s clock`
  return undefined
}

/** DNS names and addresses of a certificate. */
export const namesOf = (cert: string): readonly string[] =>
  (new X509Certificate(cert).subjectAltName ?? '').split(', ').flatMap(name => {
    const [, kind, value] = /^(DNS|IP Address):(.+)$/.exec(name) ?? []
    return kind === undefined || value === undefined ? [] : [value.toLowerCase()]
  })

/** Does a host stand in the certificate? `*.a.example` stands for one label more. */
export const isNamed = (host: string, names: readonly string[]): boolean => {
  const wanted = host.toLowerCase()
  return names.some(
    name =>
      name === wanted || (name.startsWith('*.') && wanted.endsWith(name.slice(1)) && !wanted.slice(0, -name.length + 1).includes('.')),
  )
}

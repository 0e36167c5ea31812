// Reads a feed URL: tcp://host:port, tcp-server://:port, udp://:port, file:PATH, stdin: with options as query (?name=busan-2&kind=nmea&network=satellite).
import { ok, type Result, refused } from '#base/index.ts'
import type { FeedAddress } from './feed.ts'
import { TRANSPORTS } from './transports.ts'

const KINDS = ['nmea']
const WITH_PORT = new Set(['tcp', 'tcp-server', 'udp'])

export function readFeedAddress(url: string): Result<FeedAddress, string> {
  const match = /^([a-z-]+):(?:\/\/)?([^?]*)(?:\?(.*))?$/.exec(url.trim())
  const transport = match?.[1] ?? ''
  if (!match || !(transport in TRANSPORTS)) {
    return refused(
      `"${url}" is no feed URL of this version; it begins with one of ${Object.keys(TRANSPORTS)
        .map(name => `${name}:`)
        .join(' ')} (for example tcp://192.0.2.1:4001?name=busan)`,
    )
  }
  const rest = match[2] ?? ''
  const options = Object.fromEntries(new URLSearchParams(match[3] ?? ''))
  const kind = options.kind ?? 'nmea'
  if (!KINDS.includes(kind)) return refused(`kind=${kind} is not known in ${url}; this version speaks ${KINDS.join(', ')}`)
  const network = options.network ?? 'coast'
  if (network !== 'coast' && network !== 'satellite') return refused(`network=${network} is not known in ${url}; it is coast or satellite`)
  let host = ''
  let port = 0
  let path = ''
  if (WITH_PORT.has(transport)) {
    const at = rest.lastIndexOf(':')
    host = rest.slice(0, at < 0 ? rest.length : at).replace(/^\[|\]$/g, '')
    port = at < 0 ? 0 : Number(rest.slice(at + 1).replace(/\/$/, ''))
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      return refused(`the port is missing or wrong in ${url}; write ${transport}://${host}:4001`)
    if (transport === 'tcp' && host === '')
      return refused(`the host is missing in ${url}; write tcp://192.0.2.1:${port}, or tcp-server://:${port} to be called`)
  } else path = decodeURIComponent(rest)
  if (transport === 'file' && path === '') return refused(`the path is missing in ${url}; write file:/var/log/ais.nmea`)
  const name =
    options.name ??
    (transport === 'file'
      ? (path.split('/').at(-1) ?? path)
      : transport === 'stdin'
        ? 'stdin'
        : `${transport === 'tcp' ? host : transport}-${port}`)
  if (!/^[\p{L}\p{N}_.:-]{1,40}$/u.test(name))
    return refused(`the name "${name}" in ${url} is not usable; letters, digits, . _ : - and at most 40 of them`)
  return ok({ url, name, transport, host, port, path, kind, network, options })
}

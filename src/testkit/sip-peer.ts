// A telephone at the other end of SIP and RTP over UDP, for tests: rings, is busy, asks for proof, listens, presses keys, hangs up, loses packets. Its own reading and writing, none of the product's.
import { createHash } from 'node:crypto'
import { createSocket, type RemoteInfo } from 'node:dgram'

export interface SipPeer {
  readonly port: number
  /** First lines of the requests it got, with their bodies. */
  readonly asked: readonly { readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body: string }[]
  /** RTP it heard: payload type and sound. */
  readonly heard: readonly { readonly payload: number; readonly sound: Buffer }[]
  /** What an INVITE gets. */
  invite: 'answer' | 'ring' | 'silent' | number
  /** Digest proof demanded for this user and password. */
  account?: { readonly user: string; readonly password: string }
  /** So many packets are lost first. */
  losesFirst: number
  payload: 0 | 8
  press(key: string): void
  hangUp(): void
  /** Any bytes to the caller. */
  raw(packet: Buffer): void
  until(holds: () => boolean): Promise<void>
  close(): Promise<void>
}

export async function createSipPeer(): Promise<SipPeer> {
  const asked: { method: string; headers: Record<string, string>; body: string }[] = []
  const heard: { payload: number; sound: Buffer }[] = []
  const waiting: { holds: () => boolean; done: () => void }[] = []
  const [sip, rtp] = [createSocket('udp4'), createSocket('udp4')]
  for (const socket of [sip, rtp]) await new Promise<void>(done => socket.bind(0, '127.0.0.1', () => done()))
  let caller: RemoteInfo | undefined
  let dialog: Record<string, string> = {}
  let mediaPort = 0
  let keyTime = 1000
  const look = (): void => {
    for (const one of waiting.splice(0)) one.holds() ? one.done() : waiting.push(one)
  }
  const send = (text: string): void => {
    if (caller) sip.send(text, caller.port, caller.address)
  }
  const answer = (status: string, headers: Record<string, string>, more: readonly string[] = [], body = ''): void => {
    const to = /;tag=/.test(headers.to ?? '') ? headers.to : `${headers.to};tag=peer`
    send(
      [
        `SIP/2.0 ${status}`,
        `Via: ${headers.via}`,
        `From: ${headers.from}`,
        `To: ${to}`,
        `Call-ID: ${headers['call-id']}`,
        `CSeq: ${headers.cseq}`,
        ...more,
        `Content-Length: ${Buffer.byteLength(body)}`,
        '',
        body,
      ].join('\r\n'),
    )
  }
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex')
  const isProven = (method: string, headers: Record<string, string>): boolean => {
    if (!peer.account) return true
    const given = headers.authorization ?? ''
    const field = (name: string): string => new RegExp(`${name}="?([^",]+)`).exec(given)?.[1] ?? ''
    const secret = md5(`${peer.account.user}:room:${peer.account.password}`)
    const wanted = md5(`${secret}:n0nce:${field('nc')}:${field('cnonce')}:auth:${md5(`${method}:${field(' uri')}`)}`)
    return field('response') === wanted && field('username') === peer.account.user
  }
  const offered = (body: string): void => {
    mediaPort = Number(/m=audio (\d+)/.exec(body)?.[1])
  }
  sip.on('message', (packet, from) => {
    if (peer.losesFirst > 0) {
      peer.losesFirst--
      return
    }
    caller = from
    const [head = '', body = ''] = packet.toString().split('\r\n\r\n')
    const [first = '', ...lines] = head.split('\r\n')
    const method = first.split(' ')[0] ?? ''
    const headers = Object.fromEntries(
      lines.map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
    )
    if (method.startsWith('SIP/')) return
    asked.push({ method, headers, body })
    if (method === 'INVITE' || method === 'REGISTER') {
      if (method === 'INVITE' && peer.invite === 'silent') return look()
      if (method === 'INVITE') answer('100 Trying', headers)
      if (!isProven(method, headers))
        answer('401 Unauthorized', headers, ['WWW-Authenticate: Digest realm="room", nonce="n0nce", qop="auth", algorithm=MD5'])
      else if (method === 'REGISTER') answer('200 OK', headers, ['Contact: <sip:x@y>;expires=60'])
      else {
        dialog = headers
        offered(body)
        if (typeof peer.invite === 'number') answer(`${peer.invite} No`, headers)
        else answer('180 Ringing', headers)
        if (peer.invite === 'answer') {
          const sdp = `v=0\r\no=p 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${rtp.address().port} RTP/AVP ${peer.payload} 96\r\na=rtpmap:96 telephone-event/8000\r\n`
          answer('200 OK', headers, [`Contact: <sip:phone@127.0.0.1:${sip.address().port}>`, 'Content-Type: application/sdp'], sdp)
        }
      }
    } else if (method === 'CANCEL') {
      answer('200 OK', headers)
      answer('487 Request Terminated', { ...dialog, cseq: dialog.cseq ?? '' })
    } else if (method === 'BYE') answer('200 OK', headers)
    look()
  })
  rtp.on('message', packet => {
    heard.push({ payload: (packet[1] ?? 0) & 0x7f, sound: packet.subarray(12) })
    look()
  })
  const peer: SipPeer = {
    port: sip.address().port,
    asked,
    heard,
    invite: 'answer',
    losesFirst: 0,
    payload: 8,
    press(key) {
      keyTime += 1000
      const packet = Buffer.alloc(16)
      packet[0] = 0x80
      packet[1] = 96
      packet.writeUInt32BE(keyTime, 4)
      packet[12] = '0123456789*#'.indexOf(key)
      // Told three times, as phones do.
      for (const end of [0, 0, 0x80]) {
        packet[13] = end | 10
        rtp.send(Buffer.from(packet), mediaPort, '127.0.0.1')
      }
    },
    hangUp() {
      send(
        [
          `BYE sip:caller SIP/2.0`,
          `Via: SIP/2.0/UDP 127.0.0.1:${sip.address().port};branch=z9hG4bKbye`,
          `From: ${dialog.to};tag=peer`,
          `To: ${dialog.from}`,
          `Call-ID: ${dialog['call-id']}`,
          'CSeq: 1 BYE',
          'Content-Length: 0',
          '',
          '',
        ].join('\r\n'),
      )
    },
    raw(packet) {
      if (caller) sip.send(packet, caller.port, caller.address)
    },
    until: holds => (holds() ? Promise.resolve() : new Promise(done => waiting.push({ holds, done }))),
    async close() {
      for (const socket of [sip, rtp]) await new Promise<void>(done => socket.close(() => done()))
    },
  }
  return peer
}

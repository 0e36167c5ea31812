// Debian's Kannel between: our HTTP adapter asks its smsbox, its bearerbox asks our message centre by SMPP. It proves the centre (and with it the SMPP adapter) against a program that is not ours.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { machineClock } from '#platform/clock/index.ts'
import { createMessageCentre } from '#testkit/message-centre.ts'
import { freePort, temporaryFolder } from '#testkit/product.ts'
import { createWebPeer } from '#testkit/web-peer.ts'
import type { ChannelNews } from './channel.ts'
import { createSmsHttp } from './sms-http.ts'

const [BEARERBOX, SMSBOX] = ['/usr/sbin/bearerbox', '/usr/sbin/smsbox']
const isThere = existsSync(BEARERBOX) && existsSync(SMSBOX)
if (!isThere) process.stderr.write('SKIPPED, Kannel is not installed (apt-get install kannel): texts through a gateway that is not ours\n')

const ends: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

function started(file: string, args: readonly string[], cwd: string): ChildProcess {
  const child = spawn(file, args, { cwd, stdio: 'ignore' })
  ends.push(
    () =>
      new Promise<void>(done => {
        if (child.exitCode !== null || child.signalCode !== null) return done()
        child.once('exit', () => done())
        child.kill('SIGKILL')
      }),
  )
  return child
}

test.skipIf(!isThere)(
  'a Korean text of 101 letters goes by HTTP to Kannel, by SMPP to the centre in two parts, and its receipt comes back',
  async () => {
    const centre = await createMessageCentre()
    ends.push(() => centre.close())
    Object.assign(centre, { receipts: 'after' })
    const folder = temporaryFolder()
    ends.push(() => folder.remove())
    const [admin, boxes, sendsms] = [await freePort(), await freePort(), await freePort()]
    const conf = join(folder.path, 'kannel.conf')
    writeFileSync(
      conf,
      `group = core
admin-port = ${admin}
admin-interface = 127.0.0.1
admin-password = test
smsbox-port = ${boxes}
smsbox-interface = 127.0.0.1
box-allow-ip = 127.0.0.1
store-type = file
store-location = ${join(folder.path, 'kannel.store')}

group = smsc
smsc = smpp
smsc-id = centre
host = 127.0.0.1
port = ${centre.port}
smsc-username = mangru
smsc-password = test
system-type = ""
transceiver-mode = true
address-range = ""

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${sendsms}
sendsms-interface = 127.0.0.1
sendsms-chars = "0123456789+"

group = sendsms-user
username = mangru
password = test
max-messages = 5
concatenation = true
omit-empty = true

group = sms-service
keyword = default
max-messages = 0
text = ""
`,
    )
    started(BEARERBOX, ['-v', '4', conf], folder.path)
    await centre.until(() => centre.binds() > 0)
    const news: ChannelNews[] = []
    const back = await createWebPeer()
    ends.push(() => back.close())
    const channel = createSmsHttp(
      {
        name: 'kannel',
        profile: 'kannel',
        url: `http://127.0.0.1:${sendsms}/cgi-bin/sendsms`,
        variables: { user: 'mangru', password: 'test', sender: '1588' },
        callbackUrl: `${back.url}/channels/kannel/secret`,
        numberForm: 'international',
      },
      { clock: machineClock, onNews: one => news.push(one) },
    )
    back.onAsked = ({ query }) => channel.handleCallback?.({ query, body: undefined })
    started(SMSBOX, ['-v', '4', conf], folder.path)
    const text = `【무단개항】 ${'가나다라마바사아자차'.repeat(9)}끝`.padEnd(101, '.').slice(0, 101)
    // The smsbox listens a moment after its start; only what surely was not sent is sent again.
    let outcome = await channel.send({ id: 'm1', attempt: 1, to: '+44 7700 900123', text })
    while (outcome.outcome === 'refused' && /ECONNREFUSED/.test(outcome.reason)) {
      await new Promise(done => machineClock.after(50, () => done(undefined)))
      outcome = await channel.send({ id: 'm1', attempt: 1, to: '+44 7700 900123', text })
    }
    expect(outcome).toEqual({ outcome: 'accepted', parts: 2 })
    await back.until(() => news.some(one => one.news === 'receipt' && one.state === 'delivered'))
    await centre.until(() => centre.got.length === 2)
    expect(centre.texts()).toEqual([{ to: '447700900123', text }])
    expect(centre.got.map(one => [one.from, one.dataCoding, one.part?.slice(1)])).toEqual([
      ['1588', 8, [2, 1]],
      ['1588', 8, [2, 2]],
    ])
    expect(news.filter(one => one.news === 'receipt' && one.state === 'delivered')[0]).toMatchObject({ id: 'm1' })
  },
)

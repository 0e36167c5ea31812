// Debian's mosquitto as the broker between devices and us: a program that is not ours. Two doors, one by TLS; who speaks and who listens may do no more than that.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newRoot, newServer } from '#platform/http/index.ts'
import { connectTo, eventually, freePort } from './product.ts'

const FILES = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto', '/opt/homebrew/sbin/mosquitto']
const FILE = FILES.find(existsSync)
const PASSWORDS = ['/usr/bin/mosquitto_passwd', '/usr/local/bin/mosquitto_passwd', '/opt/homebrew/bin/mosquitto_passwd'].find(existsSync)
export const hasMosquitto = FILE !== undefined && PASSWORDS !== undefined

export interface Mosquitto {
  readonly port: number
  readonly tlsPort: number
  /** PEM file of who signed its certificate. */
  readonly ca: string
  /** It keeps sessions and messages on the disk and is gone. */
  stop(): Promise<void>
  start(): Promise<void>
}

/** Users and their passwords; `devices` may write their own report (`seals/CLIENT/report`), `room` may read all of them. */
export async function startMosquitto(folder: string, users: Readonly<Record<'devices' | 'room', string>>): Promise<Mosquitto> {
  if (FILE === undefined || PASSWORDS === undefined) throw new Error('mosquitto is not installed')
  const [port, tlsPort] = [await freePort(), await freePort()]
  const at = (name: string): string => join(folder, name)
  mkdirSync(folder, { recursive: true })
  const validity = { fromMs: Date.now() - 86_400_000, toMs: Date.now() + 86_400_000 }
  const root = newRoot('broker test', validity, { names: ['localhost'], networks: [['127.0.0.1', '255.255.255.255']] })
  const server = newServer({ name: 'broker test', key: root.key }, validity, ['localhost', '127.0.0.1'])
  writeFileSync(at('ca.pem'), root.cert)
  writeFileSync(at('cert.pem'), server.cert)
  writeFileSync(at('key.pem'), server.key)
  writeFileSync(
    at('acl'),
    'user room\ntopic read seals/#\ntopic write seals/+/command\nuser devices\npattern write seals/%c/report\npattern read seals/%c/command\n',
  )
  writeFileSync(at('users'), '', { mode: 0o600 })
  for (const [user, password] of Object.entries(users)) execFileSync(PASSWORDS, ['-b', at('users'), user, password], { stdio: 'ignore' })
  writeFileSync(
    at('conf'),
    `per_listener_settings false
allow_anonymous false
password_file ${at('users')}
acl_file ${at('acl')}
persistence true
persistence_location ${folder}/
max_queued_messages 0
max_inflight_messages 0
user root
listener ${port} 127.0.0.1
listener ${tlsPort} 127.0.0.1
certfile ${at('cert.pem')}
keyfile ${at('key.pem')}
`,
  )
  let child: ChildProcess | undefined
  const stop = (): Promise<void> =>
    new Promise(done => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return done()
      child.once('exit', () => done())
      child.kill('SIGTERM')
    })
  const start = async (): Promise<void> => {
    child = spawn(FILE, ['-c', at('conf')], { stdio: 'ignore' })
    await eventually(async () => (await connectTo(tlsPort).catch(() => undefined))?.destroy(), 10_000)
  }
  await start()
  return { port, tlsPort, ca: at('ca.pem'), stop, start }
}

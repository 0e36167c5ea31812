// Reliability check 16: backups while sentences and reports come in as fast as they do in a bad hour; then the machine is lost and the newest backup is brought into an
// empty folder. Everything acknowledged up to the backup's moment is there, that moment is the backup's own end but for the time it took, and the product is ready again soon.
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { connectTo, freePort, type RunningProduct, runCommand, startProduct, temporaryFolder } from '../src/testkit/product.ts'
import { type Check, seeded } from './check.ts'
import { startSender } from './traffic.ts'

const SENTENCES_PER_SECOND = 2000
const REPORTERS = 6
const RPO_MS = 60_000
const RTO_MS = 5 * 60_000
/** What was received is synced within a second. */
const MAY_LOSE_MS = 1000

interface Answered {
  readonly id: string
  readonly number: string
  readonly atMs: number
}
interface Made {
  readonly at: string
  readonly tookMs: number
  readonly bytes: number
  readonly newBytes: number
}

export const check: Check = {
  name: 'backup-restore',
  promise:
    'a backup made under load holds everything acknowledged up to its moment, at most 60 s old when it is done; restored into an empty folder it is whole, and the product is ready within 5 min',
  async run({ seed, times = 3, say }) {
    const random = seeded(seed)
    const folder = temporaryFolder()
    const [data, to, restored] = [join(folder.path, 'data'), join(folder.path, 'backups'), join(folder.path, 'restored')]
    const faults: string[] = []
    const answered: Answered[] = []
    try {
      const feedPort = await freePort()
      const product = await startProduct(data, ['--no-demo', '--feed', `tcp-server://127.0.0.1:${feedPort}?name=check`])
      const socket = await connectTo(feedPort)
      socket.on('error', () => {})
      const sender = startSender(socket, { perSecond: SENTENCES_PER_SECOND })
      let isAlive = true
      const reporters = Array.from({ length: REPORTERS }, async (_, n) => {
        while (isAlive) await report(product, `backup-${n}-${randomBytes(4).toString('hex')}`, answered)
      })
      let made: Made | undefined
      let endedAtMs = 0
      for (let round = 0; round < times; round++) {
        await new Promise(done => setTimeout(done, 3000 + random() * 4000))
        const outcome = await runCommand(['backup', '--data', data, '--to', to, '--json'])
        endedAtMs = Date.now()
        if (outcome.code !== 0) faults.push(`backup ${round + 1}: ${outcome.stderr.trim()}`)
        else {
          made = JSON.parse(outcome.stdout)
          say(
            `backup ${round + 1} of ${times}: ${made?.tookMs} ms, ${mb(made?.bytes)} (${mb(made?.newBytes)} new), ${answered.length} reports answered`,
          )
        }
      }
      // The machine is lost, in the middle of one more backup.
      const cut = runCommand(['backup', '--data', data, '--to', to, '--json'])
      await new Promise(done => setTimeout(done, random() * 1500))
      const killedAtMs = Date.now()
      await product.kill()
      isAlive = false
      sender.stop()
      socket.destroy()
      await Promise.all(reporters)
      const last = await cut
      if (last.code === 0) [made, endedAtMs] = [JSON.parse(last.stdout), Date.now()]
      else if (!/try again|changed/.test(last.stderr)) faults.push(`the backup during the kill: ${last.stderr.trim()}`)
      if (!made) return { pass: false, figure: `no backup was made: ${faults.join('; ')}` }
      const atMs = Date.parse(made.at)
      const rpoMs = endedAtMs - atMs

      const began = performance.now()
      const back = await runCommand(['restore', '--from', to, '--data', restored])
      if (back.code !== 0) faults.push(`restore: ${(back.stderr + back.stdout).trim().slice(-300)}`)
      const again = await startProduct(restored, ['--no-demo'])
      const rtoMs = performance.now() - began
      faults.push(...(await missing(again, answered, atMs)))
      faults.push(
        ...(await sentencesMissing(restored, sender.sentBefore(Math.min(atMs, killedAtMs) - performance.timeOrigin - MAY_LOSE_MS))),
      )
      await again.stop()
      for (const command of ['verify', 'check']) {
        const { code, stderr } = await runCommand([command, '--data', restored])
        if (code !== 0) faults.push(`${command} after the restore and a run: ${stderr.trim()}`)
      }
      const left = readdirSync(to).filter(name => !name.startsWith('mangru-'))
      if (left.length > 0) faults.push(`left beside the backups: ${left.join(', ')}`)
      const kept = answered.filter(one => one.atMs <= atMs).length
      return {
        pass: faults.length === 0 && rpoMs <= RPO_MS && rtoMs <= RTO_MS && kept > 0,
        figure: `${times} backups of up to ${mb(made.bytes)} under ${SENTENCES_PER_SECOND} sentences/s and ${answered.length} reports, one more cut by kill -9; ${kept} reports of before the moment all there, RPO ${(rpoMs / 1000).toFixed(1)} s, RTO ${(rtoMs / 1000).toFixed(1)} s (restore, verify, check, ready); ${faults.length} faults${faults.length ? `: ${faults.slice(0, 3).join('; ')}` : ''}`,
      }
    } finally {
      folder.remove()
    }
  },
}

const mb = (bytes = 0): string => `${Math.round(bytes / 1e6)} MB`

/** Noted when the product has answered. */
async function report(product: RunningProduct, id: string, answered: Answered[]): Promise<void> {
  const outcome = await product
    .post<{ number: string }>('/api/incidents', { id, organisation: 'busan', text: `보고 ${id} ${randomBytes(8).toString('hex')}` })
    .catch(() => undefined)
  if (outcome?.status === 201) answered.push({ id, number: outcome.body.number, atMs: Date.now() })
  else await new Promise(done => setTimeout(done, 50))
}

/** Reports answered before this moment that the restored product does not know, or knows by another number. */
async function missing(product: RunningProduct, answered: readonly Answered[], untilMs: number): Promise<string[]> {
  const numbers = new Map<string, string>()
  for (let before = ''; ; ) {
    const page = await product.get<{ incidents: { id: string; number: string }[]; isLast: boolean }>(
      `/api/incidents?limit=200${before ? `&before=${before}` : ''}`,
    )
    for (const { id, number } of page.incidents) numbers.set(id, number)
    before = page.incidents.at(-1)?.id ?? ''
    if (page.isLast) break
  }
  return answered
    .filter(one => one.atMs <= untilMs && numbers.get(one.id) !== one.number)
    .map(({ id, number }) => `${id} was answered as ${number} before the backup's moment and is ${numbers.get(id) ?? 'not there'}`)
}

async function sentencesMissing(data: string, sent: readonly string[]): Promise<string[]> {
  const raw = await runCommand(['raw', '--data', data, '--feed', 'check'])
  const kept = new Set([...raw.stdout.matchAll(/![A-Z]{2}VDM[^\r\n\\]*/g)].map(found => found[0]))
  const lost = sent.filter(sentence => !kept.has(sentence)).length
  return lost > 0 || sent.length === 0 ? [`of ${sent.length} sentences sent before the backup's moment ${lost} are missing`] : []
}

// Reliability check 1: kill -9 at random moments under load. At most the last second of raw input is lost, no acknowledged deed is lost, no alarm is
// doubled, the product is ready again within 3 s, and the chain is whole every time.
import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { connectTo, eventually, freePort, type RunningProduct, runCommand, startProduct, temporaryFolder } from '../src/testkit/product.ts'
import { type Check, seeded } from './check.ts'
import { beaconSentence, type Sender, startSender } from './traffic.ts'

const SENTENCES_PER_SECOND = 2000
const READY_WITHIN_MS = 3000
const MAY_LOSE_MS = 1000

interface Alarm {
  readonly id: string
  readonly state: string
  readonly detector: string
  readonly ships: readonly number[]
}

interface Round {
  readonly lost: number
  readonly readyAfterMs: number
  readonly readyCpuMs: number
}

export const check: Check = {
  name: 'kill',
  promise:
    'kill -9 at any moment loses at most the last second of raw input, no acknowledged deed, doubles no alarm, and the product is ready within 3 s',
  async run({ seed, times = 100, say }) {
    const random = seeded(seed)
    const folder = temporaryFolder()
    const faults: string[] = []
    const rounds: Round[] = []
    const acknowledged = new Map<string, number>()
    let sent = 0
    try {
      for (let round = 0; round < times; round++) {
        const feedPort = await freePort()
        const product = await startProduct(folder.path, ['--no-demo', '--feed', `tcp-server://127.0.0.1:${feedPort}?name=check`])
        const readyCpuMs = cpuMsOf(product.pid)
        if (round > 0) faults.push(...(await deedsHold(product, acknowledged)).map(fault => `round ${round}: ${fault}`))
        const socket = await connectTo(feedPort)
        socket.on('error', () => {})
        const beacon = 970_000_000 + round
        socket.write(beaconSentence(beacon))
        const sender = startSender(socket, { perSecond: SENTENCES_PER_SECOND, first: sent })
        await acknowledgeBeacon(product, beacon, acknowledged)
        await new Promise(done => setTimeout(done, 50 + random() * 2950))
        await product.kill()
        const killedAt = performance.now()
        sent = sender.stop()
        socket.destroy()
        const lost = await missing(folder.path, sender, killedAt)
        if (lost > 0) faults.push(`round ${round}: ${lost} sentences older than ${MAY_LOSE_MS} ms are missing`)
        rounds.push({ lost, readyAfterMs: product.readyAfterMs, readyCpuMs })
        if (round % 10 === 9)
          say(
            `${round + 1} of ${times} kills, ${faults.length} faults, ${rounds.filter(isLate).length} late, load ${loadavg()[0]?.toFixed(1)}`,
          )
      }
      const verified = await runCommand(['verify', '--data', folder.path])
      if (verified.code !== 0) faults.push(`verify: ${verified.stderr.trim()}`)
    } finally {
      folder.remove()
    }
    const worst = (of: (round: Round) => number): number => Math.round(Math.max(...rounds.map(of)))
    const late = rounds.filter(isLate).length
    return {
      pass: faults.length === 0 && late === 0,
      figure: `${times} kills, ${sent} sentences, ${acknowledged.size} acknowledged alarms; ${late} starts over ${READY_WITHIN_MS} ms, slowest ready ${worst(round => round.readyAfterMs)} ms (CPU until ready: ${worst(round => round.readyCpuMs)} ms at most); ${faults.length} faults of data${faults.length ? `: ${faults.slice(0, 3).join('; ')}` : ''}`,
    }
  },
}

const isLate = (round: Round): boolean => round.readyAfterMs > READY_WITHIN_MS

/** CPU time of a process so far, all its threads (Linux; 0 elsewhere): on a machine that is busy with other work it tells more than the clock. */
function cpuMsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return 0
  }
}

async function acknowledgeBeacon(product: RunningProduct, mmsi: number, acknowledged: Map<string, number>): Promise<void> {
  const alarm = await eventually(async () => (await product.get<Alarm[]>('/api/alarms')).find(found => found.ships.includes(mmsi)))
  const answer = await product.post(`/api/alarms/${encodeURIComponent(alarm.id)}/acknowledge`, { deedId: `kill-${mmsi}` })
  if (answer.status < 300) acknowledged.set(alarm.id, mmsi)
}

/** What a restarted product must still know: every acknowledged alarm, once. */
async function deedsHold(product: RunningProduct, acknowledged: ReadonlyMap<string, number>): Promise<string[]> {
  const open = await product.get<Alarm[]>('/api/alarms')
  const faults: string[] = []
  for (const [id, mmsi] of acknowledged) {
    const same = open.filter(alarm => alarm.ships.includes(mmsi) && alarm.detector === 'distress-beacon')
    if (same.length > 1) faults.push(`${same.length} alarms for beacon ${mmsi}`)
    const alarm = open.find(found => found.id === id)
    if (!alarm) faults.push(`acknowledged alarm ${id} is gone`)
    else if (alarm.state === 'raised') faults.push(`alarm ${id} forgot its acknowledgement`)
  }
  return faults
}

/** Sentences sent more than a second before the kill that the ledger does not hold. */
async function missing(data: string, sender: Sender, killedAt: number): Promise<number> {
  const raw = await runCommand(['raw', '--data', data, '--feed', 'check'])
  const kept = new Set([...raw.stdout.matchAll(/![A-Z]{2}VDM[^\r\n\\]*/g)].map(found => found[0]))
  return sender.sentBefore(killedAt - MAY_LOSE_MS).filter(sentence => !kept.has(sentence)).length
}

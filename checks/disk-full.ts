// Reliability check 3: a 64 MB disk is filled under the running product and freed again. The live picture goes on, alarms raised meanwhile are kept,
// the officer is told, and the product recovers alone. Needs the right to mount a tmpfs (root on Linux); says so otherwise.
import { spawnSync } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { connectTo, eventually, freePort, runCommand, startProduct, temporaryFolder } from '../src/testkit/product.ts'
import type { Check } from './check.ts'
import { beaconSentence, startSender } from './traffic.ts'

interface Alarm {
  readonly id: string
  readonly detector: string
  readonly ships: readonly number[]
}

/** Writes until the disk says no. */
function fill(path: string): void {
  const file = openSync(path, 'w')
  const block = Buffer.alloc(1 << 16)
  for (let size = block.length; size >= 512; ) {
    try {
      writeSync(file, block, 0, size)
    } catch {
      size /= 2
    }
  }
  closeSync(file)
}

export const check: Check = {
  name: 'disk-full',
  promise: 'with the disk full the picture goes on, the officer is told, alarms are kept, nothing is corrupted, and it recovers alone',
  async run({ seed, times: seconds = 180, say }) {
    const folder = temporaryFolder()
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder.path])
    if (mounted.status !== 0)
      return { pass: false, figure: `cannot mount a tmpfs here (${mounted.stderr.toString().trim()}); run it as root on Linux` }
    const faults: string[] = []
    const feedPort = await freePort()
    const ballast = join(folder.path, 'ballast')
    try {
      const product = await startProduct(folder.path, ['--no-demo', '--feed', `tcp-server://127.0.0.1:${feedPort}?name=check`])
      const socket = await connectTo(feedPort)
      const sender = startSender(socket, { perSecond: 2000, first: seed })
      const alarms = (): Promise<Alarm[]> => product.get<Alarm[]>('/api/alarms')
      const raises = (mmsi: number): Promise<boolean> => {
        socket.write(beaconSentence(mmsi))
        return eventually(async () => ((await alarms()).some(alarm => alarm.ships.includes(mmsi)) ? true : undefined), 10_000).catch(
          () => false,
        )
      }
      if (!(await raises(970_002_001))) faults.push('no alarm before the disk was full')
      await new Promise(done => setTimeout(done, 3000))
      fill(ballast)
      say('the disk is full')
      const told = await eventually(
        async () =>
          (await product.get<{ reasons?: unknown }>('/api/status')) &&
          JSON.stringify([await alarms(), await product.get('/api/storage')]).match(/disk|full/i)
            ? true
            : undefined,
        30_000,
      ).catch(() => false)
      if (!told) faults.push('nobody was told that the disk is full')
      for (let n = 0, until = performance.now() + seconds * 1000; performance.now() < until; n++) {
        if (!(await raises(970_002_100 + n))) faults.push(`alarm ${n} was not raised while the disk was full`)
        await new Promise(done => setTimeout(done, 10_000))
      }
      rmSync(ballast)
      say('the disk has room again')
      await new Promise(done => setTimeout(done, 10_000))
      if (!(await raises(970_002_999))) faults.push('no alarm after the disk had room again')
      await new Promise(done => setTimeout(done, 3000))
      sender.stop()
      socket.destroy()
      const before = (await alarms()).filter(alarm => alarm.detector === 'distress-beacon').length
      const code = await product.stop()
      if (code !== 0) faults.push(`the stop ended with ${code}`)
      const verified = await runCommand(['verify', '--data', folder.path])
      if (verified.code !== 0) faults.push(`verify: ${verified.stderr.trim()}`)
      const again = await startProduct(folder.path, ['--no-demo'])
      const after = (await again.get<Alarm[]>('/api/alarms')).filter(alarm => alarm.detector === 'distress-beacon').length
      await again.stop()
      if (after !== before) faults.push(`${before} alarms before the restart, ${after} after`)
      return {
        pass: faults.length === 0,
        figure: `${before} alarms raised, ${after} after the restart; ${faults.slice(0, 3).join('; ') || 'no faults'}`,
      }
    } finally {
      spawnSync('umount', ['-l', folder.path])
      folder.remove()
    }
  },
}

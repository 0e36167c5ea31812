// Reliability check 13: a second product on the same data folder is refused within a second, told whose it is; a lock left by kill -9 is in nobody's way.
import { runCommand, startProduct, temporaryFolder } from '../src/testkit/product.ts'
import type { Check } from './check.ts'

export const check: Check = {
  name: 'two-on-one-folder',
  promise:
    'a second instance on the same data folder is refused with the owner’s pid; readers work beside it; a killed owner’s lock is no obstacle',
  async run() {
    const folder = temporaryFolder()
    const faults: string[] = []
    let refusedAfterMs = Number.NaN
    try {
      const first = await startProduct(folder.path, ['--no-demo'])
      const began = performance.now()
      const second = await runCommand(['start', '--data', folder.path, '--no-demo', '--port', '0'])
      refusedAfterMs = performance.now() - began
      if (second.code !== 1) faults.push(`the second start ended with ${second.code}`)
      if (!second.stderr.includes(String(first.pid))) faults.push(`the refusal does not name pid ${first.pid}: ${second.stderr.trim()}`)
      for (const reader of ['raw', 'verify', 'check']) {
        const beside = await runCommand([reader, '--data', folder.path])
        if (beside.code !== 0)
          faults.push(`${reader} beside the running product ended with ${beside.code}: ${beside.stderr.trim().slice(0, 200)}`)
      }
      await first.kill()
      const third = await startProduct(folder.path, ['--no-demo'])
      const code = await third.stop()
      if (code !== 0) faults.push(`an orderly stop ended with ${code}`)
    } finally {
      folder.remove()
    }
    return {
      pass: faults.length === 0,
      figure: `refused after ${Math.round(refusedAfterMs)} ms, process start included; ${faults.join('; ') || 'no faults'}`,
    }
  },
}

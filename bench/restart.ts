// A start after kill -9, when the picture is large and much was received since it was last saved: the snapshot, then the ledger's tail through the same code.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, startProduct, temporaryFolder } from '../src/testkit/product.ts'
import type { Bench, Figure } from './bench.ts'
import { traffic } from './whole-path.ts'

async function killedWith(ships: number, perSecond: number, seconds: number): Promise<Figure> {
  const folder = temporaryFolder()
  const args = ['--no-demo', '--feed', `tcp-server://127.0.0.1:${await freePort()}?name=bench`]
  try {
    const product = await startProduct(folder.path, args)
    const port = Number(/:(\d+)\?/.exec(args[2] ?? '')?.[1])
    await traffic(port, perSecond, ships, seconds)
    const before = await product.get<{ ships: number }>('/api/status')
    await product.kill()
    const again = await startProduct(folder.path, args)
    const after = await again.get<{ ships: number }>('/api/status')
    const told = /picture of .*/.exec(again.errors())?.[0] ?? ''
    await again.stop()
    const megabytes = statSync(join(folder.path, 'picture.snapshot')).size / 1e6
    return {
      name: `ready after kill -9, ${ships} ships`,
      value: again.readyAfterMs / 1000,
      unit: 's',
      goal: '< 3',
      size: `${perSecond}/s for ${seconds} s; ${before.ships} ships before, ${after.ships} after; ${told}; snapshot at the end ${megabytes.toFixed(0)} MB`,
    }
  } finally {
    folder.remove()
  }
}

export const bench: Bench = {
  name: 'restart',
  question: 'how long after kill -9 until the picture is back and it is ready?',
  run: async () => [await killedWith(20_000, 5000, 115), await killedWith(20_000, 50_000, 60), await killedWith(200_000, 20_000, 60)],
}

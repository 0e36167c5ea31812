// The picture comes back from the ledger whatever the ledger holds.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLedger } from '#evidence/index.ts'
import { machineClock } from '#platform/clock/index.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { openDoors } from './test-doors.ts'

test('a start replays bad sentences of the ledger like good ones: what is refused is passed over', async () => {
  const folder = temporaryFolder()
  const ledger = await openLedger({ directory: join(folder.path, 'ledger'), clock: machineClock, onFault: () => {} })
  const lines = '!AIVDM,1,1,,A,13aG9t0P00PDQK`N;HEh0?vN0<0t,0*FF\r\n!AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C\r\n'
  ledger.append(ledger.feed('busan'), Buffer.from(lines), machineClock.now())
  await ledger.close()
  const doors = await openDoors(folder.path)
  const status = Object((await doors.ask(doors.caller('watch-officer', 'hq').id, 'GET', '/api/status')).json())
  await doors.stop()
  folder.remove()
  expect(status.ships).toBe(1)
})

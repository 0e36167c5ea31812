// What is kept on the disk before anything is heard: the store and the ledger. When one of them cannot write, that is an alarm, the reserve goes to the store,
// and the watch goes on.
import { join } from 'node:path'
import type { Clock } from '#base/index.ts'
import { type Ledger, openLedger } from '#evidence/index.ts'
import { diskRoom } from '#platform/files/index.ts'
import type { Log } from '#platform/log/index.ts'
import { openStore, type Store } from '#platform/store/index.ts'
import { noteRestore } from './backup/index.ts'
import type { DiskAlarm } from './disk-alarm.ts'
import { MIGRATIONS } from './migrations.ts'
import { createReserve, type Reserve } from './reserve.ts'

export interface KeptOptions {
  readonly data: string
  readonly clock: Clock
  readonly log: Log
  readonly disk: DiskAlarm
}

export async function openKept({ data, clock, log, disk }: KeptOptions): Promise<{
  readonly store: Store
  readonly ledger: Ledger
  readonly reserve: Reserve
}> {
  const reserve = createReserve(join(data, 'reserve'))
  reserve.keep((await diskRoom(data)).freeBytes)
  const store = await openStore({
    file: join(data, 'store', 'mangru.db'),
    migrations: MIGRATIONS,
    onFault: sentence => {
      if (sentence) {
        reserve.free()
        log.error(`the store cannot write: ${sentence}`)
      } else log.info('the store writes again')
      disk.tell('store', sentence)
    },
  })
  await noteRestore(data, store, clock.now())
  const ledger = await openLedger({
    directory: join(data, 'ledger'),
    clock,
    onFault: fault => {
      if (fault) log.error(`the ledger cannot write (${fault.code}): ${fault.message}`)
      else log.info('the ledger writes again')
      disk.tell('ledger', fault?.code)
    },
  })
  return { store, ledger, reserve }
}

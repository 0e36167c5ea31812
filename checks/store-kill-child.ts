// The process that checks/store-kill.ts kills: writes audit rows without pause and says after each group how many it was told are kept.
import { ACCESS_MIGRATIONS, auditStatement } from '#access/index.ts'
import { openStore } from '#platform/store/index.ts'

const AT_ONCE = 500

const [file = '', firstText = '0'] = process.argv.slice(2)
const store = await openStore({ file, migrations: ACCESS_MIGRATIONS })
let next = Number(firstText)
const one = async (n: number): Promise<void> => {
  await store.write([auditStatement({ atMs: n, who: 'check', deed: 'row', thing: String(n) })])
  process.stdout.write(`${n}\n`)
}
process.stdout.write('ready\n')
for (;;) await Promise.all(Array.from({ length: AT_ONCE }, () => one(next++)))

// The telling of alarms by SMPP under kill -9 at random moments, counted at a message centre of its own: no alarm that is kept is untold, and none is told twice but where the text
// says so (the submit was in doubt).
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { createMessageCentre } from '../src/testkit/message-centre.ts'
import { temporaryFolder } from '../src/testkit/product.ts'
import { type Check, seeded } from './check.ts'

const CHILD = fileURLToPath(new URL('./telling-kill-child.ts', import.meta.url))
const SUBJECT = /\bS(\d+)\b/
const RESENT = '「재전송」'
const END_MS = 120_000

/** Runs until killed after this long, or (no time given) until it ends by itself. */
function run(args: readonly string[], afterMs: number | undefined): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD, ...args])
    let words = ''
    const late = setTimeout(() => child.kill('SIGKILL'), END_MS)
    child.stdout.once('data', () => {
      if (afterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), afterMs)
    })
    child.stderr.on('data', piece => (words += piece))
    child.on('error', fail)
    child.on('close', (code, signal) => {
      clearTimeout(late)
      if (afterMs === undefined ? code === 0 : signal === 'SIGKILL') done()
      else fail(new Error(`the child ended with ${code ?? signal}: ${words.slice(0, 500)}`))
    })
  })
}

export const check: Check = {
  name: 'telling-kill',
  promise:
    'kill -9 at random moments: no alarm stays untold, and by SMPP a text comes twice only where nobody could know, marked 「재전송」',
  async run({ seed, times = 100, say }) {
    const random = seeded(seed)
    const folder = temporaryFolder()
    const file = join(folder.path, 'store.db')
    const centre = await createMessageCentre()
    const faults: string[] = []
    let next = 0
    let told = 0
    let marked = 0
    try {
      for (let kill = 1; kill <= times; kill++) {
        // Sometimes the operator is slow, too: answers and receipts are on their way when the kill comes.
        centre.receipts = random() < 0.5 ? 'after' : 'none'
        await run([file, String(centre.port), String(next)], 20 + random() * 500)
        next += 10_000
        if (kill % 20 === 0) say(`${kill} of ${times} kills, ${centre.got.length} parts at the centre`)
      }
      await run([file, String(centre.port), '0', 'end'], undefined)
      const database = new DatabaseSync(file, { readOnly: true })
      const kept = database.prepare("SELECT json_extract(body, '$.joined.subjects[0].id') AS subject FROM alarms").all()
      database.close()
      const plain = new Map<string, number>()
      const again = new Map<string, number>()
      for (const { text } of centre.texts()) {
        const subject = SUBJECT.exec(text)?.[0]
        if (subject === undefined) faults.push(`a text without its subject: ${text.slice(0, 60)}`)
        else (text.startsWith(RESENT) ? again : plain).set(subject, ((text.startsWith(RESENT) ? again : plain).get(subject) ?? 0) + 1)
      }
      for (const { subject } of kept)
        if (!plain.has(String(subject)) && !again.has(String(subject))) faults.push(`${subject} was told to nobody`)
      for (const [subject, count] of plain) if (count > 1) faults.push(`${subject} was told ${count} times without a mark`)
      told = kept.length
      marked = [...again.values()].reduce((sum, one) => sum + one, 0)
    } finally {
      await centre.close()
      folder.remove()
    }
    return {
      pass: faults.length === 0 && told > times,
      figure: `${times} kills, ${told} alarms kept, all told; ${marked} texts went again in doubt, marked; ${faults.length} faults${faults.length ? `: ${faults.slice(0, 3).join('; ')}` : ''}`,
    }
  },
}

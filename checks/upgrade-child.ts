// The process that checks/upgrade.ts kills: brings a store up to this version and says after each step that it is done. With a step's name it kills itself right after that one.
// The steps come in a file: a process that loads every room for them takes seconds to begin.
import { readFileSync, writeSync } from 'node:fs'
import { migrate } from '../src/platform/store/migrations.ts'

const [file = '', steps = '', last = ''] = process.argv.slice(2)
writeSync(1, 'ready\n')
migrate(file, JSON.parse(readFileSync(steps, 'utf8')), id => {
  writeSync(1, `${id}\n`)
  if (id === last) process.kill(process.pid, 'SIGKILL')
})

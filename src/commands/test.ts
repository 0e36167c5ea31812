import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Command } from './command.ts'

/** Runs every test with the product's own runtime. */
export const test: Command = {
  name: 'test',
  summary: 'runs the tests',
  help: 'usage: mangru test [vitest arguments]\n\nexamples:\n  mangru test\n  mangru test src/wire',
  run: args =>
    new Promise((done, fail) => {
      const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
      const root = fileURLToPath(new URL('../..', import.meta.url))
      const child = spawn(process.execPath, [vitest, 'run', ...args], { stdio: 'inherit', cwd: root })
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal))
      child.on('error', fail)
      child.on('exit', code => done(code ?? 1))
    }),
}

// Builds the AIS codec to JavaScript and type declarations: the package's entry point `mangru/ais`, for those who use it without the rest.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Writes dist/ais anew; the compiler's exit code. */
export function buildAis(): number {
  rmSync(join(ROOT, 'dist/ais'), { recursive: true, force: true })
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
  const { status } = spawnSync(process.execPath, [compiler, '-p', join(ROOT, 'tsconfig.ais.json')], { stdio: 'inherit' })
  return status ?? 1
}

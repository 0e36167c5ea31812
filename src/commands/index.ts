// The commands of `mangru`, in the order --help lists them. Loaded lazily: a command pays only for its own room.
import type { Command } from './command.ts'

export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start.ts')).start,
  decode: async () => (await import('./decode.ts')).decode,
  encode: async () => (await import('./encode.ts')).encode,
  judge: async () => (await import('./judge.ts')).judge,
  replay: async () => (await import('./replay.ts')).replay,
  simulate: async () => (await import('./simulate.ts')).simulate,
  raw: async () => (await import('./raw.ts')).raw,
  track: async () => (await import('./track.ts')).track,
  near: async () => (await import('./near.ts')).near,
  report: async () => (await import('./report.ts')).report,
  key: async () => (await import('./key.ts')).key,
  check: async () => (await import('./check.ts')).check,
  verify: async () => (await import('./verify.ts')).verify,
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./restore.ts')).restore,
  migrate: async () => (await import('./migrate.ts')).migrate,
  bench: async () => (await import('./bench.ts')).bench,
  doctor: async () => (await import('./doctor.ts')).doctor,
  test: async () => (await import('./test.ts')).test,
  dev: async () => (await import('./dev.ts')).dev,
}

// ZIP files whose bytes depend on their members alone: the as-of time as every member's time, members in the order given.
import { unzipSync, type Zippable, zipSync } from 'fflate'

export interface Member {
  readonly name: string
  readonly bytes: Uint8Array
  /** Not packed: HWPX wants its first member so. */
  readonly isStored?: true
}

/** ZIP knows local times of two seconds between 1980 and 2099: KST of the as-of time, whatever the machine's own zone is. */
function timeOf(asOfMs: number): Date {
  const kst = new Date(Math.min(Math.max(asOfMs, Date.UTC(1981, 0, 1)), Date.UTC(2098, 0, 1)) + 9 * 3_600_000)
  return new Date(kst.getUTCFullYear(), kst.getUTCMonth(), kst.getUTCDate(), kst.getUTCHours(), kst.getUTCMinutes(), 0)
}

export function zipped(members: readonly Member[], asOfMs: number): Buffer {
  const mtime = timeOf(asOfMs)
  const files: Zippable = {}
  for (const { name, bytes, isStored } of members) files[name] = [bytes, { level: isStored ? 0 : 6, mtime, os: 0, attrs: 0 }]
  return Buffer.from(zipSync(files))
}

export const unzipped = (bytes: Uint8Array): readonly Member[] =>
  Object.entries(unzipSync(bytes)).map(([name, content]) => ({ name, bytes: content }))

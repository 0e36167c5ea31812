// Where and when a photo was taken, and how the camera was turned, from its Exif block (TIFF). Never throws: what does not read is absent. CIPA DC-008 (Exif 2.32).

export interface Exif {
  readonly lat?: number
  readonly lon?: number
  readonly takenAtMs?: number
  /** 1–8: how to turn it for looking. */
  readonly orientation?: number
}

/** Phones here write local time without a zone where they write none. */
const KST_MS = 9 * 3_600_000
const BYTES_OF_TYPE: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 }

export function readExif(tiff: Buffer): Exif {
  const order = tiff.toString('latin1', 0, 2)
  if (order !== 'II' && order !== 'MM') return {}
  const isLittle = order === 'II'
  const u16 = (at: number): number => (at < 0 || at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const u32 = (at: number): number => (at < 0 || at + 4 > tiff.length ? 0 : isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at))

  /** tag → where its values lie, how many. */
  const directory = (at: number): ReadonlyMap<number, { readonly at: number; readonly count: number }> => {
    const entries = new Map<number, { at: number; count: number }>()
    const n = at > 0 ? Math.min(u16(at), 500) : 0
    for (let i = 0; i < n; i++) {
      const entry = at + 2 + 12 * i
      if (entry + 12 > tiff.length) break
      const [tag, type, count] = [u16(entry), u16(entry + 2), u32(entry + 4)]
      const bytes = (BYTES_OF_TYPE[type] ?? 0) * count
      const place = bytes <= 4 ? entry + 8 : u32(entry + 8)
      if (bytes > 0 && place + bytes <= tiff.length) entries.set(tag, { at: place, count })
    }
    return entries
  }
  const text = (entry: { at: number; count: number } | undefined): string =>
    entry
      ? tiff
          .toString('latin1', entry.at, entry.at + entry.count)
          .split('\0')[0]!
          .trim()
      : ''
  const degrees = (entry: { at: number; count: number } | undefined): number => {
    if (!entry || entry.count < 3) return Number.NaN
    const part = (i: number): number => u32(entry.at + 8 * i) / (u32(entry.at + 8 * i + 4) || Number.NaN)
    return part(0) + part(1) / 60 + part(2) / 3600
  }

  const main = directory(u32(4))
  const gps = directory(u32(main.get(0x8825)?.at ?? -1))
  const own = directory(u32(main.get(0x8769)?.at ?? -1))
  const lat = degrees(gps.get(2)) * (text(gps.get(1)) === 'S' ? -1 : 1)
  const lon = degrees(gps.get(4)) * (text(gps.get(3)) === 'W' ? -1 : 1)
  const hasPlace = Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && !(lat === 0 && lon === 0)
  const takenAtMs = timeOf(text(own.get(0x9003)), text(own.get(0x9011)))
  const turn = main.get(0x0112)
  const orientation = turn ? u16(turn.at) : 0
  return {
    ...(hasPlace ? { lat, lon } : {}),
    ...(takenAtMs === undefined ? {} : { takenAtMs }),
    ...(orientation >= 1 && orientation <= 8 ? { orientation } : {}),
  }
}

/** `2026:11:24 03:02:11`, `+09:00`. */
function timeOf(local: string, zone: string): number | undefined {
  const found = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(local)
  if (!found) return undefined
  const [, y, mo, d, h, mi, s] = found.map(Number)
  const ms = Date.UTC(y ?? 0, (mo ?? 1) - 1, d, h, mi, s)
  const offset = /^([+-])(\d\d):(\d\d)$/.exec(zone)
  const zoneMs = offset ? (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3])) * 60_000 : KST_MS
  return Number.isFinite(ms) && (y ?? 0) > 1990 ? ms - zoneMs : undefined
}

/** An Exif block that holds the turn of the camera and nothing else. */
export function turnedExif(orientation: number): Buffer {
  const block = Buffer.alloc(26)
  block.write('MM', 0, 'latin1')
  block.writeUInt16BE(42, 2)
  block.writeUInt32BE(8, 4)
  block.writeUInt16BE(1, 8)
  block.writeUInt16BE(0x0112, 10)
  block.writeUInt16BE(3, 12)
  block.writeUInt32BE(1, 14)
  block.writeUInt16BE(orientation, 18)
  return block
}

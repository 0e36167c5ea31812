// ZIP files, as little as an export needs: deflated members, names in UTF-8, no folders, below 4 GB. PKWARE APPNOTE 6.3.10. The reader is for `mangru verify`: it
// takes what is in the central directory and refuses what does not fit it.
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'

export interface ZipMember {
  readonly name: string
  readonly bytes: Uint8Array
}

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const UTF8 = 0x0800
const DEFLATED = 8
/** 1980-01-01: the time of making is told by the manifest, not here, so that the same evidence gives the same bytes. */
const DATE = 0x0021
const MAX_MEMBER_BYTES = 1 << 30

export function zipOf(members: readonly ZipMember[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes } of members) {
    const label = Buffer.from(name)
    const packed = deflateRawSync(bytes)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(UTF8, 2)
    fields.writeUInt16LE(DEFLATED, 4)
    fields.writeUInt16LE(DATE, 8)
    fields.writeUInt32LE(crc32(bytes), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(bytes.length, 18)
    fields.writeUInt16LE(label.length, 22)
    parts.push(u32(LOCAL), fields, label, packed)
    const more = Buffer.alloc(14)
    more.writeUInt32LE(offset, 10)
    directory.push(u32(CENTRAL), Buffer.from([20, 0]), fields, more, label)
    offset += 30 + label.length + packed.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(members.length, 4)
  end.writeUInt16LE(members.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, central, u32(END), end])
}

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

export const isZip = (bytes: Uint8Array): boolean =>
  bytes.length >= 22 && Buffer.from(bytes.buffer, bytes.byteOffset, 4).readUInt32LE(0) === LOCAL

/** The members, or what is wrong with the file. */
export function membersOf(zip: Buffer): readonly ZipMember[] | string {
  const endAt = zip.length - 22
  if (endAt < 0 || zip.readUInt32LE(endAt) !== END) return 'its end is missing: it was cut, or something was added to it'
  const count = zip.readUInt16LE(endAt + 10)
  let at = zip.readUInt32LE(endAt + 16)
  let covered = 0
  const members: ZipMember[] = []
  for (let n = 0; n < count; n++) {
    if (at + 46 > endAt || zip.readUInt32LE(at) !== CENTRAL) return 'its list of members is damaged'
    const packedBytes = zip.readUInt32LE(at + 20)
    const bytes = zip.readUInt32LE(at + 24)
    const nameLength = zip.readUInt16LE(at + 28)
    const from = zip.readUInt32LE(at + 42)
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    if (zip.readUInt16LE(at + 10) !== DEFLATED || bytes > MAX_MEMBER_BYTES) return `${name}: it is packed in a way exports are not`
    if (from + 30 > zip.length || zip.readUInt32LE(from) !== LOCAL || from !== covered)
      return `${name}: it does not lie where the list says`
    const begin = from + 30 + zip.readUInt16LE(from + 26) + zip.readUInt16LE(from + 28)
    covered = begin + packedBytes
    try {
      const plain = inflateRawSync(zip.subarray(begin, begin + packedBytes), { maxOutputLength: Math.max(1, bytes) })
      if (plain.length !== bytes || crc32(plain) !== zip.readUInt32LE(at + 16)) return `${name}: its bytes are not those that were packed`
      members.push({ name, bytes: plain })
    } catch {
      return `${name}: it cannot be unpacked`
    }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return at === endAt ? members : 'there is something in it that its list does not name'
}

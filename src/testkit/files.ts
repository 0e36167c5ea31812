// Small files of the kinds officers attach, made by their specifications: whole in structure, with a picture nobody needs to see.
import { crc32 } from 'node:zlib'

const segment = (marker: number, body: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

/** A TIFF block with a position, a time and a turn, as a phone writes it. */
export function exifBlock({ lat = 35.077, lon = 128.998, time = '2026:11:24 03:02:11', turn = 6 } = {}): Buffer {
  const block = Buffer.alloc(400)
  block.write('II*\0', 0, 'latin1')
  block.writeUInt32LE(8, 4)
  const entry = (at: number, tag: number, type: number, count: number, value: number): void => {
    block.writeUInt16LE(tag, at)
    block.writeUInt16LE(type, at + 2)
    block.writeUInt32LE(count, at + 4)
    block.writeUInt32LE(value, at + 8)
  }
  block.writeUInt16LE(3, 8)
  entry(10, 0x0112, 3, 1, turn)
  entry(22, 0x8769, 4, 1, 100)
  entry(34, 0x8825, 4, 1, 150)
  block.writeUInt16LE(1, 100)
  entry(102, 0x9003, 2, 20, 300)
  block.write(`${time}\0`, 300, 'latin1')
  block.writeUInt16LE(4, 150)
  const reference = (at: number, tag: number, letter: string): void => {
    entry(at, tag, 2, 2, 0)
    block.write(letter, at + 8, 'latin1')
  }
  const degrees = (at: number, value: number): void => {
    const whole = Math.floor(value)
    const minutes = Math.floor((value - whole) * 60)
    const seconds = Math.round((value - whole - minutes / 60) * 3_600_000)
    for (const [i, [top, bottom]] of [[whole, 1] as const, [minutes, 1] as const, [seconds, 1000] as const].entries()) {
      block.writeUInt32LE(top, at + 8 * i)
      block.writeUInt32LE(bottom, at + 8 * i + 4)
    }
  }
  reference(152, 1, lat < 0 ? 'S' : 'N')
  entry(164, 2, 5, 3, 330)
  reference(176, 3, lon < 0 ? 'W' : 'E')
  entry(188, 4, 5, 3, 360)
  degrees(330, Math.abs(lat))
  degrees(360, Math.abs(lon))
  return block
}

/** `behind`: bytes after its end, as some phones write. */
export function jpeg({
  exif,
  comment,
  behind,
}: {
  readonly exif?: Buffer
  readonly comment?: string
  readonly behind?: Buffer
} = {}): Buffer {
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from('JFIF\0\x01\x02\0\0\x01\0\x01\0\0', 'latin1')),
    ...(exif ? [segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif]))] : []),
    ...(comment === undefined ? [] : [segment(0xfe, Buffer.from(comment))]),
    segment(0xdb, Buffer.alloc(65, 1)),
    segment(0xc0, Buffer.from([8, 0, 8, 0, 8, 1, 1, 0x11, 0])),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]),
    Buffer.from([0xff, 0xd9]),
    ...(behind ? [behind] : []),
  ])
}

export function png(extra: readonly (readonly [type: string, body: Buffer])[] = []): Buffer {
  const chunk = (type: string, body: Buffer): Buffer => {
    const inside = Buffer.concat([Buffer.from(type, 'latin1'), body])
    const part = Buffer.alloc(8 + inside.length)
    part.writeUInt32BE(body.length, 0)
    inside.copy(part, 4)
    part.writeUInt32BE(crc32(inside), part.length - 4)
    return part
  }
  const size = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', size),
    ...extra.map(([type, body]) => chunk(type, body)),
    chunk('IDAT', Buffer.from('789c63600000000200010548afa4710000', 'hex')),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export function webp(extra: readonly (readonly [type: string, body: Buffer])[] = []): Buffer {
  const chunk = (type: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(8)
    head.write(type, 0, 'latin1')
    head.writeUInt32LE(body.length, 4)
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
  }
  const body = Buffer.concat([
    Buffer.from('WEBP', 'latin1'),
    ...(extra.length > 0 ? [chunk('VP8X', Buffer.from([0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0]))] : []),
    chunk('VP8L', Buffer.alloc(9, 7)),
    ...extra.map(([type, inside]) => chunk(type, inside)),
  ])
  const head = Buffer.alloc(8)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}

const box = (type: string, ...inside: readonly Buffer[]): Buffer => {
  const body = Buffer.concat([...inside])
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8, 0)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}
/** `place`: ISO 6709 as phones write it (+35.0770+128.9980/). */
export const mp4 = ({ place, brand = 'isom' }: { readonly place?: string; readonly brand?: string } = {}): Buffer =>
  Buffer.concat([
    box('ftyp', Buffer.from(`${brand}\0\0\x02\0isommp42`, 'latin1')),
    box(
      'moov',
      box('mvhd', Buffer.alloc(100)),
      ...(place === undefined ? [] : [box('udta', box('\xa9xyz', Buffer.from(`\0\x12\x15\xc7${place}`, 'latin1')))]),
    ),
    box('mdat', Buffer.alloc(64, 3)),
  ])

export const pdf = (more = ''): Buffer =>
  Buffer.from(
    `%PDF-1.7\n1 0 obj\n<< /Type /Catalog ${more} >>\nendobj\nxref\n0 1\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n`,
    'latin1',
  )

/** An archive with nothing in it: its end record alone. */
export const zipEnd = (): Buffer => Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)])

// 1/22 and 1/23: area notice, broadcast and addressed (IMO SN.1/Circ.289 §9): a head of 55 bits and up to ten sub-areas of 87.

import { readUnsigned } from '../bits.ts'
import { decodeFields, encodeFields } from '../field-codec.ts'
import { type AisObject, type AisValue, type Field, number, signed, spare, text } from '../fields.ts'
import type { Application } from './application.ts'

const SUB_AREA_BITS = 87
const MILLIMINUTE = 60_000

const head: readonly Field[] = [
  number('linkId', 10, { absent: [0] }),
  number('noticeType', 7),
  number('month', 4, { absent: [0] }),
  number('day', 5, { absent: [0] }),
  number('hour', 5, { absent: [24] }),
  number('minute', 6, { absent: [60] }),
  number('durationMin', 18, { absent: [262_143] }),
]

const centre: readonly Field[] = [
  number('scale', 2),
  signed('lon', 25, { divisor: MILLIMINUTE, absent: [181 * MILLIMINUTE] }),
  signed('lat', 24, { divisor: MILLIMINUTE, absent: [91 * MILLIMINUTE] }),
  number('precision', 3),
]
const points: readonly Field[] = [
  number('scale', 2),
  ...[1, 2, 3, 4].flatMap(n => [number(`angle${n}Deg`, 10, { divisor: 2, absent: [720] }), number(`distance${n}`, 10)]),
  spare(2),
]

/** By shape number: name and fields after the three bits of the shape. Lengths are in units of 10^scale metres. */
const SHAPES: readonly { readonly shape: string; readonly fields: readonly Field[] }[] = [
  { shape: 'circle', fields: [...centre, number('radius', 12), spare(18)] },
  { shape: 'rectangle', fields: [...centre, number('east', 8), number('north', 8), number('orientationDeg', 9), spare(5)] },
  { shape: 'sector', fields: [...centre, number('radius', 12), number('leftDeg', 9), number('rightDeg', 9)] },
  { shape: 'polyline', fields: points },
  { shape: 'polygon', fields: points },
  { shape: 'text', fields: [text('text', 14)] },
]

const isObject = (value: AisValue): value is AisObject => typeof value === 'object' && !Array.isArray(value)

const areaNotice = (fid: number, title: string): Application => ({
  dac: 1,
  fid,
  title,
  minBits: 55 + SUB_AREA_BITS,
  decode(six, at, bits) {
    const app: AisObject = {}
    decodeFields(head, six, at, at + 55, app)
    const subAreas: AisObject[] = []
    for (let from = at + 55; from + SUB_AREA_BITS <= bits; from += SUB_AREA_BITS) {
      const known = SHAPES[readUnsigned(six, from, 3)]
      if (!known) return undefined
      const area: AisObject = { shape: known.shape }
      decodeFields(known.fields, six, from + 3, from + SUB_AREA_BITS, area)
      subAreas.push(area)
    }
    app.subAreas = subAreas
    return app
  },
  encode(app, writer) {
    encodeFields(head, app, writer)
    const subAreas: readonly AisValue[] = Array.isArray(app.subAreas) ? app.subAreas : []
    for (const area of subAreas) {
      if (!isObject(area)) continue
      const number = SHAPES.findIndex(known => known.shape === area.shape)
      const known = SHAPES[number]
      if (!known) continue
      writer.unsigned(number, 3)
      encodeFields(known.fields, area, writer)
    }
  },
})

export const areaNotices: readonly Application[] = [areaNotice(22, 'Area notice, broadcast'), areaNotice(23, 'Area notice, addressed')]

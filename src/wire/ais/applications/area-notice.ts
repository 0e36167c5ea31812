// 1/22 and 1/23: area notice, broadcast and addressed (IMO SN.1/Circ.289 §9): a head of 55 bits and up to ten sub-areas of 87.

import { readUnsigned } from '../bits.ts'
import { decodeFields, EncodeRefusal, encodeFields, namesOf, refuseUnknown } from '../field-codec.ts'
import { type AisObject, type Field, number, signed, spare, text } from '../fields.ts'
import type { Application } from './application.ts'

const SUB_AREA_BITS = 87
const MAX_SUB_AREAS = 10
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
  ...[1, 2, 3, 4].flatMap(n => [number(`angle${n}Deg`, 10, { divisor: 2, absent: [720] }), number(`distance${n}`, 10, { absent: [0] })]),
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

const areaNotice = (fid: number, title: string): Application => ({
  dac: 1,
  fid,
  title,
  minBits: 55 + SUB_AREA_BITS,
  fields: head,
  shapes: SHAPES,
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
  encode({ subAreas = [], ...notice }, writer) {
    const where = `application 1/${fid}`
    refuseUnknown(notice, [...namesOf(head), 'subAreas'], where)
    encodeFields(head, notice, writer, 'app.')
    if (!Array.isArray(subAreas) || subAreas.length < 1 || subAreas.length > MAX_SUB_AREAS)
      throw new EncodeRefusal(`app.subAreas must be a list of 1 to ${MAX_SUB_AREAS} sub-areas`)
    for (const [index, subArea] of subAreas.entries()) {
      const { shape, ...area } = subArea
      const number = SHAPES.findIndex(known => known.shape === shape)
      const known = SHAPES[number]
      if (!known)
        throw new EncodeRefusal(
          `app.subAreas[${index}].shape is ${JSON.stringify(shape)}; it must be one of ${SHAPES.map(other => other.shape).join(', ')}`,
        )
      refuseUnknown(area, namesOf(known.fields), `${known.shape} of ${where}`)
      writer.unsigned(number, 3)
      encodeFields(known.fields, area, writer, `app.subAreas[${index}].`)
    }
  },
})

export const areaNotices: readonly Application[] = [areaNotice(22, 'Area notice, broadcast'), areaNotice(23, 'Area notice, addressed')]

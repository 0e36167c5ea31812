// Areas of JT/T 808 (2013 §8.32 to §8.37; 2019 §8.41 to §8.46): all circles in 0x8600, a polygon a message in 0x8604, and those from before deleted. The device
// reports entering and leaving each of them. 2019 adds the length of a name and the name.
import { ByteWriter, type Cursor } from './bytes.ts'
import { type DeviceArea, type DeviceCircle, type DevicePolygon, isCircle } from './commands.ts'

export interface CommandMessage {
  readonly messageId: number
  readonly body: ByteWriter
}

const [SET_CIRCLES, DELETE_CIRCLES, SET_POLYGON, DELETE_POLYGONS] = [0x8600, 0x8601, 0x8604, 0x8605]
/** Attributes: tell the centre of entering and of leaving; south; west; and of which the fields follow (times, speeds): never written. */
const [TELL_ENTERED, TELL_LEFT, SOUTH, WEST] = [1 << 3, 1 << 5, 1 << 6, 1 << 7]
const [HAS_TIMES, HAS_SPEED] = [1, 2]
const [REPLACE_ALL, ADD] = [0, 1]
const ALL = 0
/** A body has 1,023 bytes at most. */
const [CIRCLES_A_MESSAGE, MAX_CORNERS] = [40, 120]
const MAX_RADIUS_M = 0xffffffff

/** Undefined where one has no such shape on this wire: more than 120 corners, or on both sides of the equator or of Greenwich. */
export function areaMessages(areas: readonly DeviceArea[], is2019: boolean): readonly CommandMessage[] | undefined {
  if (!areas.every(isOne)) return undefined
  const circles = areas.filter(isCircle)
  const polygons = areas.filter((one): one is DevicePolygon => !isCircle(one))
  const messages: CommandMessage[] = [{ messageId: DELETE_POLYGONS, body: new ByteWriter().u8(ALL) }]
  if (circles.length === 0) messages.push({ messageId: DELETE_CIRCLES, body: new ByteWriter().u8(ALL) })
  for (let at = 0; at < circles.length; at += CIRCLES_A_MESSAGE) {
    const some = circles.slice(at, at + CIRCLES_A_MESSAGE)
    const body = new ByteWriter().u8(at === 0 ? REPLACE_ALL : ADD).u8(some.length)
    for (const one of some) circle(body, one, is2019)
    messages.push({ messageId: SET_CIRCLES, body })
  }
  return [...messages, ...polygons.map(one => ({ messageId: SET_POLYGON, body: polygon(one, is2019) }))]
}

const cornersOf = (area: DeviceArea): DevicePolygon['corners'] => (isCircle(area) ? [area.centre] : area.corners)

function isOne(area: DeviceArea): boolean {
  const corners = cornersOf(area)
  const isShape = isCircle(area) ? area.radiusM >= 1 && area.radiusM <= MAX_RADIUS_M : corners.length >= 3 && corners.length <= MAX_CORNERS
  const sides = new Set(corners.map(({ lat, lon }) => sideOf(lat, lon)))
  return isShape && sides.size === 1
}

const sideOf = (lat: number, lon: number): number => (lat < 0 ? SOUTH : 0) | (lon < 0 ? WEST : 0)
const attributesOf = (area: DeviceArea): number => {
  const [first] = cornersOf(area)
  return TELL_ENTERED | TELL_LEFT | (first === undefined ? 0 : sideOf(first.lat, first.lon))
}
const millionths = (degrees: number): number => Math.round(Math.abs(degrees) * 1e6)

function circle(body: ByteWriter, area: DeviceCircle, is2019: boolean): void {
  const { lat, lon } = area.centre
  body.u32(area.id).u16(attributesOf(area)).u32(millionths(lat)).u32(millionths(lon)).u32(Math.round(area.radiusM))
  if (is2019) body.u16(0)
}

function polygon(area: DevicePolygon, is2019: boolean): ByteWriter {
  const body = new ByteWriter().u32(area.id).u16(attributesOf(area)).u16(area.corners.length)
  for (const { lat, lon } of area.corners) body.u32(millionths(lat)).u32(millionths(lon))
  return is2019 ? body.u16(0) : body
}

/** As the device reads it: what one message sets; nothing where it deletes. Undefined: no message of areas. */
export function areasIn(messageId: number, body: Cursor, is2019: boolean): readonly DeviceArea[] | undefined {
  if (messageId === DELETE_CIRCLES || messageId === DELETE_POLYGONS) return []
  if (messageId === SET_POLYGON) {
    const id = body.u32()
    const attributes = attributesIn(body)
    return [{ id, corners: Array.from({ length: body.u16() }, () => positionIn(body, attributes)) }]
  }
  if (messageId !== SET_CIRCLES) return undefined
  body.skip(1)
  return Array.from({ length: body.u8() }, () => {
    const id = body.u32()
    const attributes = body.u16()
    const centre = positionIn(body, attributes)
    const radiusM = body.u32()
    skipLimits(body, attributes)
    if (is2019 && attributes & HAS_SPEED) body.skip(2)
    if (is2019) body.skip(body.u16())
    return { id, centre, radiusM }
  })
}

function attributesIn(body: Cursor): number {
  const attributes = body.u16()
  skipLimits(body, attributes)
  return attributes
}
function skipLimits(body: Cursor, attributes: number): void {
  if (attributes & HAS_TIMES) body.skip(12)
  if (attributes & HAS_SPEED) body.skip(3)
}
const positionIn = (body: Cursor, attributes: number) => {
  const lat = body.u32() / 1e6
  const lon = body.u32() / 1e6
  return { lat: attributes & SOUTH ? -lat : lat, lon: attributes & WEST ? -lon : lon }
}

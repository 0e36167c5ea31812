// A circle for devices that know polygons only.
import { offset } from '#base/index.ts'
import type { DeviceCircle, DevicePolygon } from './commands.ts'

const CORNERS = 24

/** Its sides touch the circle from outside: nothing of the area is lost, at most 1 % of the radius is added. */
export function polygonOf({ id, centre, radiusM }: DeviceCircle): DevicePolygon {
  const outM = radiusM / Math.cos(Math.PI / CORNERS)
  return { id, corners: Array.from({ length: CORNERS }, (_, n) => offset(centre.lat, centre.lon, (360 / CORNERS) * n, outM)) }
}

// What the worker hands to the WebGL layer: three RGBA32F texels a ship, and the numbers in them. One upload a second, nothing per frame: the shader
// moves a ship from its place at the tick to its place one tick later by a uniform (docs/decisions/0081).

/** Floats of one ship: x0 y0 x1 y1 · heading cog sog code · length beam silentS rot. Directions −1 = not available; x, y are web-mercator [0,1) less CENTRE. */
export const FLOATS_PER_SHIP = 12
export const TEXELS_PER_SHIP = 3
/** Texture width in texels; a power of two so that the shader splits an index by shifting. */
export const TEXTURE_WIDTH = 1024

export const SHAPE = { DART: 0, CIRCLE: 1, DIAMOND: 2, LOST: 3, BASE: 4, ATON: 5, AIRCRAFT: 6, DISTRESS: 7 } as const
export const PAINT = { NORMAL: 0, WATCHED: 1, ALARMED: 2, ASLEEP: 3, LOST: 4, STALE: 5, FIXED: 6 } as const
export type Shape = (typeof SHAPE)[keyof typeof SHAPE]
export type Paint = (typeof PAINT)[keyof typeof PAINT]

/** Drawn whatever the filter and the zoom. */
export const CODE_ALWAYS = 1 << 8
export const codeOf = (shape: Shape, paint: Paint, always: boolean): number => shape | (paint << 4) | (always ? CODE_ALWAYS : 0)
export const shapeOf = (code: number): number => code & 15
export const paintOf = (code: number): number => (code >> 4) & 15

/** Places are kept relative to the middle of Korean waters so that 32-bit floats hold 7 cm there (1 m at the other side of the world). */
const CENTRE_LON = 128
const CENTRE_LAT = 35.5
export const mercatorX = (lon: number): number => (lon + 180) / 360
export const mercatorY = (lat: number): number => (1 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / Math.PI) / 2
export const CENTRE_X = mercatorX(CENTRE_LON)
export const CENTRE_Y = mercatorY(CENTRE_LAT)
export const lonOfX = (x: number): number => x * 360 - 180
export const latOfY = (y: number): number => (Math.atan(Math.exp((1 - 2 * y) * Math.PI)) * 360) / Math.PI - 90

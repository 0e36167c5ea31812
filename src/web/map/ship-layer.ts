// The ships on the chart: one custom layer of MapLibre's. Two textures' worth of nothing per frame: the worker's texels are uploaded once a second, the
// shader moves every ship between two ticks by a uniform. HOT PATH: 20,000 ships, main thread under 1 ms a frame (bench/screen.ts).
import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibreMap } from 'maplibre-gl'
import type { ShipFrame } from '../live/ship-columns.ts'
import { CENTRE_X, CENTRE_Y, FLOATS_PER_SHIP, TEXELS_PER_SHIP, TEXTURE_WIDTH } from '../live/ship-texels.ts'
import { DART_FRAGMENT, DART_VERTEX, SYMBOL_FRAGMENT, SYMBOL_VERTEX, VECTOR_FRAGMENT, VECTOR_VERTEX } from './ship-shaders.ts'

/** Below this zoom plain ships are drawn as density; alarmed and watched ones keep their symbols. */
export const DENSITY_ZOOM = 7
const HEADING_LINE_ZOOM = 11
const VECTOR_ZOOM = 8
/** From here on the longest ships may be drawn in true scale (AIS knows up to 1,022 m; 24 px): all go through the symbol shader. */
const TRUE_SCALE_ZOOM = 10

export interface ShipColours {
  /** Premultiplied RGBA, one per paint (ship-texels.ts PAINT). */
  readonly fills: Float32Array
  readonly strokes: Float32Array
}

export interface ShipLayerSettings {
  colours: ShipColours
  /** Symbol size in CSS pixels (8 at a desk, more on the wall). */
  sizePx: number
  vectorMinutes: number
}

interface Program {
  readonly program: WebGLProgram
  readonly at: Readonly<Record<string, WebGLUniformLocation | null>>
}

const UNIFORMS = [
  'ships',
  'matrix',
  'pixel',
  'worldPx',
  'share',
  'size',
  'centreY',
  'density',
  'fills',
  'strokes',
  'soft',
  'dark',
  'line',
  'vectorMinutes',
  'first',
]

export class ShipLayer implements CustomLayerInterface {
  readonly id = 'ships'
  readonly type = 'custom' as const
  readonly renderingMode = '2d' as const
  readonly settings: ShipLayerSettings
  /** Share of the tick that has passed, [0, 1]; asked once a frame. */
  readonly #share: () => number
  readonly #isDark: () => boolean
  #frame: ShipFrame | undefined
  #isNew = false
  #map: MapLibreMap | undefined
  #symbols: Program | undefined
  #darts: Program | undefined
  #vectors: Program | undefined
  #texture: WebGLTexture | null = null
  #vertexArray: WebGLVertexArrayObject | null = null
  #rows = 0
  #padded = new Float32Array(0)

  constructor(settings: ShipLayerSettings, share: () => number, isDark: () => boolean) {
    this.settings = settings
    this.#share = share
    this.#isDark = isDark
  }

  /** Takes the worker's new frame; uploaded at the next draw. */
  show(frame: ShipFrame): void {
    this.#frame = frame
    this.#isNew = true
    this.#map?.triggerRepaint()
  }

  get frame(): ShipFrame | undefined {
    return this.#frame
  }

  onAdd(map: MapLibreMap, gl: WebGL2RenderingContext): void {
    this.#map = map
    this.#symbols = link(gl, SYMBOL_VERTEX, SYMBOL_FRAGMENT)
    this.#darts = link(gl, DART_VERTEX, DART_FRAGMENT)
    this.#vectors = link(gl, VECTOR_VERTEX, VECTOR_FRAGMENT)
    this.#vertexArray = gl.createVertexArray()
    this.#texture = gl.createTexture()
    this.#rows = 0
    this.#isNew = this.#frame !== undefined
  }

  onRemove(_map: MapLibreMap, gl: WebGL2RenderingContext): void {
    for (const one of [this.#symbols, this.#darts, this.#vectors]) if (one) gl.deleteProgram(one.program)
    gl.deleteTexture(this.#texture)
    gl.deleteVertexArray(this.#vertexArray)
    this.#map = undefined
  }

  render(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    const frame = this.#frame
    if (!frame || frame.count === 0 || !this.#map || !this.#symbols || !this.#darts || !this.#vectors) return
    gl.activeTexture(gl.TEXTURE0)
    gl.bindTexture(gl.TEXTURE_2D, this.#texture)
    if (this.#isNew) this.#upload(gl, frame)
    gl.bindVertexArray(this.#vertexArray)
    gl.disable(gl.DEPTH_TEST)
    gl.disable(gl.STENCIL_TEST)
    gl.disable(gl.CULL_FACE)
    gl.enable(gl.BLEND)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
    const zoom = this.#map.getZoom()
    const matrix = matrixFromCentre(input.defaultProjectionData.mainMatrix)
    if (zoom >= VECTOR_ZOOM) {
      this.#use(gl, this.#vectors, matrix)
      gl.uniform1f(at(this.#vectors, 'vectorMinutes'), this.settings.vectorMinutes)
      gl.uniform1i(at(this.#vectors, 'line'), 0)
      gl.drawArrays(gl.TRIANGLES, 0, frame.count * 3)
      if (zoom >= HEADING_LINE_ZOOM) {
        gl.uniform1i(at(this.#vectors, 'line'), 1)
        gl.drawArrays(gl.TRIANGLES, 0, frame.count * 6)
      }
    }
    const darts = !this.#isDensity() && zoom < TRUE_SCALE_ZOOM ? frame.darts : { from: 0, to: 0 }
    this.#drawSymbols(gl, this.#symbols, matrix, 0, darts.from)
    if (darts.to > darts.from) {
      this.#use(gl, this.#darts, matrix)
      gl.uniform4fv(at(this.#darts, 'fills'), this.settings.colours.fills)
      gl.uniform1i(at(this.#darts, 'first'), darts.from)
      gl.drawArrays(gl.TRIANGLES, 0, (darts.to - darts.from) * 3)
    }
    this.#drawSymbols(gl, this.#symbols, matrix, darts.to, frame.count)
    gl.bindVertexArray(null)
    gl.bindTexture(gl.TEXTURE_2D, null)
  }

  #isDensity(): boolean {
    return (this.#map?.getZoom() ?? 0) < DENSITY_ZOOM
  }

  /** Ships [from, to), of any shape. */
  #drawSymbols(gl: WebGL2RenderingContext, symbols: Program, matrix: Float32Array, from: number, to: number): void {
    if (to <= from) return
    this.#use(gl, symbols, matrix)
    gl.uniform1f(at(symbols, 'density'), this.#isDensity() ? 1 : 0)
    gl.uniform1f(at(symbols, 'dark'), this.#isDark() ? 1 : 0)
    gl.uniform4fv(at(symbols, 'fills'), this.settings.colours.fills)
    gl.drawArrays(gl.TRIANGLES, from * 6, (to - from) * 6)
  }

  #use(gl: WebGL2RenderingContext, one: Program, matrix: Float32Array): void {
    const canvas = gl.canvas
    const ratio = 'clientWidth' in canvas && canvas.clientWidth > 0 ? canvas.width / canvas.clientWidth : 1
    gl.useProgram(one.program)
    gl.uniform1i(at(one, 'ships'), 0)
    gl.uniformMatrix4fv(at(one, 'matrix'), false, matrix)
    gl.uniform2f(at(one, 'pixel'), (2 * ratio) / canvas.width, (2 * ratio) / canvas.height)
    gl.uniform1f(at(one, 'worldPx'), 512 * 2 ** (this.#map?.getZoom() ?? 0))
    gl.uniform1f(at(one, 'share'), this.#share())
    gl.uniform1f(at(one, 'size'), this.settings.sizePx)
    gl.uniform1f(at(one, 'centreY'), CENTRE_Y)
    gl.uniform1f(at(one, 'soft'), 1 / ratio)
    gl.uniform4fv(at(one, 'strokes'), this.settings.colours.strokes)
  }

  #upload(gl: WebGL2RenderingContext, frame: ShipFrame): void {
    this.#isNew = false
    const rows = Math.max(1, Math.ceil((frame.count * TEXELS_PER_SHIP) / TEXTURE_WIDTH))
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false)
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false)
    const floats = rows * TEXTURE_WIDTH * 4
    if (this.#padded.length < floats) this.#padded = new Float32Array(floats)
    this.#padded.set(frame.texels.subarray(0, frame.count * FLOATS_PER_SHIP))
    if (rows > this.#rows) {
      this.#rows = Math.ceil(rows * 1.5)
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA32F, TEXTURE_WIDTH, this.#rows, 0, gl.RGBA, gl.FLOAT, null)
      for (const side of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, side, gl.NEAREST)
      for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, side, gl.CLAMP_TO_EDGE)
    }
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, TEXTURE_WIDTH, rows, gl.RGBA, gl.FLOAT, this.#padded.subarray(0, floats))
  }
}

const at = (one: Program, name: string): WebGLUniformLocation | null => one.at[name] ?? null

/** MapLibre's matrix takes mercator [0,1); ours are offsets from CENTRE: the shift is done in 64 bits, here. */
function matrixFromCentre(main: ArrayLike<number>): Float32Array {
  const m = new Float64Array(16)
  for (let i = 0; i < 16; i++) m[i] = main[i]!
  for (let row = 0; row < 4; row++) m[12 + row] = m[row]! * CENTRE_X + m[4 + row]! * CENTRE_Y + m[12 + row]!
  return new Float32Array(m)
}

function link(gl: WebGL2RenderingContext, vertex: string, fragment: string): Program {
  const program = gl.createProgram()
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind)
    if (!shader) throw new Error('the browser gave no WebGL shader')
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(`ship shader: ${gl.getShaderInfoLog(shader)}`)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(`ship shader: ${gl.getProgramInfoLog(program)}`)
  return { program, at: Object.fromEntries(UNIFORMS.map(name => [name, gl.getUniformLocation(program, name)])) }
}

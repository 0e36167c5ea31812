// Shaders of the ship layer: quads pulled from a float texture by gl_VertexID, shapes cut by distance in the fragment shader. No instancing: 5.5 × slower
// than the same triangles in software GL (ui.md §8). Sizes are CSS pixels. Symbols after IEC 62288: dart, circle asleep, diamond without direction,
// outline with cross when lost, square base station, diamond with dot aid to navigation, aircraft, circle-cross in distress, hull in true scale.

const COMMON = `#version 300 es
precision highp float;
precision highp int;
uniform highp sampler2D ships;
uniform mat4 matrix;
/** Clip units of one CSS pixel. */
uniform vec2 pixel;
/** CSS pixels of the whole world's width, for true scale. */
uniform float worldPx;
uniform float share;
uniform float size;
uniform float centreY;
const float WORLD_M = 40075016.686;
const float RAD = 0.017453292519943295;
vec4 texel(int index) { return texelFetch(ships, ivec2(index & 1023, index >> 10), 0); }
float pixelsPerMetre(float relativeY) { return worldPx * cosh(3.141592653589793 * (1.0 - 2.0 * (relativeY + centreY))) / WORLD_M; }
vec2 turned(vec2 local, float degrees) { float s = sin(degrees * RAD), c = cos(degrees * RAD); return vec2(local.x * c + local.y * s, -local.x * s + local.y * c); }
const vec2 CORNERS[6] = vec2[6](vec2(-1., -1.), vec2(1., -1.), vec2(1., 1.), vec2(-1., -1.), vec2(1., 1.), vec2(-1., 1.));
`

/**
 * Plain darts alone, nearly all ships of a coast: three corners a ship, and in the fragment shader no more than the least distance to its three sides.
 * In software GL a pixel costs what its shader costs: 20,000 darts are drawn several times faster than by the symbol shader (bench/screen.ts).
 */
export const DART_VERTEX = `${COMMON}
uniform vec4 fills[7];
uniform vec4 strokes[7];
uniform int first;
/** CSS pixels from each side, positive inside. */
out vec3 inside;
flat out vec4 fill;
flat out vec4 stroke;
// In units of the size: tip and the two corners of the stern, the circle within, and the heights over the sides.
const vec2 TRIANGLE[3] = vec2[3](vec2(0., 1.06), vec2(.6, -.8), vec2(-.6, -.8));
const vec2 MIDDLE = vec2(0., -.363);
const float WITHIN = .437;
const vec3 HEIGHTS = vec3(1.86, 1.142, 1.142);
void main() {
  int at = gl_VertexID / 3;
  int corner = gl_VertexID - at * 3;
  int ship = at + first;
  vec4 place = texel(ship * 3);
  vec4 motion = texel(ship * 3 + 1);
  int paint = (int(motion.w) >> 4) & 15;
  fill = fills[paint];
  stroke = strokes[paint];
  // Half a pixel more on each side for its soft edge.
  float within = WITHIN * size;
  float grown = (within + .6) / within;
  vec2 local = (MIDDLE + (TRIANGLE[corner] - MIDDLE) * grown) * size;
  inside = vec3(-.6);
  inside[corner] += HEIGHTS[corner] * size * grown;
  vec4 clip = matrix * vec4(mix(place.xy, place.zw, share), 0., 1.);
  gl_Position = vec4(clip.xy + turned(local, motion.x >= 0. ? motion.x : max(motion.y, 0.)) * pixel * clip.w, 0., clip.w);
}`

export const DART_FRAGMENT = `#version 300 es
precision mediump float;
in vec3 inside;
flat in vec4 fill;
flat in vec4 stroke;
uniform float soft;
out vec4 colour;
void main() {
  float d = min(min(inside.x, inside.y), inside.z) / soft;
  float body = clamp(.5 + d, 0., 1.);
  float edge = body - clamp(.5 + d - 1.2 / soft, 0., 1.);
  colour = stroke * edge + fill * (body * (1. - stroke.a * edge));
}`

export const SYMBOL_VERTEX = `${COMMON}
uniform float density;
out vec2 onShip;
out vec2 onScreen;
flat out int shape;
flat out int paint;
flat out vec2 half_;
const vec2 DART[6] = vec2[6](vec2(0., 1.62), vec2(1.02, -1.08), vec2(-1.02, -1.08), vec2(0.), vec2(0.), vec2(0.));
void main() {
  int ship = gl_VertexID / 6;
  int corner = gl_VertexID - ship * 6;
  vec4 place = texel(ship * 3);
  vec4 motion = texel(ship * 3 + 1);
  vec4 body = texel(ship * 3 + 2);
  int code = int(motion.w);
  shape = code & 15;
  paint = (code >> 4) & 15;
  bool always = (code & 256) != 0;
  vec2 where = mix(place.xy, place.zw, share);
  float direction = motion.x >= 0. ? motion.x : max(motion.y, 0.);
  float s = size * (paint == 1 || paint == 2 ? 1.25 : 1.);
  vec2 local;
  half_ = vec2(s);
  if (density > 0.5 && !always) {
    shape = 15;
    local = CORNERS[corner] * 2.6;
    half_ = vec2(1.5);
  } else {
    float scale = pixelsPerMetre(where.y);
    float lengthPx = body.x * scale;
    if (lengthPx > 24. && (shape == 0 || shape == 1 || shape == 3)) {
      float beamPx = max(body.y > 0. ? body.y * scale : lengthPx * .16, 5.);
      half_ = vec2(beamPx, lengthPx) * .5;
      if (shape != 1 || motion.x >= 0.) { shape = shape == 3 ? 9 : 8; }
    }
    if (shape == 0) local = DART[corner] * s;
    else if (shape == 8 || shape == 9) local = CORNERS[corner] * (half_ + 1.5);
    else local = CORNERS[corner] * (shape == 7 ? s * 1.6 : s * 1.15);
  }
  vec4 clip = matrix * vec4(where, 0., 1.);
  vec2 screen = shape == 2 || shape == 4 || shape == 5 || shape == 7 || shape == 15 ? local : turned(local, direction);
  onShip = local;
  onScreen = screen;
  gl_Position = vec4(clip.xy + screen * pixel * clip.w, 0., clip.w);
}`

export const SYMBOL_FRAGMENT = `#version 300 es
precision highp float;
in vec2 onShip;
in vec2 onScreen;
flat in int shape;
flat in int paint;
flat in vec2 half_;
uniform vec4 fills[7];
uniform vec4 strokes[7];
/** Width of one device pixel in CSS pixels. */
uniform float soft;
/** 0 or 1: the phase in which what flashes is dark. */
uniform float dark;
out vec4 colour;
float dart(vec2 p, float s) {
  float side = dot(vec2(abs(p.x), p.y - 1.06 * s), vec2(.9517, .3070));
  return max(side, -p.y - .8 * s);
}
float hull(vec2 p) {
  float taper = clamp((half_.y - p.y) / (half_.y * .42), 0., 1.);
  float width = half_.x * (taper < 1. ? sqrt(taper) : 1.);
  return max(abs(p.x) - width, abs(p.y) - half_.y);
}
float box(vec2 p, vec2 h) { vec2 d = abs(p) - h; return max(d.x, d.y); }
float cross_(vec2 p, float reach) { return max(min(abs(p.x - p.y), abs(p.x + p.y)) * .7071 - .75, max(abs(p.x), abs(p.y)) - reach); }
vec4 over(vec4 top, vec4 below) { return top + below * (1. - top.a); }
float cover(float d) { return clamp(.5 - d / soft, 0., 1.); }
void main() {
  vec4 fill = fills[paint];
  vec4 stroke = strokes[paint];
  float s = half_.x;
  vec4 result = vec4(0.);
  if (shape == 15) { result = strokes[paint] * cover(length(onShip) - half_.x) * .75; }
  else if (shape == 0) { float d = dart(onShip, s); result = over(stroke * cover(abs(d + .6) - .6), fill * cover(d)); }
  else if (shape == 8) { float d = hull(onShip); result = over(stroke * cover(abs(d + .6) - .6), fill * cover(d)); }
  else if (shape == 1) { float d = length(onShip) - .56 * s; result = over(stroke * cover(abs(d + .6) - .6), fill * cover(d)); }
  else if (shape == 2) { float d = (abs(onShip.x) + abs(onShip.y) - .8 * s) * .7071; result = over(stroke * cover(abs(d + .6) - .6), fill * cover(d)); }
  else if (shape == 3) { float d = dart(onShip, s * .9); result = stroke * max(cover(abs(d + .6) - .55), cover(cross_(onScreen, s * .85))); }
  else if (shape == 9) { float d = hull(onShip); result = stroke * max(cover(abs(d + .6) - .6), cover(cross_(onScreen, s))); }
  else if (shape == 4) { float d = box(onShip, vec2(.58 * s)); result = stroke * max(cover(abs(d + .6) - .6), cover(length(onShip) - 1.3)); }
  else if (shape == 5) { float d = (abs(onShip.x) + abs(onShip.y) - .86 * s) * .7071; result = stroke * max(cover(abs(d + .6) - .6), cover(length(onShip) - 1.1)); }
  else if (shape == 6) {
    float d = min(min(box(onShip, vec2(.16 * s, s)), box(onShip - vec2(0., .1 * s), vec2(s, .16 * s))), box(onShip + vec2(0., .8 * s), vec2(.42 * s, .14 * s)));
    result = stroke * cover(d);
  } else {
    float r = length(onShip);
    float d = min(abs(r - 1.3 * s) - 1., max(cross_(onShip, s * 1.3), r - 1.3 * s));
    result = over(stroke * cover(d), fill * .25 * cover(r - 1.3 * s)) * (1. - .75 * dark);
  }
  if (result.a < .01) discard;
  colour = result;
}`

/**
 * Strips along a direction: the COG vector (dashed, its length says how far in the minutes set) or the heading line with its turn tick. One triangle a strip,
 * twice as wide and long at one end and cut in the fragment shader: here the corners cost, not the few pixels.
 */
export const VECTOR_VERTEX = `${COMMON}
/** 0: course vector; 1: heading line. */
uniform int line;
uniform float vectorMinutes;
flat out int paint;
/** CSS pixels from the middle line, along it from its beginning, and where it ends. */
out float across;
out float along;
flat out float end;
const vec2 STRIP[3] = vec2[3](vec2(-1., 0.), vec2(3., 0.), vec2(-1., 2.));
const float HALF_WIDTH = 1.2;
void main() {
  int per = line == 1 ? 6 : 3;
  int ship = gl_VertexID / per;
  int corner = gl_VertexID - ship * per;
  vec4 motion = texel(ship * 3 + 1);
  int code = int(motion.w);
  int shape = code & 15;
  paint = (code >> 4) & 15;
  gl_Position = vec4(2., 2., 2., 1.);
  across = along = end = 0.;
  if (shape != 0 && shape != 2 && shape != 6) return;
  if (line == 0 ? motion.y < 0. || motion.z < .5 : motion.x < 0.) return;
  vec4 body = texel(ship * 3 + 2);
  bool tick = corner >= 3;
  if (tick && abs(body.w) < 2.) return;
  vec4 place = texel(ship * 3);
  vec2 where = mix(place.xy, place.zw, share);
  vec4 clip = matrix * vec4(where, 0., 1.);
  float scale = pixelsPerMetre(where.y);
  float bow = body.x * scale > 24. ? body.x * scale * .5 : size * 1.06;
  float reach = line == 0 ? motion.z * 30.8667 * vectorMinutes * scale : bow + 14. + size;
  if (line == 0 && reach < bow + 3.) return;
  vec2 unit = STRIP[tick ? corner - 3 : corner];
  end = tick ? 6. : reach - bow;
  across = unit.x * HALF_WIDTH;
  along = unit.y * end;
  vec2 local = tick ? vec2(sign(body.w) * along, reach + across) : vec2(across, bow + along);
  gl_Position = vec4(clip.xy + turned(local, line == 0 ? motion.y : motion.x) * pixel * clip.w, 0., clip.w);
}`

export const VECTOR_FRAGMENT = `#version 300 es
precision highp float;
precision highp int;
flat in int paint;
in float along;
in float across;
flat in float end;
uniform int line;
uniform vec4 strokes[7];
uniform float soft;
out vec4 colour;
void main() {
  if (along > end || (line == 0 && mod(along, 4.6) > 2.2)) discard;
  colour = strokes[paint] * .85 * clamp(.5 - (abs(across) - .55) / soft, 0., 1.);
}`

// The quiet coast behind sign-in: land, depth lines, three lamps, range rings, sleeping ships. Drawn once from fixed figures, in the colours of the palette; it says nothing
// of the real sea, which nobody may see before signing in.
const COAST: readonly (readonly [x: number, y: number])[] = [
  [820, -20],
  [760, 90],
  [700, 140],
  [716, 236],
  [640, 300],
  [566, 280],
  [520, 372],
  [440, 350],
  [402, 452],
  [300, 430],
  [250, 530],
  [160, 512],
  [96, 610],
  [-20, 640],
]
const LAMPS: readonly (readonly [x: number, y: number, radius: number])[] = [
  [398, 446, 150],
  [640, 296, 120],
  [712, 150, 90],
]
const RINGS = [120, 240, 360, 480]
const DEPTH_LINES = [1, 2, 3, 4, 5]
const SHIPS = 90

/** Smooth through the middles of the corners. */
const SHORE = COAST.slice(1).reduce(
  ({ path, from: [x, y] }, to) => ({ path: `${path}Q${x} ${y} ${(x + to[0]) / 2} ${(y + to[1]) / 2}`, from: to }),
  { path: `M${COAST[0]?.join(' ')}`, from: COAST[0] ?? [0, 0] },
).path
const LAND = `${SHORE}L-20 640L-20 -20Z`

/** Scattered over the water by a fixed rule (the fractional parts of multiples of two irrational numbers); none behind the card. */
const ASLEEP = Array.from({ length: SHIPS }, (_, n) => ({
  x: 500 + ((n * 0.754877666) % 1) * 1400,
  y: 60 + ((n * 0.569840291) % 1) * 980,
  turn: (n * 137.5) % 360,
})).filter(({ x, y }) => x + y * 0.9 > 1080 && !(x > 690 && x < 1230 && y > 150 && y < 930))

export const Coast = () => (
  <svg className="gate__coast" viewBox="0 0 1920 1080" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
    <defs>
      <radialGradient id="gate-lamp">
        <stop offset="0" className="gate__lamp" />
        <stop offset="1" className="gate__lamp is-dark" />
      </radialGradient>
    </defs>
    {DEPTH_LINES.map(n => (
      <path key={n} className="gate__depth" d={SHORE} transform={`translate(${n * 46} ${n * 40})`} opacity={1 - n * 0.15} />
    ))}
    <path className="gate__land" d={LAND} />
    {LAMPS.map(([x, y, radius]) => (
      <circle key={x} cx={x} cy={y} r={radius} fill="url(#gate-lamp)" />
    ))}
    {RINGS.map(radius => (
      <circle key={radius} className="gate__ring" cx="1560" cy="760" r={radius} />
    ))}
    {ASLEEP.map(({ x, y, turn }) => (
      <path key={x} className="gate__ship" d="M0-8 4 6H-4z" transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn})`} />
    ))}
  </svg>
)

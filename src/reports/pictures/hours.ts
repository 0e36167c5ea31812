// Alarms by hour of the day, stacked by level: when the night was busy. Bars begin at zero; the highest says its figure.
import { element, LEVEL_FILLS, num, svg, svgText } from './svg.ts'

export interface HourBar {
  /** 07, 08 … */
  readonly label: string
  /** Counts of levels 0–1, 2, 3. */
  readonly counts: readonly [grave: number, high: number, medium: number]
}

const LEFT = 70
const BOTTOM = 44
const TOP = 50

export function hoursPicture(
  widthMm: number,
  heightMm: number,
  bars: readonly HourBar[],
  legend: readonly [string, string, string],
): string {
  const [width, height] = [widthMm * 10, heightMm * 10]
  const highest = Math.max(1, ...bars.map(totalOf))
  const step = niceStep(highest)
  const top = Math.ceil(highest / step) * step
  const y = (n: number): number => height - BOTTOM - (n / top) * (height - BOTTOM - TOP)
  const room = (width - LEFT - 10) / bars.length
  const parts: string[] = [element('rect', { x: 0, y: 0, width, height, fill: '#ffffff' })]
  for (let n = 0; n <= top; n += step) {
    parts.push(
      element('path', {
        d: `M${LEFT} ${num(y(n))}H${num(width - 10)}`,
        stroke: n === 0 ? '#555555' : '#dde2e8',
        'stroke-width': n === 0 ? 2 : 1,
        fill: 'none',
      }),
    )
    parts.push(svgText(LEFT - 10, y(n) + 7, String(n), { 'font-size': 20, fill: '#555555', 'text-anchor': 'end' }))
  }
  bars.forEach((bar, n) => {
    const x = LEFT + room * n
    let below = 0
    bar.counts.forEach((count, level) => {
      if (count === 0) return
      parts.push(
        element('rect', {
          x: x + room * 0.16,
          y: y(below + count),
          width: room * 0.68,
          height: y(below) - y(below + count),
          fill: COLOURS[level],
        }),
      )
      below += count
    })
    if (below > 0)
      parts.push(
        svgText(x + room / 2, y(below) - 6, String(below), {
          'font-size': 19,
          'font-weight': 600,
          fill: '#111111',
          'text-anchor': 'middle',
        }),
      )
    if (bars.length <= 12 || n % 3 === 0)
      parts.push(svgText(x + room / 2, height - 14, bar.label, { 'font-size': 20, fill: '#555555', 'text-anchor': 'middle' }))
  })
  legend.forEach((text, n) => {
    const x = LEFT + 10 + n * 130
    parts.push(
      element('rect', { x, y: 8, width: 18, height: 18, fill: COLOURS[n] }),
      svgText(x + 26, 24, text, { 'font-size': 20, fill: '#333333' }),
    )
  })
  return svg(widthMm, heightMm, parts.join(''))
}

const COLOURS = LEVEL_FILLS.slice(1)
const totalOf = ({ counts }: HourBar): number => counts[0] + counts[1] + counts[2]

/** 1, 2, 5, 10, 20 …: about four lines. */
function niceStep(highest: number): number {
  for (let ten = 1; ; ten *= 10) for (const step of [1, 2, 5]) if (step * ten * 5 >= highest) return step * ten
}

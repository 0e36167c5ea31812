// The little of SVG that pictures of papers need. Numbers are rounded, so that the same picture is the same text on every machine.

export const escaped = (text: string): string => text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`)
/** At most two decimals, without trailing zeros. */
export const num = (value: number): string => String(Math.round(value * 100) / 100)

type Attributes = Readonly<Record<string, string | number | undefined>>

export function element(name: string, attributes: Attributes, inside = ''): string {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}="${typeof value === 'number' ? num(value) : escaped(value)}"`]))
    .join(' ')
  return inside === '' ? `<${name} ${written}/>` : `<${name} ${written}>${inside}</${name}>`
}

export const svgText = (x: number, y: number, text: string, more: Attributes = {}): string =>
  element('text', { x, y, 'font-family': 'Pretendard', ...more }, escaped(text))

/** A whole picture, in millimetres of paper × 10 as its own units. */
export const svg = (widthMm: number, heightMm: number, inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${num(widthMm * 10)} ${num(heightMm * 10)}" width="${num(widthMm)}mm" height="${num(heightMm)}mm">${inside}</svg>`

/** Levels as areas on white paper: bars, dots. They never carry letters. */
export const LEVEL_FILLS = ['#c3151d', '#c3151d', '#c46a12', '#d8b400'] as const

// Paints an element of the page as it stands there: boxes with their ground and lines, letters where the browser has put them, shapes of SVG with fill, stroke and dash. What the
// statistics page is made of, no more: no pictures, no shadows, no gradients.

export function paint(c: CanvasRenderingContext2D, root: Element): void {
  const walk = (element: Element): void => {
    const style = getComputedStyle(element)
    if (style.display === 'none' || style.visibility === 'hidden' || Number(style.opacity) === 0) return
    if (element.classList.contains('hidden-text')) return
    if (element instanceof SVGElement && !(element instanceof SVGSVGElement)) paintShape(c, element, style)
    else if (element instanceof HTMLElement) paintBox(c, element, style)
    const isClipped = element instanceof HTMLElement && element !== root && style.overflowX !== 'visible' && style.overflowY !== 'visible'
    if (isClipped) {
      c.save()
      c.beginPath()
      const { left, top, width, height } = element.getBoundingClientRect()
      c.rect(left, top, width, height)
      c.clip()
    }
    for (const child of element.childNodes) {
      if (child instanceof Element) walk(child)
      else if (child instanceof Text && !(element instanceof SVGElement)) paintText(c, child, style)
    }
    if (isClipped) c.restore()
  }
  walk(root)
}

const isSeen = (colour: string): boolean => colour !== 'none' && colour !== 'transparent' && !/^rgba\(.*, 0\)$/.test(colour)

function paintBox(c: CanvasRenderingContext2D, element: HTMLElement, style: CSSStyleDeclaration): void {
  const { left, top, width, height } = element.getBoundingClientRect()
  if (width === 0 || height === 0) return
  const radius = Number.parseFloat(style.borderTopLeftRadius) || 0
  if (isSeen(style.backgroundColor)) {
    c.fillStyle = style.backgroundColor
    c.beginPath()
    c.roundRect(left, top, width, height, radius)
    c.fill()
  }
  const line = (side: 'Top' | 'Right' | 'Bottom' | 'Left', x1: number, y1: number, x2: number, y2: number): void => {
    const wide = Number.parseFloat(style[`border${side}Width`])
    const colour = style[`border${side}Color`]
    if (!(wide > 0) || style[`border${side}Style`] === 'none' || !isSeen(colour)) return
    c.strokeStyle = colour
    c.lineWidth = wide
    c.setLineDash(style[`border${side}Style`] === 'dashed' ? [3, 3] : [])
    c.beginPath()
    c.moveTo(x1, y1)
    c.lineTo(x2, y2)
    c.stroke()
    c.setLineDash([])
  }
  const [x, y, right, bottom] = [left + 0.5, top + 0.5, left + width - 0.5, top + height - 0.5]
  line('Top', left, y, left + width, y)
  line('Bottom', left, bottom, left + width, bottom)
  line('Left', x, top, x, top + height)
  line('Right', right, top, right, top + height)
}

/** Line by line, as it is broken on the screen. */
function paintText(c: CanvasRenderingContext2D, text: Text, style: CSSStyleDeclaration): void {
  const words = text.data
  if (words.trim() === '' || !isSeen(style.color)) return
  c.fillStyle = style.color
  c.font = fontOf(style)
  c.textAlign = 'left'
  c.textBaseline = 'alphabetic'
  const range = document.createRange()
  let start = 0
  let line: DOMRect | undefined
  const put = (end: number): void => {
    const piece = words.slice(start, end).replace(/\s+/g, ' ')
    if (!line || piece.trim() === '') return
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = c.measureText(piece)
    c.fillText(piece.trimStart(), line.left, line.top + (line.height + up - down) / 2)
  }
  for (let k = 0; k < words.length; k++) {
    range.setStart(text, k)
    range.setEnd(text, k + 1)
    const box = range.getClientRects()[0]
    if (!box || box.width === 0) continue
    if (line && box.top > line.top + line.height / 2) {
      put(k)
      start = k
      line = box
    } else line ??= box
  }
  put(words.length)
}

const fontOf = (style: CSSStyleDeclaration): string => `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`

function paintShape(c: CanvasRenderingContext2D, element: SVGElement, style: CSSStyleDeclaration): void {
  if (!(element instanceof SVGGraphicsElement) || element.closest('defs')) return
  const place = element.getScreenCTM()
  if (!place) return
  c.save()
  c.transform(place.a, place.b, place.c, place.d, place.e, place.f)
  c.globalAlpha *= Number(style.opacity || 1)
  if (element instanceof SVGTextElement) paintSvgText(c, element, style)
  else {
    const path = pathOf(element)
    if (path) {
      if (style.fill.startsWith('url')) hatch(c, path, element, style)
      else if (isSeen(style.fill)) {
        c.globalAlpha *= Number(style.fillOpacity || 1)
        c.fillStyle = style.fill
        c.fill(path)
      }
      if (isSeen(style.stroke) && Number.parseFloat(style.strokeWidth) > 0) {
        c.strokeStyle = style.stroke
        c.lineWidth = Number.parseFloat(style.strokeWidth)
        c.setLineDash(style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(/[ ,]+/).map(Number.parseFloat))
        c.lineCap = style.strokeLinecap === 'round' ? 'round' : 'butt'
        c.lineJoin = 'round'
        c.stroke(path)
      }
    }
  }
  c.restore()
}

function pathOf(element: SVGGraphicsElement): Path2D | undefined {
  if (element instanceof SVGPathElement) return new Path2D(element.getAttribute('d') ?? '')
  const path = new Path2D()
  if (element instanceof SVGRectElement) {
    const { x, y, width, height } = element.getBBox()
    if (width === 0 || height === 0) return undefined
    path.roundRect(x, y, width, height, element.rx.baseVal.value)
    return path
  }
  if (element instanceof SVGCircleElement) {
    path.arc(element.cx.baseVal.value, element.cy.baseVal.value, element.r.baseVal.value, 0, 2 * Math.PI)
    return path
  }
  return undefined
}

/** The one pattern there is: slanted lines, in the colours that the shape names. */
function hatch(c: CanvasRenderingContext2D, path: Path2D, element: SVGGraphicsElement, style: CSSStyleDeclaration): void {
  const { x, y, width, height } = element.getBBox()
  c.save()
  c.clip(path)
  c.fillStyle = style.getPropertyValue('--hatch-ground').trim()
  c.fillRect(x, y, width, height)
  c.strokeStyle = style.getPropertyValue('--hatch-line').trim()
  c.lineWidth = 3
  c.setLineDash([])
  c.beginPath()
  for (let at = x - height; at < x + width + height; at += 6) {
    c.moveTo(at, y + height)
    c.lineTo(at + height, y)
  }
  c.stroke()
  c.restore()
}

function paintSvgText(c: CanvasRenderingContext2D, element: SVGTextElement, style: CSSStyleDeclaration): void {
  const x = element.x.baseVal.numberOfItems > 0 ? element.x.baseVal.getItem(0).value : 0
  const y = element.y.baseVal.numberOfItems > 0 ? element.y.baseVal.getItem(0).value : 0
  const pieces = [...element.childNodes].map(node => {
    const own = node instanceof Element ? getComputedStyle(node) : style
    return { words: node.textContent ?? '', font: fontOf(own), colour: own.fill }
  })
  const widths = pieces.map(piece => {
    c.font = piece.font
    return c.measureText(piece.words).width
  })
  const whole = widths.reduce((sum, width) => sum + width, 0)
  let at = style.textAnchor === 'middle' ? x - whole / 2 : style.textAnchor === 'end' ? x - whole : x
  c.textAlign = 'left'
  c.textBaseline = 'alphabetic'
  // A halo, where there is one, lies under the letters.
  const halo = isSeen(style.stroke) && style.paintOrder.startsWith('stroke') ? Number.parseFloat(style.strokeWidth) : 0
  for (const [k, piece] of pieces.entries()) {
    c.font = piece.font
    if (halo > 0) {
      c.strokeStyle = style.stroke
      c.lineWidth = halo
      c.lineJoin = 'round'
      c.strokeText(piece.words, at, y)
    }
    c.fillStyle = piece.colour
    c.fillText(piece.words, at, y)
    at += widths[k] ?? 0
  }
}

import { generate } from 'lean-qr'
import { useMemo } from 'react'

/** Quiet zone of ISO/IEC 18004: four modules. */
const QUIET = 4

/** A QR code as one path of squares, dark on white in every palette: cameras want it so. */
export function Qr({ text, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => {
    const code = generate(text)
    const dark = Array.from({ length: code.size * code.size }, (_, n) => [n % code.size, Math.floor(n / code.size)] as const)
    return {
      path: dark
        .filter(([x, y]) => code.get(x, y))
        .map(([x, y]) => `M${x + QUIET} ${y + QUIET}h1v1h-1z`)
        .join(''),
      size: code.size + 2 * QUIET,
    }
  }, [text])
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path className="qr__ground" d={`M0 0h${size}v${size}h-${size}z`} />
      <path className="qr__dark" d={path} />
    </svg>
  )
}

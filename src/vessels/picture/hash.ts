// How a number (an MMSI, a cell) is spread over a table of a power of two.
export const hashOf = (value: number): number => {
  const h = Math.imul(value, 0x9e3779b1)
  return (h ^ (h >>> 15)) >>> 0
}

// A line of CSV as spreadsheets read it (RFC 4180). Cells that a spreadsheet would take for a formula are neutralised with an apostrophe: names and notes come from
// outside. The file begins with a byte-order mark, so that Korean Excel reads UTF-8.

export const CSV_BEGIN = '\uFEFF'

/** Ends with CR LF. */
export const csvLine = (cells: readonly (string | number | undefined)[]): string => `${cells.map(cellOf).join(',')}\r\n`

function cellOf(value: string | number | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

// Journeys from a spreadsheet: one a line, columns by their names (Korean or English) in any order, separated by comma, semicolon or tab. Places by name.
export interface PlanPlaceGiven {
  readonly name: string
  readonly lat: number
  readonly lon: number
}
export interface CsvFault {
  /** As the spreadsheet counts: the heading is line 1. */
  readonly line: number
  readonly what: 'no-column' | 'no-place' | 'no-container' | 'no-device' | 'no-life' | 'no-office' | 'no-number'
  readonly word: string
}
export interface ReadPlans {
  readonly plans: readonly { readonly line: number; readonly plan: Readonly<Record<string, unknown>> }[]
  readonly faults: readonly CsvFault[]
}

const COLUMNS = {
  id: ['id', '번호'],
  container: ['container', '컨테이너번호', '컨테이너'],
  vehicle: ['vehicle', '차량번호', '차량'],
  declaration: ['declaration', '신고번호'],
  origin: ['origin', '출발지'],
  destination: ['destination', '도착지'],
  seal: ['seal', '봉인'],
  goods: ['goods', '화물'],
  risk: ['risk', '위험'],
  officer: ['officer', '담당자'],
  phone: ['phone', '연락처'],
} as const satisfies Record<string, readonly string[]>
type Column = keyof typeof COLUMNS
const RISKS: Readonly<Record<string, string>> = { 낮음: 'low', 보통: 'medium', 높음: 'high', low: 'low', medium: 'medium', high: 'high' }
const NEEDED: readonly Column[] = ['container', 'origin', 'destination']

/** RFC 4180: quotes, doubled quotes, line breaks in quotes. */
function cellsOf(text: string, separator: string): readonly { readonly line: number; readonly cells: readonly string[] }[] {
  const rows: { line: number; cells: string[] }[] = []
  let [cells, cell, isQuoted, line, startedAt]: [string[], string, boolean, number, number] = [[], '', false, 1, 1]
  const end = (): void => {
    cells.push(cell.trim())
    if (cells.some(one => one !== '')) rows.push({ line: startedAt, cells })
    cells = []
    cell = ''
    startedAt = line + 1
  }
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!
    if (isQuoted) {
      if (letter === '"' && text[at + 1] === '"') cell += text[++at]
      else if (letter === '"') isQuoted = false
      else cell += letter
    } else if (letter === '"') isQuoted = true
    else if (letter === separator) {
      cells.push(cell.trim())
      cell = ''
    } else if (letter === '\n') end()
    else cell += letter
    if (letter === '\n') line++
  }
  end()
  return rows
}

/** A sheet's rows with their cells by column, and the columns it needs and has not. Separated by what its heading is: tab, semicolon or comma. */
export function sheetOf<Column extends string>(
  text: string,
  columns: Readonly<Record<Column, readonly string[]>>,
  needed: readonly Column[],
): {
  readonly rows: readonly { readonly line: number; of(column: Column): string }[]
  readonly missing: readonly Column[]
} {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const first = plain.slice(0, plain.indexOf('\n') < 0 ? plain.length : plain.indexOf('\n'))
  const separator = ['\t', ';', ','].find(one => first.includes(one)) ?? ','
  const [heading, ...rows] = cellsOf(plain, separator)
  const at = (column: Column): number =>
    heading?.cells.findIndex(cell => columns[column].some(name => name === cell.toLowerCase().replace(/[\s()]/g, ''))) ?? -1
  return {
    missing: needed.filter(column => at(column) < 0),
    rows: rows.map(({ line, cells }) => ({ line, of: column => cells[at(column)] ?? '' })),
  }
}

export function readPlanCsv(text: string, places: readonly PlanPlaceGiven[], newId: (line: number) => string): ReadPlans {
  const { rows, missing } = sheetOf<Column>(text, COLUMNS, NEEDED)
  if (missing.length > 0) return { plans: [], faults: missing.map(word => ({ line: 1, what: 'no-column', word })) }
  const faults: CsvFault[] = []
  const plans = rows.flatMap(({ line, of }) => {
    const place = (column: 'origin' | 'destination'): PlanPlaceGiven | undefined => {
      const found = places.find(one => one.name.replace(/\s/g, '') === of(column).replace(/\s/g, ''))
      if (!found) faults.push({ line, what: 'no-place', word: of(column) })
      return found
    }
    const [origin, destination] = [place('origin'), place('destination')]
    if (of('container') === '') faults.push({ line, what: 'no-container', word: '' })
    if (!origin || !destination || of('container') === '') return []
    const given = Object.fromEntries(
      (['vehicle', 'declaration', 'goods'] as const).flatMap(one => (of(one) === '' ? [] : [[one, of(one)]])),
    )
    const risk = RISKS[of('risk').toLowerCase()]
    const plan = {
      ...given,
      id: of('id') || newId(line),
      container: of('container'),
      origin,
      destination,
      ...(risk === undefined ? {} : { risk }),
      ...(of('seal') === '' ? {} : { seals: [{ seal: of('seal') }] }),
      ...(of('officer') === ''
        ? {}
        : { officers: { destination: [{ name: of('officer'), ...(of('phone') === '' ? {} : { phone: of('phone') }) }] } }),
    }
    return [{ line, plan }]
  })
  return { plans, faults }
}

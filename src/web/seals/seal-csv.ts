// Seals from a spreadsheet: one a line, columns by their names (Korean or English) in any order.
import { SEAL_LIVES, type SealLife } from '#seals/schema.ts'
import { type CsvFault, sheetOf } from './plan-csv.ts'

const COLUMNS = {
  protocol: ['protocol', '통신규격', '규격'],
  deviceId: ['deviceid', 'device', '단말번호', '단말'],
  number: ['number', '봉인번호', '번호'],
  maker: ['maker', '제조사'],
  model: ['model', '기종'],
  firmware: ['firmware', '펌웨어'],
  organisation: ['organisation', '소속'],
  life: ['life', '상태'],
  reportEveryS: ['reportevery', 'reporteverys', '주기', '주기초'],
} as const satisfies Record<string, readonly string[]>

const LIFE_KO: Readonly<Record<string, SealLife>> = {
  재고: 'in-stock',
  불출: 'issued',
  부착: 'fitted',
  작동: 'armed',
  개봉: 'opened',
  회수: 'returned',
  분실: 'lost',
  폐기: 'retired',
}

export interface ReadSeals {
  readonly seals: readonly { readonly line: number; readonly seal: Readonly<Record<string, string | number>> }[]
  readonly faults: readonly CsvFault[]
}

/** `officeNamed`: the id of an office by its id or its name. A number that is missing is the device's. */
export function readSealCsv(text: string, officeNamed: (words: string) => string | undefined): ReadSeals {
  const { rows, missing } = sheetOf<keyof typeof COLUMNS>(text, COLUMNS, ['protocol', 'deviceId'])
  if (missing.length > 0) return { seals: [], faults: missing.map(word => ({ line: 1, what: 'no-column', word })) }
  const faults: CsvFault[] = []
  const seals = rows.flatMap(({ line, of }) => {
    const before = faults.length
    const [life, office, every] = [of('life'), of('organisation'), of('reportEveryS')]
    const known = LIFE_KO[life] ?? SEAL_LIVES.find(one => one === life.toLowerCase())
    const organisation = office === '' ? undefined : officeNamed(office)
    if (of('protocol') === '' || of('deviceId') === '') faults.push({ line, what: 'no-device', word: of('protocol') || of('deviceId') })
    if (life !== '' && known === undefined) faults.push({ line, what: 'no-life', word: life })
    if (office !== '' && organisation === undefined) faults.push({ line, what: 'no-office', word: office })
    if (every !== '' && !(Number(every) >= 1)) faults.push({ line, what: 'no-number', word: every })
    if (faults.length > before) return []
    const words = Object.fromEntries(
      (['maker', 'model', 'firmware'] as const).flatMap(name => (of(name) === '' ? [] : [[name, of(name)] as const])),
    )
    return [
      {
        line,
        seal: {
          ...words,
          protocol: of('protocol').toLowerCase(),
          deviceId: of('deviceId'),
          number: of('number') || of('deviceId'),
          ...(known === undefined ? {} : { life: known }),
          ...(organisation === undefined ? {} : { organisation }),
          ...(every === '' ? {} : { reportEveryS: Number(every) }),
        },
      },
    ]
  })
  return { seals, faults }
}

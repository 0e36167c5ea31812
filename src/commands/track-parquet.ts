// Points as one Parquet file for standard output: numbers as DOUBLE, texts as UTF-8, absent values null.
import { parquetWriteBuffer } from 'hyparquet-writer'

export interface OutputPoint {
  readonly mmsi: number
  readonly name?: string
  readonly time: string
  readonly lat: number
  readonly lon: number
  readonly [field: string]: string | number | boolean | undefined
}
export function parquetOf(points: readonly OutputPoint[]): Uint8Array {
  const fields = [...new Set(points.flatMap(point => Object.keys(point)))]
  const columnData = fields.map(name => {
    const isText = points.some(point => typeof point[name] === 'string')
    return {
      name,
      data: points.map(point => point[name] ?? null),
      type: isText ? ('STRING' as const) : typeof points[0]?.[name] === 'boolean' ? ('BOOLEAN' as const) : ('DOUBLE' as const),
      nullable: true,
    }
  })
  return new Uint8Array(
    parquetWriteBuffer({ columnData: columnData.length > 0 ? columnData : [{ name: 'mmsi', data: [], type: 'DOUBLE' as const }] }),
  )
}

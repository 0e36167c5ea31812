// A table as rooms hand it over to be written for spreadsheets.

export type CellValue = string | number | undefined
export interface Table {
  readonly title: string
  readonly notes: readonly string[]
  readonly head: readonly string[]
  readonly rows: readonly (readonly CellValue[])[]
}

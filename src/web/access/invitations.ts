// Invitations of a whole list, as they leave the screen: a file for the mail of the office, or paper to cut up.
import { list, text, time } from '../live/wire.ts'

export interface Invitation {
  readonly name: string
  readonly login: string
  readonly organisation: string
  readonly url: string
  readonly endsAtMs: number
}

export const invitations = (from: unknown): readonly Invitation[] =>
  list(from, 'links').map(one => ({
    name: text(one, 'name') ?? '',
    login: text(one, 'login') ?? '',
    organisation: text(one, 'organisation') ?? '',
    url: text(one, 'url') ?? '',
    endsAtMs: time(one, 'endsAt') ?? 0,
  }))

/** RFC 4180, with the mark by which spreadsheets know UTF-8. A cell that a spreadsheet would take for a formula is made text. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map(cells => cells.map(cell => `"${cell.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`).join(',')).join('\r\n')}\r\n`

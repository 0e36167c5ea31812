// The message log: filters, pages by key, sums of what fits, and the same as CSV.
import { CSV_BEGIN, csvLine } from '#base/index.ts'
import type { SqlValue, Store } from '#platform/store/index.ts'
import type { MessagePage } from '../schema.ts'
import type { Message } from './message.ts'
import { messageView } from './views.ts'

export interface LogFilter {
  readonly fromMs?: number
  readonly toMs?: number
  readonly channel?: string
  readonly state?: string
  readonly kind?: string
  readonly person?: string
  readonly alarm?: string
}

function wanted(filter: LogFilter): { readonly where: string; readonly values: readonly SqlValue[] } {
  const parts: string[] = ['1 = 1']
  const values: SqlValue[] = []
  const add = (sql: string, value: SqlValue | undefined): void => {
    if (value === undefined) return
    parts.push(sql)
    values.push(value)
  }
  add('created_ms >= ?', filter.fromMs)
  add('created_ms < ?', filter.toMs)
  add('channel = ?', filter.channel)
  add('state = ?', filter.state)
  add('kind = ?', filter.kind)
  add('person = ?', filter.person)
  add('alarm = ?', filter.alarm)
  return { where: parts.join(' AND '), values }
}

type Read = Pick<Store, 'read'>

export function messagePage(store: Read, filter: LogFilter, before: number | undefined, limit: number): MessagePage {
  const { where, values } = wanted(filter)
  const rows = store.read<{ n: number; body: string }>(
    `SELECT n, body FROM telling_messages WHERE ${where} AND n < ? ORDER BY n DESC LIMIT ?`,
    [...values, before ?? Number.MAX_SAFE_INTEGER, limit + 1],
  )
  const [sums] = store.read<{ messages: number; parts: number; cost: number }>(
    `SELECT count(*) AS messages, coalesce(sum(parts), 0) AS parts, coalesce(sum(cost_won), 0) AS cost FROM telling_messages WHERE ${where}`,
    values,
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    messages: page.map(row => messageView(JSON.parse(row.body) as Message)),
    sums: { messages: sums?.messages ?? 0, parts: sums?.parts ?? 0, costWon: sums?.cost ?? 0 },
    ...(rows.length > limit && last ? { next: String(last.n) } : {}),
  }
}

const MOST_LINES = 100_000

export function messageCsv(store: Read, filter: LogFilter): string {
  const { where, values } = wanted(filter)
  const rows = store.read<{ body: string }>(`SELECT body FROM telling_messages WHERE ${where} ORDER BY n DESC LIMIT ?`, [
    ...values,
    MOST_LINES,
  ])
  const head = csvLine([
    '시각',
    '종류',
    '경보',
    '수준',
    '받는 사람',
    '주소',
    '채널',
    '상태',
    '재전송',
    '통',
    '비용(원)',
    '접수',
    '도착',
    '응답',
    '내용',
    '까닭',
  ])
  return (
    CSV_BEGIN +
    head +
    rows
      .map(row => {
        const one = messageView(JSON.parse(row.body) as Message)
        return csvLine([
          one.createdAt,
          one.kind,
          one.alarm,
          one.level,
          one.name,
          one.address,
          one.channel,
          one.state,
          one.isResent ? '재전송' : '',
          one.parts,
          one.costWon,
          one.acceptedAt,
          one.deliveredAt,
          one.answeredAt,
          one.text,
          one.reason,
        ])
      })
      .join('')
  )
}

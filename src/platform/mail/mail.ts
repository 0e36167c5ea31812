// Mail that leaves the house: kept before anything is sent, tried again when the other side cannot, never sent twice. A message to several is a row for each, so that one bad address
// holds nobody up. Where it cannot be known whether the other side took it (killed, or cut after the last byte), it is not sent again by itself: it is told as unclear.
import type { Clock } from '#base/index.ts'
import type { Migration, Statement, Store } from '../store/index.ts'

export interface Attachment {
  readonly name: string
  readonly type: string
  /** Where its bytes lie; they must stay until it is sent. */
  readonly file: string
}
export interface Message {
  /** Made by whoever sends: the same id to the same address is sent once. */
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly attachments: readonly Attachment[]
  readonly writtenAtMs: number
}

/** How an attempt ended. `again`: nothing was taken, try later. `never`: refused for good. `unclear`: nobody knows. */
export type SendOutcome = { readonly end: 'sent' } | { readonly end: 'again' | 'never' | 'unclear'; readonly why: string }

export interface MailTransport {
  /** `onHandingOver` is awaited before the first byte of the message goes out: from then on it may have been taken. */
  send(message: Message, onHandingOver: () => Promise<void>): Promise<SendOutcome>
}

export const MAIL_STATES = ['waiting', 'handing-over', 'sent', 'refused', 'unclear'] as const
export type MailState = (typeof MAIL_STATES)[number]

export const MAIL_MIGRATIONS: readonly Migration[] = [
  {
    id: 'mail-0001',
    sql: `CREATE TABLE mail (
      id TEXT NOT NULL,
      recipient TEXT NOT NULL,
      state TEXT NOT NULL,
      tries INTEGER NOT NULL,
      next_ms INTEGER NOT NULL,
      changed_ms INTEGER NOT NULL,
      why TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (id, recipient)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mail_due ON mail (next_ms) WHERE state = 'waiting'`,
  },
]

export interface MailOptions {
  readonly store: Store
  readonly clock: Clock
  /** Undefined: no mail server is set; messages wait until there is one. */
  readonly transport: MailTransport | undefined
  /** A message will not go by itself: somebody must look. */
  onTrouble(sentence: string): void
}

export interface MailLine {
  readonly id: string
  readonly to: string
  readonly state: MailState
  readonly tries: number
  readonly changedAtMs: number
  readonly why: string
}

export interface Mail {
  /** To be written with what causes it: then it is sent, once, whatever happens. */
  statements(message: Omit<Message, 'to'>, to: readonly string[]): readonly Statement[]
  /** What is due goes out. Resolves when this round is over. */
  flush(): Promise<void>
  lines(id: string): readonly MailLine[]
  close(): void
}

const LOOK_EVERY_MS = 15_000
/** After each failed try, so many minutes; the last repeats. */
const PAUSES_MIN = [1, 2, 5, 10, 30, 60]
const GIVE_UP_AFTER_MS = 3 * 86_400_000

type Row = Record<'id' | 'recipient' | 'state' | 'body' | 'why', string> & Record<'tries' | 'next_ms' | 'changed_ms', number>

export function createMail({ store, clock, transport, onTrouble }: MailOptions): Mail {
  let running: Promise<void> | undefined
  const set = (
    row: Pick<Row, 'id' | 'recipient'>,
    state: MailState,
    more: { tries?: number; nextMs?: number; why?: string } = {},
  ): Promise<void> =>
    store.write([
      {
        sql: 'UPDATE mail SET state = ?, tries = coalesce(?, tries), next_ms = coalesce(?, next_ms), why = coalesce(?, why), changed_ms = ? WHERE id = ? AND recipient = ?',
        values: [state, more.tries ?? null, more.nextMs ?? null, more.why ?? null, clock.now(), row.id, row.recipient],
      },
    ])
  const one = async (row: Row, by: MailTransport): Promise<void> => {
    const message: Message = { ...JSON.parse(row.body), to: row.recipient }
    const outcome = await by.send(message, () => set(row, 'handing-over'))
    const tries = row.tries + 1
    if (outcome.end === 'sent') return set(row, 'sent', { tries, why: '' })
    const isOld = clock.now() - message.writtenAtMs > GIVE_UP_AFTER_MS
    if (outcome.end === 'again' && !isOld) {
      const pauseMin = PAUSES_MIN[Math.min(row.tries, PAUSES_MIN.length - 1)] ?? 60
      return set(row, 'waiting', { tries, nextMs: clock.now() + pauseMin * 60_000, why: outcome.why })
    }
    await set(row, outcome.end === 'unclear' ? 'unclear' : 'refused', { tries, why: outcome.why })
    onTrouble(
      `the message ${row.id} to ${row.recipient} was ${outcome.end === 'unclear' ? 'perhaps sent, perhaps not' : 'refused'}: ${outcome.why}`,
    )
  }
  const round = async (): Promise<void> => {
    // Handed over when the product was killed: whether it was taken nobody knows.
    const due = store.read<Row>("SELECT * FROM mail WHERE state = 'waiting' AND next_ms <= ? ORDER BY next_ms, id, recipient LIMIT 100", [
      clock.now(),
    ])
    if (!transport) return
    for (const row of due) await one(row, transport)
  }
  const recover = async (): Promise<void> => {
    for (const row of store.read<Row>("SELECT * FROM mail WHERE state = 'handing-over'")) {
      await set(row, 'unclear', { why: 'the product ended while it was handed over' })
      onTrouble(`the message ${row.id} to ${row.recipient} was perhaps sent, perhaps not: the product ended while it was handed over`)
    }
  }
  const flush = (): Promise<void> => {
    running ??= round().finally(() => {
      running = undefined
    })
    return running
  }
  const quietly = (): void => void flush().catch(error => onTrouble(`mail waits: ${error instanceof Error ? error.message : error}`))
  running = recover().finally(() => {
    running = undefined
  })
  running.catch(() => undefined)
  const stop = clock.every(LOOK_EVERY_MS, quietly)
  return {
    statements: (message, to) =>
      to.map(recipient => ({
        sql: "INSERT INTO mail (id, recipient, state, tries, next_ms, changed_ms, why, body) VALUES (?, ?, 'waiting', 0, ?, ?, '', ?) ON CONFLICT (id, recipient) DO NOTHING",
        values: [message.id, recipient, clock.now(), clock.now(), JSON.stringify(message)],
      })),
    async flush() {
      if (running) await running.catch(() => undefined)
      await flush()
    },
    lines: id =>
      store.read<Row>('SELECT * FROM mail WHERE id = ? ORDER BY recipient', [id]).map(row => ({
        id: row.id,
        to: row.recipient,
        state: MAIL_STATES.find(state => state === row.state) ?? 'waiting',
        tries: row.tries,
        changedAtMs: row.changed_ms,
        why: row.why,
      })),
    close: stop,
  }
}

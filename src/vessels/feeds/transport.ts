// What a way to receive must do: give bytes, tell how it is, pause when asked. One file each; transports.ts lists them.
import type { Clock } from '#base/index.ts'
import type { FeedAddress } from './feed.ts'
import type { Words } from './words.ts'

/** Where a transport puts what it hears. */
export interface Inlet {
  /** A connection (or file, or the socket itself) is open; bytes come by it. `line`: the way back, where there is one. */
  opened(peer: string, line?: Line): Connection
  /** Why it does not work just now; undefined when it does. */
  trouble(words: Words | undefined): void
  /** Nothing more will come, and that is right: a recording was read to its end. */
  ended(words: Words): void
  /** Bytes that could not be taken because the feed flooded; counted. */
  dropped(bytes: number): void
  readonly clock: Clock
  /** Of `user@host:port`, where it has to be said; read at each call. Throws where the file cannot be read. */
  passwordOf?(account: string): string | undefined
  /** Something to be seen beside what came. */
  note?(reason: string, words: string): void
  /** Listens for a moment only: takes nothing away from whoever receives this for good. */
  readonly isTrial?: true
}

/** The way back to who sends: devices wait for answers. */
export interface Line {
  write(bytes: Uint8Array): void
  /** Bytes written that have not gone out. */
  waiting(): number
  close(): void
}

/** A message that came whole, by a broker. */
export interface WholeMessage {
  readonly bytes: Uint8Array
  /** Who speaks, by the topic. */
  readonly deviceId?: string
  /** From before we asked, and perhaps old. */
  readonly isRetained: boolean
  /** Says something to the one who speaks; lost where nobody listens just now. */
  reply?(bytes: Uint8Array): void
}

export interface Connection {
  /** Only where whole messages are taken. `kept`: on the disk; false, where it has to be sent again. */
  message?(message: WholeMessage): { readonly flow: 'go-on' | 'wait'; readonly kept: Promise<boolean> }
  /** Bytes as they came. The return tells whether the transport should stop reading until `resume`. */
  bytes(chunk: Uint8Array): 'go-on' | 'wait'
  /** Called when reading may go on. */
  onResume(resume: () => void): void
  closed(): void
}

export interface Transport {
  /** Begins; tells success or trouble through the inlet, again and again as things change. `close` may come at any time. */
  open(address: FeedAddress, inlet: Inlet): { close(): void }
}

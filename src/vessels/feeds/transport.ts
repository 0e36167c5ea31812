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
}

/** The way back to who sends: devices wait for answers. */
export interface Line {
  write(bytes: Uint8Array): void
  /** Bytes written that have not gone out. */
  waiting(): number
  close(): void
}

export interface Connection {
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

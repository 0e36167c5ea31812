// Types of what we use of the library `smpp`, which has none.
declare module 'smpp' {
  import type { EventEmitter } from 'node:events'
  import type { Server as NetServer, Socket } from 'node:net'

  export interface Pdu {
    readonly command: string
    readonly command_status: number
    readonly sequence_number: number
    readonly esm_class?: number
    readonly data_coding?: number
    readonly source_addr?: string
    readonly destination_addr?: string
    readonly registered_delivery?: number
    readonly system_id?: string
    readonly password?: string
    readonly message_id?: string
    readonly receipted_message_id?: string
    readonly message_state?: number
    readonly user_message_reference?: number
    readonly short_message?: { readonly message: string | Buffer; readonly udh?: readonly Buffer[] } | Buffer
    readonly message_payload?: { readonly message: string | Buffer } | Buffer | null
    response(fields?: Readonly<Record<string, unknown>>): Pdu
    isResponse(): boolean
  }
  export interface Session extends EventEmitter {
    readonly socket: Socket
    send(pdu: Pdu, onAnswer?: (answer: Pdu) => void): boolean
    close(): void
    destroy(): void
    bind_transceiver(fields: Readonly<Record<string, unknown>>, onAnswer: (answer: Pdu) => void): boolean
    submit_sm(fields: Readonly<Record<string, unknown>>, onAnswer: (answer: Pdu) => void): boolean
    deliver_sm(fields: Readonly<Record<string, unknown>>, onAnswer?: (answer: Pdu) => void): boolean
    enquire_link(fields: Readonly<Record<string, unknown>>, onAnswer: (answer: Pdu) => void): boolean
    unbind(fields: Readonly<Record<string, unknown>>, onAnswer: (answer: Pdu) => void): boolean
  }
  interface Library {
    connect(options: Readonly<Record<string, unknown>>): Session
    createServer(options: Readonly<Record<string, unknown>>, onSession: (session: Session) => void): NetServer
  }
  const smpp: Library
  // biome-ignore lint/style/noDefaultExport: it is CommonJS
  export default smpp
}

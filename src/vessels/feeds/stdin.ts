// Standard input as a feed: `nc receiver 4001 | mangru start --feed stdin:`.
import { readStream } from './stream.ts'
import type { Transport } from './transport.ts'

export const stdin: Transport = { open: (_address, inlet) => readStream(process.stdin, { ko: '표준 입력', en: 'standard input' }, inlet) }

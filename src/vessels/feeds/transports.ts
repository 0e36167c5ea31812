// The ways to receive. A new one is one file and one line here.
import { file } from './file.ts'
import { mqtt, mqtts } from './mqtt.ts'
import { stdin } from './stdin.ts'
import { tcp } from './tcp.ts'
import { tcpServer } from './tcp-server.ts'
import type { Transport } from './transport.ts'
import { udp } from './udp.ts'

export const TRANSPORTS: Readonly<Record<string, Transport>> = { tcp, 'tcp-server': tcpServer, udp, file, stdin, mqtt, mqtts }

// A message centre in a process of its own, for the bench: prints its port, answers with what it counted when a line comes in.
import { createMessageCentre } from '../src/testkit/message-centre.ts'

const centre = await createMessageCentre()
centre.receipts = process.argv[2] === 'receipts' ? 'after' : 'none'
process.stdout.write(`${JSON.stringify({ port: centre.port })}\n`)
process.stdin.on('data', () => process.stdout.write(`${JSON.stringify({ asked: centre.asked() })}\n`))
process.stdin.on('end', () => void centre.close())

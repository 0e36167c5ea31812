// Writes docs/integrators/ais-fields.md from the field tables of the AIS codec; a test says when it is out of date.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { APPLICATIONS } from '../src/wire/ais/applications/index.ts'
import type { Field } from '../src/wire/ais/fields.ts'
import { MESSAGES } from '../src/wire/ais/messages/index.ts'
import type { Message } from '../src/wire/ais/messages/message.ts'

const FILE = fileURLToPath(new URL('../docs/integrators/ais-fields.md', import.meta.url))

const HEAD = `# AIS fields

Every field of every message and application, in the order of the bits; written from the tables that decode and encode (\`mangru dev ais-fields\`). How to use them, and
the rules for what is not available: [ais.md](ais.md). The unit is in the name. *Step* is what one raw unit means; *not available* lists the raw codes for which the field
is left out, the first being what is sent for a field that is not given. Every message also has \`type\`, \`repeat\` and \`mmsi\`.
`

const number = (value: number): string => Number(value.toPrecision(6)).toString()

function stepOf({ kind, divisor = 1, offset = 0 }: Field): string {
  if (kind !== 'number' && kind !== 'signed') return ''
  const step = divisor === 1 ? '1' : divisor % 60 === 0 ? `1/${divisor}` : number(1 / divisor)
  return offset === 0 ? step : `${step}, from ${offset}`
}

function kindOf({ kind, bits, signBit }: Field): string {
  if (kind === 'text') return bits > 0 ? `text, ${bits / 6} letters` : 'text, to the end'
  if (kind === 'hex') return bits < 0 ? `hex, but for the last ${-bits} bits` : 'hex, to the end'
  if (kind === 'flag') return 'true or false'
  if (signBit !== undefined) return `number, first bit 1 = ${signBit === 'negative' ? 'minus' : 'plus'}`
  return kind === 'signed' ? 'number, signed' : 'number'
}

const rowOf = (field: Field): string =>
  `| ${field.name}${field.derived ? `, ${field.derived.name}` : ''} | ${kindOf(field)} | ${field.bits > 0 ? field.bits : ''} | ${stepOf(field)} | ${
    field.kind === 'text' ? 'empty' : (field.absent ?? []).join(', ')
  } | ${field.group === undefined ? '' : `only with the others of group ${field.group}`}${field.fallback === undefined ? '' : `${field.fallback} where not given`} |`

const tableOf = (fields: readonly Field[]): string =>
  [
    '| field | kind | bits | step | not available | |',
    '|---|---|---|---|---|---|',
    ...fields.filter(({ name }) => name !== '' && name !== 'nameExtension').map(rowOf),
  ].join('\n')

/** The layouts of a message with what chooses them, in words. */
function layoutsOf({ type, layout }: Message): readonly (readonly [when: string, fields: readonly Field[]])[] {
  if (typeof layout !== 'function') return [['', layout]]
  const chosen = (raw: Readonly<Record<string, number>>): readonly Field[] =>
    layout({ bits: Number.POSITIVE_INFINITY, raw: name => raw[name] ?? 0 })
  if (type === 24)
    return [
      ['Part A (`part` 0)', chosen({ part: 0 })],
      ['Part B (`part` 1)', chosen({ part: 1 })],
      ['Part B of an auxiliary craft (MMSI 98…)', chosen({ part: 1, mmsi: 980_000_000 })],
    ]
  if (type === 22)
    return [
      ['For an area (`addressed` false)', chosen({ addressed: 0 })],
      ['For two stations (`addressed` true)', chosen({ addressed: 1 })],
    ]
  return [['`destinationMmsi` only where `addressed`, `applicationId` only where `structured`', chosen({ addressed: 1, structured: 1 })]]
}

export function currentPage(): string {
  const messages = MESSAGES.toSorted((a, b) => a.type - b.type).map(message =>
    [
      `### ${message.type} · ${message.title}`,
      `From ${message.minBits} bits on.`,
      ...layoutsOf(message).flatMap(([when, fields]) => [...(when ? [`${when}:`] : []), tableOf(fields)]),
    ].join('\n\n'),
  )
  const applications = APPLICATIONS.toSorted((a, b) => a.dac - b.dac || a.fid - b.fid).map(
    ({ dac, fid, title, fields, alternative, shapes = [] }) =>
      [
        `### ${dac}/${fid} · ${title}`,
        tableOf(fields),
        ...(alternative ? [`Where \`${alternative.flag}\` is true:`, tableOf(alternative.fields)] : []),
        ...(shapes.length > 0 ? ['`subAreas` is a list of 1 to 10 of these, told apart by `shape`; lengths in 10^`scale` metres:'] : []),
        ...shapes.flatMap(one => [`\`${one.shape}\`:`, tableOf(one.fields)]),
      ].join('\n\n'),
  )
  return `${[HEAD.trim(), '## Messages', ...messages, '## Applications', 'DAC/FI of messages 6 and 8, under `app`.', ...applications].join('\n\n')}\n`
}

export const writtenPage = (): string => readFileSync(FILE, 'utf8')

export function writeAisFields(): number {
  writeFileSync(FILE, currentPage())
  return 0
}

// The rules of a CAP 1.2 message as its schema has them (OASIS CAP-v1.2, §3.4): which elements, in which order, how often, with which words. For tests; transcribed by hand from the standard.

type Rule = readonly [name: string, least: number, most: number, form?: RegExp]
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/
const ANY = Number.POSITIVE_INFINITY
const NO_BLANKS = /^[^\s,<&]+$/

const ALERT: readonly Rule[] = [
  ['identifier', 1, 1, NO_BLANKS],
  ['sender', 1, 1, NO_BLANKS],
  ['sent', 1, 1, TIME],
  ['status', 1, 1, /^(?:Actual|Exercise|System|Test|Draft)$/],
  ['msgType', 1, 1, /^(?:Alert|Update|Cancel|Ack|Error)$/],
  ['source', 0, 1],
  ['scope', 1, 1, /^(?:Public|Restricted|Private)$/],
  ['restriction', 0, 1],
  ['addresses', 0, 1],
  ['code', 0, ANY],
  ['note', 0, 1],
  ['references', 0, 1, /^[^\s,]+,[^\s,]+,[^\s,]+(?: [^\s,]+,[^\s,]+,[^\s,]+)*$/],
  ['incidents', 0, 1],
  ['info', 0, ANY],
]
const INFO: readonly Rule[] = [
  ['language', 0, 1, /^[a-zA-Z]{2}(?:-[A-Za-z0-9]+)*$/],
  ['category', 1, ANY, /^(?:Geo|Met|Safety|Security|Rescue|Fire|Health|Env|Transport|Infra|CBRNE|Other)$/],
  ['event', 1, 1],
  ['responseType', 0, ANY, /^(?:Shelter|Evacuate|Prepare|Execute|Avoid|Monitor|Assess|AllClear|None)$/],
  ['urgency', 1, 1, /^(?:Immediate|Expected|Future|Past|Unknown)$/],
  ['severity', 1, 1, /^(?:Extreme|Severe|Moderate|Minor|Unknown)$/],
  ['certainty', 1, 1, /^(?:Observed|Likely|Possible|Unlikely|Unknown)$/],
  ['audience', 0, 1],
  ['eventCode', 0, ANY],
  ['effective', 0, 1, TIME],
  ['onset', 0, 1, TIME],
  ['expires', 0, 1, TIME],
  ['senderName', 0, 1],
  ['headline', 0, 1],
  ['description', 0, 1],
  ['instruction', 0, 1],
  ['web', 0, 1],
  ['contact', 0, 1],
  ['parameter', 0, ANY],
  ['resource', 0, ANY],
  ['area', 0, ANY],
]
const PAIR: readonly Rule[] = [
  ['valueName', 1, 1],
  ['value', 1, 1],
]
const AREA: readonly Rule[] = [
  ['areaDesc', 1, 1],
  ['polygon', 0, ANY],
  ['circle', 0, ANY, /^-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)? \d+(?:\.\d+)?$/],
  ['geocode', 0, ANY],
  ['altitude', 0, 1],
  ['ceiling', 0, 1],
]
const RULES: Readonly<Record<string, readonly Rule[]>> = { alert: ALERT, info: INFO, parameter: PAIR, area: AREA }

interface Node {
  readonly name: string
  readonly children: Node[]
  text: string
}

/** What is wrong with a message; nothing where it is well. */
export function capFaults(xml: string): readonly string[] {
  const faults: string[] = []
  if (!xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">'))
    faults.push('head or namespace')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they may not be in XML
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|&(?!amp;|lt;|gt;|#13;)/.test(xml))
    faults.push('a character XML has not, or a bare &')
  const root: Node = { name: '', children: [], text: '' }
  const open: Node[] = [root]
  for (const [, closing, name = '', , text = ''] of xml.replace(/^<\?.*?\?>/, '').matchAll(/<(\/?)([A-Za-z]+)((?:\s[^<>]*)?)>([^<]*)/g)) {
    const top = open.at(-1)
    if (closing) {
      if (open.pop()?.name !== name) faults.push(`</${name}> closes another`)
    } else {
      const node: Node = { name, children: [], text }
      top?.children.push(node)
      open.push(node)
    }
  }
  if (open.length !== 1) faults.push('something is left open')
  if (root.children.length !== 1 || root.children[0]?.name !== 'alert') faults.push('one alert is the whole')
  for (const alert of root.children) faults.push(...faultsOf(alert))
  const of = (name: string): string | undefined => root.children[0]?.children.find(one => one.name === name)?.text
  if (of('scope') === 'Restricted' && !of('restriction')) faults.push('Restricted without restriction')
  if (['Update', 'Cancel'].includes(of('msgType') ?? '') && !of('references')) faults.push('references are missing')
  return faults
}

function faultsOf(node: Node): readonly string[] {
  const rules = RULES[node.name]
  if (!rules) return node.children.length > 0 ? [`${node.name} has children`] : []
  const faults: string[] = []
  let at = 0
  for (const child of node.children) {
    const rule = rules.findIndex(([name]) => name === child.name)
    if (rule < 0) faults.push(`${node.name}/${child.name} is not known`)
    else if (rule < at) faults.push(`${node.name}/${child.name} is out of order`)
    else at = rule
    const form = rules[rule]?.[3]
    if (form && !form.test(child.text)) faults.push(`${node.name}/${child.name}: ${JSON.stringify(child.text)}`)
    faults.push(...faultsOf(child))
  }
  for (const [name, least, most] of rules) {
    const count = node.children.filter(one => one.name === name).length
    if (count < least || count > most) faults.push(`${node.name}/${name} stands ${count} times`)
  }
  return faults
}

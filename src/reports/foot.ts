// The foot of the paper: who drafted it, how much people changed and where, what stands behind it, the head of the day's audit trail, the fingerprint of its content.
import { createHash } from 'node:crypto'
import type { Paper, SectionId } from './model.ts'
import { wordsIn } from './words.ts'

export interface FootFacts {
  readonly version?: number
  /** Changes by hand, by section. */
  readonly hand: ReadonlyMap<SectionId, number>
  readonly auditHead?: string
  /** Fingerprint of the signing key, once sealed. */
  readonly key?: string
}

const GROUNDS = { alarm: 'foot.alarms', incident: 'foot.incidents', order: 'foot.orders', line: 'foot.lines', log: 'foot.log' } as const

/** SHA-256 of the paper's content: everything but approval and foot, which come later. */
export function fingerprintOf(paper: Paper): string {
  const { boxes: _boxes, foot: _foot, standing: _standing, number: _number, ...content } = paper
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}

export function withFoot(paper: Paper, { version, hand, auditHead, key }: FootFacts): Paper {
  const say = wordsIn(paper.language)
  const changes = [...hand.values()].reduce((sum, n) => sum + n, 0)
  const where = [...hand].filter(([, n]) => n > 0).map(([id, n]) => `${say(`section.${id}`)} ${n}`)
  const grounds = Object.entries(GROUNDS).flatMap(([kind, word]) => (paper.grounds[kind] ? [say(word, { n: paper.grounds[kind] })] : []))
  const fingerprint = fingerprintOf(paper)
  const first = [
    say('foot.machine'),
    changes === 0 ? say('foot.hand', { n: 0 }) : say('foot.hand-where', { n: changes, where: where.join(', ') }),
    ...(version === undefined ? [] : [say('foot.version', { n: version })]),
  ]
  const second = [
    grounds.length === 0 ? say('foot.no-grounds') : say('foot.grounds', { what: grounds.join('·') }),
    ...(auditHead ? [say('foot.audit', { hash: auditHead.slice(0, 16) })] : []),
    say('foot.print', { hash: `${fingerprint.slice(0, 8)}…${fingerprint.slice(-8)}` }),
    ...(key ? [say('foot.signature', { key: key.slice(0, 16) })] : []),
  ]
  return { ...paper, foot: [first.join(' · '), second.join(' · ')] }
}

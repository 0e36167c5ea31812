// Secrets that are handed out once and kept only as their SHA-256: sessions, keys, links, devices. 256 random bits need no slow hash.
import { createHash, randomBytes } from 'node:crypto'

export const newToken = (prefix = ''): string => `${prefix}${randomBytes(32).toString('base64url')}`
/** What the store keeps of a token. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')
/** A name for a session, key or link: stands in the trail and in lists, opens nothing. */
export const newId = (prefix: string): string => `${prefix}-${randomBytes(6).toString('hex')}`

// What the room tells others.
import type { Topic } from '#platform/bus/index.ts'

export interface SignedIn {
  readonly person: string
  readonly session: string
}
export const SIGNED_IN: Topic<SignedIn> = { name: 'person.signed-in' }

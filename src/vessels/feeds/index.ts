// feeds: the ways to receive, and the desk that owns the product's own.
export { readFeedAddress } from './address.ts'
export type { FeedAddress, FeedDesk, FeedHealth, FeedTestOutcome } from './feed.ts'
export { createFeedDesk, type FeedDeskOptions, type FeedTaker } from './feed-desk.ts'
export { passwordsOf } from './passwords.ts'
export type { Words } from './words.ts'

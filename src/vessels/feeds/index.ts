// feeds: the ways to receive, and the desk that owns the product's own.
export { readFeedAddress } from './address.ts'
export type { FeedAddress, FeedDesk, FeedHealth } from './feed.ts'
export { createFeedDesk, type FeedDeskOptions } from './feed-desk.ts'

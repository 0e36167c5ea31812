// live: the WebSocket line to the screens.
export { type Audience, createLive, type Live, type LiveClient, type LiveOptions, type LiveTopic } from './live.ts'

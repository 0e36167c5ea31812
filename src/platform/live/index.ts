// live: the WebSocket line to the screens.
export { createLive, type Live, type LiveClient, type LiveOptions } from './live.ts'

// AIS: sentences ⇄ messages, all types of ITU-R M.1371-5. Two faces: `createAisStream` (one reused record, nothing allocated) and objects
// (`decodeSentences`, `encodeSentences`). Also the package's entry point `mangru/ais`: imports nothing outside this folder.

export { EncodeRefusal } from './field-codec.ts'
export type { AisObject, AisValue } from './fields.ts'
export { JsonWriter } from './json.ts'
export { decodePayload, encodePayload } from './objects.ts'
export { decodeSentences, type ReceivedMessage, type RefusedInput } from './received.ts'
export * from './record.ts'
export { textString } from './record-memory.ts'
export { encodeSentences, type SentenceOptions, tagged } from './sentences.ts'
export { createAisStream, type PayloadSink } from './stream.ts'

// A distress call as a receiver hears it: message 1 of a beacon (970…), navigation status 14, off Ulsan.
import { encodeSentences } from '#wire/ais/index.ts'

/** Its sentence with the end of the line. */
export const distressCall = (mmsi: number): string =>
  `${encodeSentences({ type: 1, repeat: 0, mmsi, navigationStatus: 14, sogKn: 0, accurate: true, lon: 129.2, lat: 34.8, cogDeg: 0, raim: false }).join('\r\n')}\r\n`

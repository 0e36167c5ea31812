// card-outside-area: a card that may open it was held to it where it may not be opened.
import { byEvent } from './by-event.ts'

export const cardOutsideArea = byEvent({
  name: 'card-outside-area',
  tells: { ko: '지정구역 밖 카드 사용', en: 'card used outside the designated area' },
  severity: 'high',
  events: ['unseal-refused-outside-area', 'seal-refused-outside-area'],
})

// The page behind a link in a text: one button, no name of anybody. Looking at it does nothing (phones look at links by themselves); pressing the button acknowledges.
import { createHash } from 'node:crypto'
import type { Alarm } from '../alarm.ts'
import { DETECTOR_WORDS } from '../detector-words.ts'
import type { LinkState } from './contract.ts'
import { kstTime } from './text.ts'

const STYLE = [
  'body{font:18px/1.5 sans-serif;margin:15vh auto;max-width:22em;padding:0 1em;text-align:center;background:#10151c;color:#e8edf2}',
  'a{color:#8fc1ff}',
  'button{font:inherit;font-weight:700;width:100%;padding:1em;border:0;border-radius:.5em;background:#2f7dd1;color:#fff}',
].join('')

/** Of styles only this one, by its hash. */
export const ANSWER_PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`

const SAY: Readonly<Record<Exclude<LinkState, 'good'> | 'done', string>> = {
  done: '확인했습니다. 상황실에 전해졌습니다. · Acknowledged.',
  used: '이미 확인된 링크입니다. · This link has been used.',
  expired: '기한이 지난 링크입니다. 상황실에 전화하십시오. · This link has expired; call the room.',
  unknown: '없는 링크입니다. · There is no such link.',
}
/** Opens the telephone's own map (RFC 5870); the figures are for whoever has none. */
function placeOf(alarm: Alarm | undefined): string {
  const place = alarm?.joined.place
  if (!place) return ''
  const at = `${place.lat.toFixed(5)},${place.lon.toFixed(5)}`
  return `<p><a href="geo:${at}?q=${at}">지도 · Map</a><br>${at}</p>`
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`)

export function answerPage(state: LinkState | 'done', alarm: Alarm | undefined): string {
  const words = alarm && DETECTOR_WORDS[alarm.joined.detector]
  const what = words && alarm ? `${words.ko} · ${words.en} (${kstTime(alarm.joined.fromMs)})` : ''
  const where = state === 'good' || state === 'done' ? placeOf(alarm) : ''
  const body =
    state === 'good'
      ? `<p>${escaped(what)}</p><form method="post" enctype="text/plain"><button>확인 · Acknowledge</button></form>${where}`
      : `<p>${SAY[state]}</p>${where}`
  return `<!doctype html><html lang="ko"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>망루</title>
<style>${STYLE}</style>
<h1>망루</h1>${body}</html>`
}

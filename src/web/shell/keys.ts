// Keys by their place on the keyboard (event.code), so that they work under Korean input, where event.key is ㅁ or Process. Ignored while text is
// typed or composed. A binding is written as officers read it: 'Space', 'Ctrl+K', 'Shift+Comma', 'G 1' (two strokes within two seconds).

export interface KeyStroke {
  readonly code: string
  readonly ctrl: boolean
  readonly shift: boolean
  readonly alt: boolean
}

/** The part of a KeyboardEvent we look at. */
export interface KeyEventLike {
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly isComposing: boolean
  readonly target: unknown
}

const NAMED: Readonly<Record<string, string>> = {
  Space: 'Space',
  Enter: 'Enter',
  Esc: 'Escape',
  '+': 'Equal',
  '-': 'Minus',
  ',': 'Comma',
  '.': 'Period',
  '?': 'Slash',
  '0': 'Digit0',
  Left: 'ArrowLeft',
  Right: 'ArrowRight',
  Up: 'ArrowUp',
  Down: 'ArrowDown',
  F6: 'F6',
  Delete: 'Delete',
  Backspace: 'Backspace',
}

const codeOf = (name: string): string => NAMED[name] ?? (/^[A-Z]$/.test(name) ? `Key${name}` : /^\d$/.test(name) ? `Digit${name}` : name)

function parseStroke(text: string): KeyStroke {
  const parts = text.split(/\+(?=.)/)
  const name = parts.at(-1) ?? ''
  return { code: codeOf(name), ctrl: parts.includes('Ctrl'), shift: parts.includes('Shift') || name === '?', alt: parts.includes('Alt') }
}

/** 'G 1' → two strokes. */
export const parseKeys = (text: string): readonly KeyStroke[] => text.split(' ').map(parseStroke)

export const strokeOf = (event: KeyEventLike): KeyStroke => ({
  code: NUMPAD[event.code] ?? event.code,
  ctrl: event.ctrlKey || event.metaKey,
  shift: event.shiftKey,
  alt: event.altKey,
})

const NUMPAD: Readonly<Record<string, string>> = { NumpadAdd: 'Equal', NumpadSubtract: 'Minus', NumpadEnter: 'Enter' }

/** '+' and '-' are pressed with or without Shift depending on the keyboard; everywhere else Shift counts. */
export const sameStroke = (a: KeyStroke, b: KeyStroke): boolean =>
  a.code === b.code &&
  a.ctrl === b.ctrl &&
  a.alt === b.alt &&
  (a.shift === b.shift || ((a.code === 'Equal' || a.code === 'Minus') && !a.ctrl))

/** True while the officer writes: in a text field, or composing a syllable. */
export function isTyping(event: KeyEventLike): boolean {
  if (event.isComposing) return true
  const target = event.target
  if (typeof target !== 'object' || target === null) return false
  if ('isContentEditable' in target && target.isContentEditable === true) return true
  const tag = 'tagName' in target ? String(target.tagName) : ''
  if (tag === 'TEXTAREA' || tag === 'SELECT') return true
  if (tag !== 'INPUT') return false
  const type = 'type' in target ? String(target.type) : 'text'
  return !['checkbox', 'radio', 'button', 'range', 'color', 'file'].includes(type)
}

/** Enter and Space belong to a focused button or link, not to a command. */
export function belongsToControl(event: KeyEventLike): boolean {
  if (event.code !== 'Enter' && event.code !== 'Space' && event.code !== 'NumpadEnter') return false
  const target = event.target
  if (typeof target !== 'object' || target === null || !('tagName' in target)) return false
  return ['BUTTON', 'A', 'SUMMARY', 'INPUT'].includes(String(target.tagName))
}

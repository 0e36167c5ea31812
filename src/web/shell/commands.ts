// One object a deed: button, key, palette and right-click all run it. The pattern is excalidraw's Action (docs/decisions/0080).
import type { TextKey, TextValues } from '../i18n/text.ts'
import { belongsToControl, isTyping, type KeyEventLike, type KeyStroke, parseKeys, sameStroke, strokeOf } from './keys.ts'

/** Where a key counts. `everywhere` keys are reserved: another context may not reuse them (commands.test.ts). */
export type KeyContext = 'everywhere' | 'page' | 'alarm' | 'dossier' | 'chart' | 'time'

export interface Command {
  readonly id: string
  /** The words on button and in the palette. */
  readonly name: TextKey
  readonly values?: TextValues
  /** More words to find it by, Korean and English, split by spaces. */
  readonly keywords?: string
  readonly keys?: string
  /** Who may not do this deed does not see the command; its key says so. */
  readonly deed?: string
  readonly context: KeyContext
  /** Absent: always. A sentence why it does not apply now shows the command disabled; `false` hides it. */
  readonly applies?: () => true | false | TextKey
  /** Live things only: off while the past is shown. */
  readonly live?: boolean
  /** What it does; it may hand back what undoes it (10 s, Ctrl Z). */
  readonly run: () => void | Undo | Promise<void | Undo | undefined> | undefined
  /** Not offered in the palette (moves of the list, Esc). */
  readonly unlisted?: boolean
  /** Set by `asPermitted`: no button, no line in the key sheet. */
  readonly isForbidden?: boolean
}

export interface Undo {
  readonly said: TextKey
  readonly values?: TextValues
  readonly undo: () => void | Promise<void>
}

/** The commands as the person signed in has them: what their posts never allow is shown nowhere, and a key of it says why nothing happens. */
export const asPermitted = (commands: readonly Command[], may: (deed: string) => boolean): readonly Command[] =>
  commands.map(command =>
    command.deed === undefined || may(command.deed)
      ? command
      : { ...command, unlisted: true, isForbidden: true, applies: () => 'command.not-yours' as const },
  )

export type Availability = { readonly can: true } | { readonly can: false; readonly because?: TextKey }

export function availability(command: Command, isPast: boolean): Availability {
  if (command.live && isPast) return { can: false, because: 'command.not-in-past' }
  const answer = command.applies?.() ?? true
  if (answer === true) return { can: true }
  return answer === false ? { can: false } : { can: false, because: answer }
}

/** Keys that two commands of one context, or a context and everywhere, both claim. Must be empty. */
export function clashes(commands: readonly Command[]): string[] {
  const seen = new Map<string, string>()
  const found: string[] = []
  const listed = [...commands].sort((a, b) => Number(b.context === 'everywhere') - Number(a.context === 'everywhere'))
  for (const { id, keys, context } of listed) {
    if (!keys) continue
    for (const key of keys.split(' | ')) {
      const other = seen.get(`everywhere ${key}`) ?? seen.get(`${context} ${key}`)
      if (other !== undefined && other !== id) found.push(`${key}: ${other} and ${id}`)
      seen.set(`${context} ${key}`, id)
    }
  }
  return found
}

const SECOND_STROKE_MS = 2000

export interface KeyDispatcher {
  /** The command of this key press, or undefined; call it once an event. */
  match(event: KeyEventLike, atMs: number): Command | undefined
}

/** `contexts` in the order of nearness: the focused region first; `everywhere` always wins. */
export function createKeyDispatcher(
  commands: () => readonly Command[],
  contexts: () => readonly KeyContext[],
  isOff: () => boolean,
): KeyDispatcher {
  let first: { readonly stroke: KeyStroke; readonly atMs: number } | undefined
  return {
    match(event, atMs) {
      const stroke = strokeOf(event)
      if (['ShiftLeft', 'ShiftRight', 'ControlLeft', 'ControlRight', 'AltLeft', 'AltRight', 'MetaLeft', 'MetaRight'].includes(stroke.code))
        return undefined
      if (!stroke.ctrl && stroke.code !== 'Escape' && stroke.code !== 'F6' && (isTyping(event) || isOff())) return undefined
      if (event.isComposing) return undefined
      const before = first !== undefined && atMs - first.atMs < SECOND_STROKE_MS ? first.stroke : undefined
      first = undefined
      const order: readonly KeyContext[] = ['everywhere', ...contexts()]
      let waits = false
      for (const context of order) {
        for (const command of commands()) {
          if (command.context !== context || !command.keys) continue
          for (const keys of command.keys.split(' | ')) {
            const strokes = parseKeys(keys)
            const [one, two] = strokes
            if (!one) continue
            if (two) {
              if (before && sameStroke(before, one) && sameStroke(stroke, two)) return command
              if (sameStroke(stroke, one)) waits = true
            } else if (sameStroke(stroke, one) && !belongsToControl(event)) return command
          }
        }
      }
      if (waits) first = { stroke, atMs }
      return undefined
    },
  }
}

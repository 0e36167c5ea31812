// Texts of the screen. Korean is written first; the English files have the same keys (text.test.ts). Placeholders: `{name}` puts the value in;
// `{name|을/를}` adds the Korean particle its last sound asks for; in English the same form is a count: `{n|ship/ships}` → "1 ship", "3 ships".
import { withParticle } from './particles.ts'
import { EN, KO } from './texts.ts'

export type Language = 'ko' | 'en'
export type TextKey = keyof typeof KO
export type TextValues = Readonly<Record<string, string | number>>
/** Says a text in the language chosen. */
export type Say = (key: TextKey, values?: TextValues) => string

const TEXTS: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { ko: KO, en: EN }

export function textIn(language: Language, key: TextKey, values: TextValues = {}): string {
  return TEXTS[language][key].replace(/\{(\w+)(?:\|([^}/]+)\/([^}]+))?\}/g, (whole, name: string, first?: string, second?: string) => {
    const value = values[name]
    if (value === undefined) return whole
    if (first === undefined || second === undefined) return String(value)
    if (language === 'ko') return withParticle(String(value), first, second)
    return `${value} ${Number(value) === 1 ? first : second}`
  })
}

/** True when this text exists: for keys made from the server's words (a detector's name, a reason). */
export const isTextKey = (key: string): key is TextKey => Object.hasOwn(KO, key)

/** A text for a word of the server, or the word itself where we have none (a newer server, an extension). */
export function wordFor(say: Say, prefix: string, word: string): string {
  const key = `${prefix}.${word}`
  return isTextKey(key) ? say(key) : word
}

// The words of papers, Korean first. The English edition is the same model in the second catalogue (texts.en.json); both are complete (words.test.ts).
import type { PaperLanguage } from './model.ts'
import en from './texts.en.json' with { type: 'json' }
import ko from './texts.ko.json' with { type: 'json' }

export type WordKey = keyof typeof ko
export type PaperSay = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string

const TEXTS: Readonly<Record<PaperLanguage, Readonly<Record<WordKey, string>>>> = { ko, en }

export const wordsIn =
  (language: PaperLanguage): PaperSay =>
  (key, values = {}) =>
    TEXTS[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

export const isWordKey = (key: string): key is WordKey => Object.hasOwn(ko, key)
/** A word of another room in the paper's language, or itself where the catalogue has none (a new detector). */
export const wordOr = (say: PaperSay, key: string, otherwise: string): string => (isWordKey(key) ? say(key) : otherwise)

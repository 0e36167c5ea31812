import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { isTextKey, textIn } from './text.ts'
import { EN_PARTS, EN as en, KO_PARTS, KO as ko } from './texts.ts'

const WEB = fileURLToPath(new URL('..', import.meta.url))
const sources = readdirSync(WEB, { recursive: true, encoding: 'utf8' })
  .filter(path => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
  .map(path => readFileSync(join(WEB, path), 'utf8'))
const all = sources.join('\n')
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)/g)].map(found => found[1] ?? '').sort()

test('every text is there in Korean and in English, and the two differ', () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(ko).sort())
  const english = new Map(Object.entries(en))
  expect(
    Object.entries(ko).filter(([key, text]) => text.trim() === '' || english.get(key)?.trim() === '' || english.get(key) === text),
  ).toEqual([])
})

test('no two rooms have a text of the same name', () => {
  for (const parts of [KO_PARTS, EN_PARTS]) {
    const keys = parts.flatMap(part => Object.keys(part))
    expect(keys.filter((key, n) => keys.indexOf(key) !== n)).toEqual([])
  }
})

test('both languages of a text put in the same values', () => {
  const english = new Map(Object.entries(en))
  expect(
    Object.entries(ko).filter(
      ([key, text]) => new Set(placeholders(text)).symmetricDifference(new Set(placeholders(english.get(key) ?? ''))).size > 0,
    ),
  ).toEqual([])
})

test('every text the screen asks for by name exists', () => {
  expect(sources.length).toBeGreaterThan(50)
  const asked = [...all.matchAll(/\bsay\('([^']+)'/g)].map(found => found[1] ?? '')
  expect(asked.filter(key => !isTextKey(key))).toEqual([])
})

test('no text is left that nothing asks for', () => {
  const prefixes = [
    ...[...all.matchAll(/\bsay\(`([^$`]*)\$\{/g)].map(found => found[1] ?? ''),
    ...[...all.matchAll(/wordFor\([^,]+,\s*'([^']+)'/g)].map(found => `${found[1]}.`),
  ].filter(prefix => prefix !== '')
  const unused = Object.keys(ko).filter(
    key => !all.includes(`'${key}'`) && !all.includes(`\`${key}\``) && !prefixes.some(prefix => key.startsWith(prefix)),
  )
  expect(unused).toEqual([])
})

test('a particle follows the name it is put after, an English count its number', () => {
  const key = Object.keys(ko).find(one => /\{\w+\|이\/가\}/.test(new Map(Object.entries(ko)).get(one) ?? ''))
  if (key && isTextKey(key))
    expect(textIn('ko', key, Object.fromEntries(placeholders(ko[key]).map(name => [name, '나래'])))).toMatch(/나래가/)
  expect(Object.values(en).filter(text => /[가-힣]/.test(text) && text !== '한국어')).toEqual([])
})

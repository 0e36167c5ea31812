import { expect, test } from 'vitest'
import { browserWords, signInState, step } from './model.ts'

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.3351.65',
    'Edge 138 · Windows',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.0.0 Whale/4.31.304.16 Safari/537.36',
    'Whale 4 · Windows',
  ],
  [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
    'Samsung Internet 28 · Android',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0', 'Firefox 139 · Linux'],
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/153.0.8010.0 Safari/537.36',
    'Chrome 153 · Linux',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
    'Safari 18 · macOS',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    'Safari 18 · iOS',
  ],
  ['curl/8.9.1', 'curl/8.9.1'],
  ['', ''],
])('the list of sessions names a browser as people do: %s', (agent, words) => {
  expect(browserWords(agent)).toBe(words)
})

test('a server that says more than is known, or less, never breaks the first page', () => {
  expect(signInState({ isDemo: 'yes', demoPosts: [{ post: 7 }], newThing: 1 })).toEqual({
    needsFirst: false,
    isDemo: false,
    demoPosts: [{ post: '', organisation: '', organisationName: { ko: '', en: '' }, person: '' }],
    hasPasskeys: false,
    version: '',
  })
  expect(step({ step: 'second', ticket: 't', ways: ['totp', 'iris', 'recovery'] })).toEqual({
    step: 'second',
    ticket: 't',
    ways: ['totp', 'recovery'],
  })
})

test('codes and the sealed account come with the step that shows them once', () => {
  expect(step({ step: 'in', name: '당직', login: 'w', recoveryCodes: ['A', 'B'], breakGlass: { login: 'b', password: 'p' } })).toEqual({
    step: 'in',
    name: '당직',
    login: 'w',
    recoveryCodes: ['A', 'B'],
    breakGlass: { login: 'b', password: 'p' },
  })
})

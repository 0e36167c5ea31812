import { expect, test } from 'vitest'
import { csvOf, invitations } from './invitations.ts'

test('the file of a list opens in a spreadsheet as it is, and no name in it is a formula', () => {
  expect(
    csvOf([
      ['이름', 'login'],
      ['=HYPERLINK("http://x")', 'a,b'],
    ]),
  ).toBe('\uFEFF"이름","login"\r\n"\'=HYPERLINK(""http://x"")","a,b"\r\n')
})

test('what the server gives is read with its end', () => {
  expect(
    invitations({
      links: [
        {
          person: 'p-1',
          name: '당직 하나',
          login: 'watch-1',
          organisation: 'busan',
          url: 'https://x/#link=1',
          endsAt: '2026-11-29T00:00:00Z',
        },
      ],
    }),
  ).toEqual([{ name: '당직 하나', login: 'watch-1', organisation: 'busan', url: 'https://x/#link=1', endsAtMs: Date.UTC(2026, 10, 29) }])
})

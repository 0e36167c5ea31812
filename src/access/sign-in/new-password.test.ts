import { expect, test } from 'vitest'
import { checkNewPassword } from './new-password.ts'

const codeOf = (password: string, words: readonly string[] = ['kim.officer', '김관리 조장']): Promise<string> =>
  checkNewPassword(password, words).then(
    () => 'good',
    error => String(error.code),
  )

test.each([
  ['sea wind at night 7', 'good'],
  ['밤바다 등대 열두 시', 'good'],
  ['x7Fq-02.kPz', 'good'],
  ['correct horse battery staple', 'good'],
  ['Tr0ub4dor&3-harbour', 'good'],
  ['short 9', 'password-too-short'],
  ['밤바다등대', 'password-too-short'],
  ['👨‍👩‍👧‍👦', 'password-too-short'],
  ['1234567890', 'password-common'],
  ['Qwertyuiop', 'password-common'],
  ['password1234', 'password-common'],
  ['!!Password2026!!', 'password-common'],
  ['ＰＡＳＳＷＯＲＤ１２３', 'password-common'],
  ['aaaaaaaaaaaa', 'password-common'],
  ['abcabcabcabc1', 'password-common'],
  ['kim.officer1', 'password-common'],
  ['OfficerKim77', 'password-common'],
  ['김관리조장20261', 'password-common'],
  ['mangru-mangru', 'password-common'],
])('%s as a password is %s', async (password, code) => expect(await codeOf(password)).toBe(code))

test('a name of two letters does not spoil a good password that holds them', async () => {
  expect(await codeOf('harbour lights at six', ['at', 'li'])).toBe('good')
})

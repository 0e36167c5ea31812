// What cannot become a password: too short, or among the first guesses (a list of 49,000 leaked ones, the person's own name, one thing over and over). No rules of capitals and
// signs: they make passwords worse and help nobody.
import { HttpRefusal } from '#platform/http/index.ts'
import { MIN_PASSWORD } from './password.ts'

/** The product's own words are guessed first here. */
const OWN_WORDS = ['mangru', '망루', 'customs', '관세청', 'inposs', 'in-poss']
const SHORTEST_WORD = 3

let list: Promise<ReadonlySet<string>> | undefined
/** Loaded when the first password is chosen: 1 MB that a product seldom needs. */
const guessedFirst = (): Promise<ReadonlySet<string>> =>
  (list ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common'].map(word => String(word).toLowerCase())),
  ))

/** `password` with numbers and signs around a word is the word. */
const coreOf = (password: string): string => password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')

async function isGuessed(password: string, words: readonly string[]): Promise<boolean> {
  const plain = password.normalize('NFKC').toLowerCase()
  if (/^(.{1,5})\1+.{0,4}$/u.test(plain)) return true
  // What is left without names is what has to be guessed.
  let rest = plain
  for (const word of [...words, ...OWN_WORDS].map(one => one.normalize('NFKC').toLowerCase()))
    if (word.length >= SHORTEST_WORD || /\p{Lo}{2}/u.test(word)) rest = rest.replaceAll(word, '')
  if ([...rest].length <= MIN_PASSWORD / 2) return true
  const common = await guessedFirst()
  return [plain, coreOf(plain), rest, coreOf(rest)].some(one => common.has(one))
}

/** Throws `password-too-short` or `password-common`. `words`: login name and name of who chooses. */
export async function checkNewPassword(password: string, words: readonly (string | undefined)[]): Promise<void> {
  if ([...password.normalize('NFC')].length < MIN_PASSWORD)
    throw new HttpRefusal(400, 'password-too-short', {
      ko: `비밀번호는 ${MIN_PASSWORD}자 이상으로 정하십시오. 낱말 여러 개를 이어도 됩니다`,
      en: `a password has ${MIN_PASSWORD} characters or more; several words in a row will do`,
    })
  const own = words.flatMap(word => (word === undefined ? [] : [word, ...word.split(/[\s._@-]+/)])).filter(word => word !== '')
  if (await isGuessed(password, own))
    throw new HttpRefusal(400, 'password-common', {
      ko: '쉽게 맞힐 수 있는 비밀번호입니다. 다른 것으로 정하십시오',
      en: 'this password is easily guessed; choose another',
    })
}

// People from a list (CSV as spreadsheets write it: comma, semicolon or tab, quotes, BOM). The first line names the columns in Korean or English. Each line is
// judged by itself and against the others; the same login on several lines is one person with several posts.
import { type Result, refused } from '#base/index.ts'
import { withParticle } from '#rules/index.ts'
import type { Access } from './access.ts'
import { checkedPerson, isPost, loginKey, type NewPerson, type NewPost, type Refused } from './person.ts'
import { POST_NAMES } from './schema.ts'

export type ReadLine = { readonly line: number; readonly login: string; readonly name: string } & Result<NewPerson, Refused>

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  login: ['로그인', '로그인 이름', '아이디', 'login', 'login name'],
  name: ['이름', '성명', 'name'],
  email: ['전자우편', '이메일', 'email', 'e-mail'],
  phone: ['전화', '전화번호', '연락처', 'phone'],
  organisation: ['소속', '조직', '부서', 'organisation', 'office'],
  post: ['맡은 일', '직책', '역할', 'post'],
  where: ['맡은 곳', '담당 조직', 'post organisation'],
  from: ['시작', '시작일', 'from'],
  until: ['끝', '종료일', 'until'],
}
const MAX_LINES = 5000
const KST_MS = 9 * 3_600_000
const DAY_MS = 86_400_000

const fault = (code: string, ko: string, en: string): Refused => ({ code, ko, en })

export function readPeople(csv: string, access: Pick<Access, 'organisations' | 'people'>, nowMs: number): readonly ReadLine[] {
  const [head = [], ...rows] = cellsOf(csv)
  const column = new Map<string, number>()
  for (const [key, names] of Object.entries(COLUMNS)) {
    const at = head.findIndex(cell => names.includes(cell.trim().toLowerCase()))
    if (at >= 0) column.set(key, at)
  }
  const missing = ['login', 'name', 'organisation'].filter(key => !column.has(key))
  if (missing.length > 0 || rows.length > MAX_LINES) {
    const names = missing.map(key => COLUMNS[key]?.[0]).join(', ')
    const reason =
      missing.length > 0
        ? fault('no-column', `첫 줄에 열 이름이 없습니다: ${names}`, `the first line does not name the columns: ${missing.join(', ')}`)
        : fault('too-many', `한 번에 ${MAX_LINES}명까지 가져올 수 있습니다`, `at most ${MAX_LINES} lines at once`)
    return [{ line: 1, login: '', name: '', ...refused(reason) }]
  }
  const lines = rows.map((cells, n) => {
    const cell = (key: string): string => cells[column.get(key) ?? -1]?.trim() ?? ''
    return { line: n + 2, login: cell('login'), name: cell('name'), ...lineOf(cell, access, nowMs) }
  })
  return joined(lines.filter(line => line.login !== '' || line.name !== ''))
}

function lineOf(
  cell: (key: string) => string,
  access: Pick<Access, 'organisations' | 'people'>,
  nowMs: number,
): Result<NewPerson, Refused> {
  const place = organisationId(cell('organisation'), access)
  if (!place)
    return refused(
      fault(
        'no-organisation',
        `소속 ${withParticle(`‘${cell('organisation')}’`, '을')} 모릅니다`,
        `the organisation ‘${cell('organisation')}’ is not known`,
      ),
    )
  if (access.people.personByLogin(cell('login')))
    return refused(
      fault(
        'login-taken',
        `로그인 이름 ${withParticle(`‘${cell('login')}’`, '은')} 이미 쓰고 있습니다`,
        `the login name ‘${cell('login')}’ is taken`,
      ),
    )
  const post = cell('post') === '' ? undefined : postOf(cell, place, access, nowMs)
  if (post && 'code' in post) return refused(post)
  return checkedPerson({
    loginName: cell('login'),
    name: cell('name'),
    organisation: place,
    ...(cell('email') ? { email: cell('email') } : {}),
    ...(cell('phone') ? { phone: cell('phone') } : {}),
    ...(post ? { posts: [post] } : {}),
  })
}

function postOf(cell: (key: string) => string, place: string, access: Pick<Access, 'organisations'>, nowMs: number): NewPost | Refused {
  const word = cell('post').toLowerCase()
  const post = Object.entries(POST_NAMES).find(([id, name]) => id === word || name.ko === word || name.en === word)?.[0]
  if (!post || !isPost(post))
    return fault(
      'no-post',
      `맡은 일 ${withParticle(`‘${cell('post')}’`, '을')} 모릅니다. 다음 중 하나: ${Object.values(POST_NAMES)
        .map(name => name.ko)
        .join(', ')}`,
      `the post ‘${cell('post')}’ is not known; one of ${Object.keys(POST_NAMES).join(', ')}`,
    )
  const where = cell('where') === '' ? place : organisationId(cell('where'), access)
  if (!where)
    return fault(
      'no-organisation',
      `맡은 곳 ${withParticle(`‘${cell('where')}’`, '을')} 모릅니다`,
      `the organisation ‘${cell('where')}’ is not known`,
    )
  const [fromMs, untilMs] = [dayMs(cell('from'), nowMs), dayMs(cell('until'), undefined)]
  if (fromMs === undefined || Number.isNaN(fromMs) || (untilMs !== undefined && Number.isNaN(untilMs)))
    return fault(
      'bad-date',
      `날짜 ${withParticle(`‘${cell('from')} ~ ${cell('until')}’`, '은')} 2026-11-24처럼 적으십시오`,
      'dates are written 2026-11-24',
    )
  // The last day counts whole.
  return { post, organisation: where, fromMs, ...(untilMs === undefined ? {} : { untilMs: untilMs + DAY_MS }) }
}

/** Midnight KST of a day written 2026-11-24, 2026.11.24 or 2026/11/24; NaN for what is none. */
function dayMs<Otherwise>(text: string, otherwise: Otherwise): number | Otherwise {
  if (text === '') return otherwise
  const [, year, month, day] = /^(\d{4})[-./]\s*(\d{1,2})[-./]\s*(\d{1,2})\.?$/.exec(text) ?? []
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day))
  const isThatDay = new Date(ms).getUTCMonth() === Number(month) - 1 && new Date(ms).getUTCDate() === Number(day)
  return isThatDay ? ms - KST_MS : Number.NaN
}

/** By id, full or short name; a short name that two share is nobody's. */
function organisationId(word: string, access: Pick<Access, 'organisations'>): string | undefined {
  const open = access.organisations().all.filter(one => one.closedAtMs === undefined)
  const exact = open.find(one => one.id === word || one.ko === word || one.en === word)
  if (exact) return exact.id
  const short = open.filter(one => one.shortKo === word || one.shortEn === word)
  return short.length === 1 ? short[0]?.id : undefined
}

/** Lines of one login become one person; one that says two names is wrong. */
function joined(lines: readonly ReadLine[]): readonly ReadLine[] {
  const first = new Map<string, number>()
  const out: ReadLine[] = []
  for (const line of lines) {
    const at = first.get(loginKey(line.login))
    const before = at === undefined ? undefined : out[at]
    if (!line.ok || at === undefined || !before?.ok) {
      if (line.ok) first.set(loginKey(line.login), out.length)
      out.push(line)
      continue
    }
    if (before.value.name !== line.value.name || before.value.organisation !== line.value.organisation) {
      const reason = fault(
        'two-people',
        `로그인 이름 ${withParticle(`‘${line.login}’`, '이')} ${before.line}번째 줄과 이름이나 소속이 다릅니다`,
        `the login name ‘${line.login}’ has another name or organisation on line ${before.line}`,
      )
      out.push({ line: line.line, login: line.login, name: line.name, ...refused(reason) })
    } else out[at] = { ...before, value: { ...before.value, posts: [...(before.value.posts ?? []), ...(line.value.posts ?? [])] } }
  }
  return out
}

/** The cells of a CSV text, RFC 4180 with the separator its first line uses; blank lines are left out. */
function cellsOf(text: string): string[][] {
  const plain = text.replace(/^\uFEFF/, '')
  const firstLine = plain.slice(0, plain.search(/[\r\n]|$/))
  const separator = ['\t', ';', ','].find(one => firstLine.includes(one)) ?? ','
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  const endCell = (): void => {
    row.push(cell)
    cell = ''
  }
  const endRow = (): void => {
    endCell()
    if (row.some(one => one.trim() !== '')) rows.push(row)
    row = []
  }
  for (let at = 0; at < plain.length; at++) {
    const letter = plain[at] ?? ''
    if (isQuoted) {
      if (letter !== '"') cell += letter
      else if (plain[at + 1] === '"') {
        cell += '"'
        at++
      } else isQuoted = false
    } else if (letter === '"' && cell === '') isQuoted = true
    else if (letter === separator) endCell()
    else if (letter === '\n' || letter === '\r') {
      if (letter === '\r' && plain[at + 1] === '\n') at++
      endRow()
    } else cell += letter
  }
  endRow()
  return rows
}

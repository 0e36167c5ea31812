// Settings of the room.
import { POSTS, type Post } from '#base/index.ts'
import type { SettingDescription } from '#platform/settings/index.ts'
import type { BoxPlan } from './report.ts'
import type { Timetable } from './timetable.ts'

export interface ReportsSettings {
  readonly boxes: readonly BoxPlan[]
  /** From this box on, counted from 1, a report may be decided finally. */
  readonly finalFrom: number
  readonly phone: string
  readonly timetable: Timetable
  readonly mailTo: readonly string[]
  readonly mailUnapprovedTo: readonly string[]
}

export const REPORTS_DEFAULTS = {
  boxes: ['담당/Officer=report-editor', '상황실장/Room chief=watch-leader', '감시과장/Head=director', '국장/Director=director'],
  remindAt: '06:00',
  closeAt: '06:20',
  draftAt: '06:30',
  sendAt: '07:00',
} as const

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/
const EMAIL = /^[^\s@<>",;:]{1,64}@[^\s@<>",;:]+$/
const isPost = (word: string): word is Post => POSTS.some(post => post === word)

/** `담당/Officer=report-editor`: Korean title, English title (may be absent), post. */
function partsOf(text: string): { readonly title: string; readonly titleEn: string; readonly post: string } {
  const [titles = '', post = ''] = text.split('=')
  const [title = '', titleEn = ''] = titles.split('/')
  return { title: title.trim(), titleEn: titleEn.trim(), post: post.trim() }
}

function boxFault(text: string): string | undefined {
  const { title, titleEn, post } = partsOf(text)
  if (title === '' || title.length > 12 || titleEn.length > 12)
    return `‘${text}’: a box is TITLE=post or TITLE/ENGLISH=post, titles of 12 letters at most, for example 담당/Officer=report-editor`
  return isPost(post) ? undefined : `‘${post}’ is no post; one of ${POSTS.join(', ')}`
}
const mailFault = (text: string): string | undefined => (EMAIL.test(text) ? undefined : `‘${text}’ is no e-mail address`)

/** 담당/Officer=report-editor → the box and who signs it. What does not read is left out: settings were checked before. */
export const readBoxes = (texts: readonly string[]): readonly BoxPlan[] =>
  texts.flatMap(text => {
    const { title, titleEn, post } = partsOf(text)
    return isPost(post) ? [{ title, ...(titleEn === '' ? {} : { titleEn }), post }] : []
  })

/** 06:30 → minutes of the KST day. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

const time = (path: keyof typeof REPORTS_DEFAULTS, ko: string, en: string): SettingDescription => ({
  path: `reports.${path}`,
  kind: 'text',
  default: String(REPORTS_DEFAULTS[path]),
  faultOf: text => (TIME.test(text) ? undefined : `‘${text}’ is no time of day; HH:MM`),
  sentence: { ko, en },
})
const list = (
  path: string,
  byDefault: readonly string[],
  faultOf: (text: string) => string | undefined,
  ko: string,
  en: string,
): SettingDescription => ({
  path: `reports.${path}`,
  kind: 'list',
  default: byDefault,
  faultOf,
  sentence: { ko, en },
})

export const REPORTS_SETTINGS: readonly SettingDescription[] = [
  list(
    'boxes',
    REPORTS_DEFAULTS.boxes,
    boxFault,
    '결재란: 칸 이름/영문 이름=직책, 아래에서 위로',
    'boxes of the approval line from the bottom up: title/English title=post',
  ),
  {
    path: 'reports.finalFrom',
    kind: 'number',
    default: 3,
    min: 1,
    max: 10,
    isWhole: true,
    sentence: { ko: '이 칸부터 전결할 수 있음(1 = 첫 칸)', en: 'from this box on a report may be decided finally (1 = the first)' },
  },
  {
    path: 'reports.phone',
    kind: 'text',
    default: '',
    sentence: { ko: '보고서에 찍히는 상황실 전화번호', en: 'telephone number of the room printed on the report' },
  },
  time('remindAt', '소속 보고를 재촉하는 시각', 'offices without a line are reminded'),
  time('closeAt', '소속 보고 마감 시각', 'lines of the offices close'),
  time('draftAt', '초안을 만드는 시각', 'the draft is made'),
  time('sendAt', '값을 굳히고 전자우편을 보내는 시각', 'figures are frozen and the report is e-mailed'),
  list('mailTo', [], mailFault, '결재가 끝난 보고를 받는 전자우편 주소', 'e-mail addresses that get the approved report'),
  list(
    'mailUnapprovedTo',
    [],
    mailFault,
    '07:00까지 결재가 끝나지 않으면 ‘결재 진행 중’으로 받는 주소',
    'addresses that get it marked as under approval when it is not approved in time',
  ),
]

/** The settings as the room takes them. */
export const readReportsSettings = (
  text: (path: string) => string,
  number: (path: string) => number,
  list: (path: string) => readonly string[],
): ReportsSettings => ({
  boxes: readBoxes(list('reports.boxes')),
  finalFrom: number('reports.finalFrom'),
  phone: text('reports.phone'),
  timetable: {
    remind: minutesOf(text('reports.remindAt')),
    close: minutesOf(text('reports.closeAt')),
    draft: minutesOf(text('reports.draftAt')),
    send: minutesOf(text('reports.sendAt')),
  },
  mailTo: list('reports.mailTo'),
  mailUnapprovedTo: list('reports.mailUnapprovedTo'),
})

/** As a new folder has them: for tests and whoever reads a folder alone. */
export const defaultReportsSettings = (change: Partial<ReportsSettings> = {}): ReportsSettings => ({
  ...readReportsSettings(
    path => String(byDefault(path)),
    path => Number(byDefault(path)),
    path => {
      const value = byDefault(path)
      return Array.isArray(value) ? value : []
    },
  ),
  ...change,
})
const byDefault = (path: string) => REPORTS_SETTINGS.find(one => one.path === path)?.default

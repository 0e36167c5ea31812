// The paper of a journey under seal: who, what, which way; what was found; the chain of custody; and how to check that nothing of it was changed.
import type { alarmView } from '#alerts/index.ts'
import type { Block, Column, Paper, PaperLanguage, Row, Section } from '#reports/index.ts'
import type { HeardReport, JourneyLine, JourneyPlan, JourneyStanding, Seal } from '#seals/index.ts'
import { type Spot, speedPicture, wayPicture } from './pictures.ts'
import { lineWords, stateWords } from './words.ts'

export interface JourneyContent {
  readonly plan: JourneyPlan
  readonly standing: JourneyStanding
  readonly stock: readonly Seal[]
  readonly lines: readonly JourneyLine[]
  readonly alarms: readonly ReturnType<typeof alarmView>[]
  /** By device time. */
  readonly reports: readonly HeardReport[]
  readonly photos: readonly { readonly name: string; readonly sha256: string }[]
}

const [WAY_MM, SPEED_MM] = [
  { width: 176, height: 74 },
  { width: 176, height: 34 },
]
/** Custody beyond this stands in journey.json alone. */
const MOST_LINES = 400
const KST_MS = 9 * 3_600_000
const time = (ms: number): string => new Date(ms + KST_MS).toISOString().slice(0, 19).replace('T', ' ')

export function journeyPaper(content: JourneyContent, language: PaperLanguage, nowMs: number): Paper {
  const { plan, reports } = content
  const say = (ko: string, en: string): string => (language === 'ko' ? ko : en)
  const found = violationsOf(content.alarms, language)
  const first = reports[0]?.atMs ?? plan.departFromMs
  const last = reports.at(-1)?.atMs ?? plan.arriveUntilMs
  const section = (id: Section['id'], title: string, blocks: readonly Block[]): Section => ({ id, title, state: 'machine', blocks })
  return {
    kind: 'special',
    language,
    title: say('봉인 운송 증거서', 'Sealed journey: evidence'),
    asOf: `${time(nowMs)} KST`,
    span: `${time(first)} ~ ${time(last)} KST`,
    room: say('망루', 'Mangru'),
    fromMs: first,
    toMs: last,
    boxes: [],
    sections: [
      section('summary', say('1. 운송', '1. The journey'), [
        table('facts', two(say('항목', 'item'), say('내용', 'content')), factsOf(content, say)),
      ]),
      section('ships', say('2. 경로', '2. The way'), [
        {
          kind: 'picture',
          id: 'way',
          title: say('경로', 'way'),
          svg: wayPicture({ widthMm: WAY_MM.width, heightMm: WAY_MM.height, plan, reports, violations: found.spots }),
          widthMm: WAY_MM.width,
          heightMm: WAY_MM.height,
        },
        words(
          'way-words',
          say(
            '굵은 띠: 계획 경로와 허용 폭, 파란 선: 봉인이 보고한 위치, 붉은 번호: 아래 위반',
            'Band: the corridor as planned; blue line: places the seals reported; red numbers: the violations below',
          ),
        ),
        {
          kind: 'picture',
          id: 'speed',
          title: say('속도·잠금', 'speed and lock'),
          svg: speedPicture(SPEED_MM.width, SPEED_MM.height, reports),
          widthMm: SPEED_MM.width,
          heightMm: SPEED_MM.height,
        },
        words(
          'speed-words',
          say('속도(km/h)와 잠금: 파랑 잠김, 빨강 열림, 회색 모름', 'Speed in km/h; lock: blue locked, red open, grey not known'),
        ),
      ]),
      section('events', say('3. 위반', '3. Violations'), [
        found.rows.length === 0
          ? words('none', say('해당 없음', 'none'))
          : table(
              'violations',
              [
                { id: 'n', title: '#', width: 0.5 },
                { id: 'at', title: say('시각(KST)', 'time (KST)'), width: 2 },
                { id: 'why', title: say('내용', 'what'), width: 6, align: 'left' },
                { id: 'state', title: say('상태', 'state'), width: 1.6 },
              ],
              found.rows,
            ),
      ]),
      section('actions', say('4. 인수·조치 기록', '4. Chain of custody'), [
        table(
          'custody',
          [
            { id: 'n', title: '#', width: 0.5 },
            { id: 'at', title: say('일시(KST)', 'when (KST)'), width: 2 },
            { id: 'what', title: say('내용', 'what'), width: 2.4, align: 'left' },
            { id: 'who', title: say('누가', 'who'), width: 1.6 },
            { id: 'note', title: say('비고·증거', 'note, evidence'), width: 3.6, align: 'left' },
          ],
          content.lines.slice(0, MOST_LINES).map(line => custodyRow(line, language)),
        ),
      ]),
      section('annex', say('5. 증거와 확인 방법', '5. The evidence, and how to check it'), [
        words(
          'how',
          say(
            '이 묶음의 manifest.json에 모든 파일의 크기와 SHA-256이 있고, manifest.sig는 그 서명(Ed25519)이다. 「mangru verify 파일」이 바뀐 것, 더해진 것, 빠진 것을 찾는다. frames.bin은 봉인이 보낸 그대로이며 frames.index.csv에 각 전문의 원장 번호, 받은 시각, 위치, SHA-256이 있다.',
            'manifest.json of this package names every file with its size and SHA-256; manifest.sig is the signature over it (Ed25519). `mangru verify FILE` finds what was changed, added or taken out. frames.bin is what the seals sent, as it came; frames.index.csv has of each frame its entry of the ledger, time of receipt, place and SHA-256.',
          ),
        ),
        words(
          'counts',
          say(
            `보고 ${reports.length}건, 경보 ${content.alarms.length}건, 기록 ${content.lines.length}줄, 사진 ${content.photos.length}장`,
            `${reports.length} reports, ${content.alarms.length} alarms, ${content.lines.length} lines of custody, ${content.photos.length} photos`,
          ),
        ),
        ...content.photos.map((photo, n) => words(`photo-${n}`, `${photo.name} · SHA-256 ${photo.sha256}`)),
      ]),
    ],
    grounds: {},
    foot: [`${plan.id} · ${plan.container}`],
    ...(plan.isDemo ? { warning: say('※ 시연 자료: 실제 운송이 아님', 'Demo data: no real journey') } : {}),
  }
}

const words = (id: string, text: string): Block => ({ kind: 'words', id, text })
const table = (id: string, columns: readonly Column[], rows: readonly Row[]): Block => ({ kind: 'table', id, columns, rows })
const two = (a: string, b: string): readonly Column[] => [
  { id: 'item', title: a, width: 1.4 },
  { id: 'content', title: b, width: 5, align: 'left' },
]
const rowOf = (id: string, texts: readonly string[]): Row => ({ id, cells: texts.map(text => ({ text })) })

function factsOf({ plan, standing, stock }: JourneyContent, say: (ko: string, en: string) => string): readonly Row[] {
  const officers = [...plan.officers.origin, ...plan.officers.destination].map(one => [one.name, one.phone].filter(Boolean).join(' '))
  const seals = plan.seals.map(({ seal, fitting }) => {
    const own = stock.find(one => one.id === seal)
    return `${own?.number ?? seal} (${seal}${fitting === 'container' ? '' : `, ${fitting}`})`
  })
  const facts: readonly (readonly [string, string | undefined])[] = [
    [say('운송 번호', 'journey'), plan.id],
    [say('보세운송 신고', 'declaration'), plan.declaration],
    [say('컨테이너', 'container'), plan.container],
    [say('봉인', 'seals'), seals.join(', ')],
    [say('차량', 'vehicle'), plan.vehicle],
    [say('품명', 'goods'), plan.goods],
    [say('출발지', 'origin'), plan.origin.name],
    [say('도착지', 'destination'), plan.destination.name],
    [say('경유지', 'stops'), plan.stops.map(stop => stop.name).join(', ')],
    [say('출발 예정', 'to leave'), `${time(plan.departFromMs)} ~ ${time(plan.departUntilMs)}`],
    [say('도착 기한', 'to arrive by'), time(plan.arriveUntilMs)],
    [say('담당', 'officers'), officers.join(', ')],
    [say('위험도', 'risk'), say({ low: '낮음', medium: '보통', high: '높음' }[plan.risk], plan.risk)],
    [say('상태', 'state'), stateWords(standing.state, say('ko', 'en') as 'ko' | 'en')],
  ]
  return facts.flatMap(([name, value], n) => (value === undefined || value === '' ? [] : [rowOf(`fact-${n}`, [name, value])]))
}

function violationsOf(
  alarms: JourneyContent['alarms'],
  language: PaperLanguage,
): { readonly rows: readonly Row[]; readonly spots: readonly Spot[] } {
  const rows: Row[] = []
  const spots: Spot[] = []
  const reasons = alarms.flatMap(alarm => alarm.reasons.map(reason => ({ ...reason, place: alarm.place })))
  for (const [n, reason] of reasons.sort((a, b) => (a.from < b.from ? -1 : 1)).entries()) {
    const label = String(n + 1)
    const state =
      reason.withdrawnAt !== undefined
        ? language === 'ko'
          ? '철회'
          : 'withdrawn'
        : reason.to !== undefined
          ? language === 'ko'
            ? '끝남'
            : 'ended'
          : language === 'ko'
            ? '계속'
            : 'open'
    rows.push({
      id: `violation-${n}`,
      cells: [
        { text: label },
        { text: time(Date.parse(reason.from)) },
        { text: reason.why[language] },
        { text: state, ...(reason.withdrawnAt === undefined ? {} : { tone: 'quiet' as const }) },
      ],
    })
    if (reason.place && reason.withdrawnAt === undefined) spots.push({ ...reason.place, label })
  }
  return { rows, spots }
}

function custodyRow(line: JourneyLine, language: PaperLanguage): Row {
  const place = line.place === undefined ? '' : (line.place.label ?? `${line.place.lat.toFixed(5)}, ${line.place.lon.toFixed(5)}`)
  const marks = line.evidence && line.evidence.length > 0 ? `${language === 'ko' ? '원장' : 'entry'} ${line.evidence.join(', ')}` : ''
  return rowOf(`line-${line.n}`, [
    String(line.n),
    time(line.atMs),
    lineWords(line, language),
    line.who ?? '',
    [line.note, place, marks].filter(Boolean).join(' · '),
  ])
}

// Full-text search over a million incidents: Korean with particles, without spaces, parts of words, two-letter words, numbers, names of ships; rare and common words; by
// head office and by one centre. Texts are made by a seed from the words of the trade, as reports are written.
import { join } from 'node:path'
import { ACCESS_MIGRATIONS } from '#access/index.ts'
import { INCIDENT_KINDS, INCIDENTS_MIGRATIONS, type Incident, incidentStatements, listIncidents } from '#incidents/index.ts'
import { openStore, type Store } from '#platform/store/index.ts'
import { temporaryFolder } from '../src/testkit/product.ts'
import type { Bench, Figure } from './bench.ts'

const ROWS = Number(process.env.MANGRU_BENCH_ROWS ?? 1_000_000)
const AT_ONCE = 5000
const TIMES = 15
const OFFICES = [
  'busan',
  'incheon',
  'ulsan',
  'yeosu',
  'gwangyang',
  'pyeongtaek',
  'gunsan',
  'mokpo',
  'incheon-airport',
  'gamcheon',
  'dangjin',
]
const PLACES = [
  '감천 5부두',
  '신항 2부두',
  '남항 1부두',
  '울산 본항 3부두',
  '여수신항',
  '광양 컨테이너부두',
  '평택 동부두',
  '군산항 6부두',
  '목포신항',
  '제1터미널 검사대',
]
const WHO = [
  '외국 선원',
  '하역 인부',
  '선용품 업자',
  '통선 선장',
  '여행자',
  '화물차 운전자',
  '경비원',
  '기관장',
  '어선 선원',
  '낚시 보트 선원',
]
const WHAT = [
  '담배',
  '냉동명태',
  '필로폰',
  '도검류',
  '위조 시계',
  '고춧가루',
  '면세유',
  '외화',
  '한약재',
  '녹용',
  '건고추',
  '금괴',
  '의류',
  '주류',
]
const DID = [
  '선측에서 상자를 옮김',
  '상륙허가 시간을 넘김',
  '신고 없이 반출함',
  '봉인을 뜯고 내용물을 꺼냄',
  '야간에 불을 끄고 접근함',
  '검색에 응하지 않고 달아남',
  '신고한 항로와 다르게 운항함',
  '목록과 다른 화물을 실음',
]
const SHIPS = ['ORIENT FROST', 'PACIFIC SUN', 'DONG YANG', 'HAE DONG', 'STAR OCEAN', 'GOLDEN BAY', 'NEW HOPE', 'EVER GLORY']

function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function incidentOf(n: number, next: () => number): Incident {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!
  const organisation = pick(OFFICES)
  const ship = `${pick(SHIPS)} ${1 + Math.floor(next() * 99)}`
  const box = `${pick(['WXYU', 'ABCU', 'TCLU', 'MSKU'])} ${String(100_000 + Math.floor(next() * 900_000))} ${Math.floor(next() * 10)}`
  const text = `${pick(PLACES)}에서 ${pick(WHO)} ${1 + Math.floor(next() * 9)}명이 ${pick(WHAT)} ${Math.floor(next() * 999)}개를 ${pick(DID)}. ${ship} 옆 ${Math.floor(next() * 300)}m, 현장 확인 중`
  const atMs = Date.UTC(2022, 0, 1) + n * 150_000
  const author = { id: 'bench', name: '현장', organisation }
  return {
    id: `bench-${n}`,
    number: '',
    organisation,
    organisations: [organisation],
    kind: pick(INCIDENT_KINDS),
    urgency: 3,
    state: n > ROWS - 200 ? 'reported' : 'closed',
    text,
    occurredAtMs: atMs,
    reportedAtMs: atMs,
    reportedBy: author,
    goods: [],
    people: [],
    links: [
      { kind: 'ship', id: String(440_000_000 + Math.floor(next() * 90_000)), label: ship },
      { kind: 'container', id: box, label: box },
    ],
    attachments: [],
    dailyReport: { isIn: false },
    mergedFrom: [],
    related: [],
    answers: 0,
    steps: 1,
    changedAtMs: atMs,
  }
}

/** One that is told apart from the million: what a rare search must find. */
const RARE = '신선대 방파제 남쪽 바깥 뗏목에서 흰 가루 발견'

async function fill(store: Store): Promise<number> {
  const next = random(20_261_124)
  const begun = performance.now()
  for (let n = 0; n < ROWS; n += AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, ROWS - n) }, (_, k) => {
        const incident = incidentOf(n + k, next)
        return store.write(incidentStatements(n + k === Math.floor(ROWS / 3) ? { ...incident, text: RARE } : incident))
      }),
    )
  return (performance.now() - begun) / 1000
}

const QUERIES = [
  ['two letters that are nowhere', '부산'],
  ['two common words that never meet', '필로폰 도검류'],
  ['a word of common pairs that is nowhere', '선원권'],
  ['two letters, common', '감천'],
  ['two letters, rare', '뗏목'],
  ['with a particle', '방파제에서'],
  ['without its spaces', '신선대방파제남쪽'],
  ['part of a word', '명태'],
  ['two words, common', '감천 필로폰'],
  ['four words', '여수 선원 상륙허가 시간'],
  ['a ship', 'ORIENT FROST 7'],
  ['part of a container number', 'WXYU 1234'],
  ['digits in the middle', '77881'],
  ['nothing of the kind', '잠수함 뗏목'],
  ['one letter', '배'],
] as const

export const bench: Bench = {
  name: 'incidents-search',
  question: 'how long does a search over a million incidents take, and the list beside it?',
  async run() {
    const folder = temporaryFolder()
    const store = await openStore({ file: join(folder.path, 'store.db'), migrations: [...ACCESS_MIGRATIONS, ...INCIDENTS_MIGRATIONS] })
    try {
      const seconds = await fill(store)
      const size = `${ROWS} incidents`
      const figures: Figure[] = [{ name: 'incidents written with their pairs', value: ROWS / seconds, unit: 'rows/s', size }]
      const measure = (name: string, ask: () => readonly Incident[], goal = '< 200'): void => {
        const times: number[] = []
        let found = 0
        for (let i = 0; i < TIMES; i++) {
          const at = performance.now()
          found = ask().length
          times.push(performance.now() - at)
        }
        times.sort((a, b) => a - b)
        figures.push({
          name: `${name}, worst of ${TIMES}`,
          value: times.at(-1) ?? 0,
          unit: 'ms',
          size: `${size}, ${found} found of 50`,
          goal,
        })
      }
      for (const [name, words] of QUERIES) {
        measure(`search, ${name} (${words}), head office`, () => listIncidents(store, { whose: 'all', words, limit: 50 }))
        measure(`search, ${name} (${words}), one centre`, () => listIncidents(store, { whose: new Set(['dangjin']), words, limit: 50 }))
      }
      measure('search, with a filter of kind and state', () =>
        listIncidents(store, { whose: 'all', words: '감천', kinds: ['weather'], states: ['reported'], limit: 50 }),
      )
      measure('newest page, head office', () => listIncidents(store, { whose: 'all', limit: 50 }), '< 50')
      measure('newest page, one centre', () => listIncidents(store, { whose: new Set(['dangjin']), limit: 50 }), '< 50')
      for (const [who, whose] of [
        ['head office', 'all'],
        ['one centre', new Set(['dangjin'])],
        ['a centre that has none', new Set(['airport-cargo'])],
      ] as const)
        measure(`last change first, ${who}`, () => listIncidents(store, { whose, isByChange: true, limit: 50 }), '< 50')
      measure('open ones, one centre', () => listIncidents(store, { whose: new Set(['dangjin']), states: ['reported'], limit: 50 }), '< 50')
      measure('a page in the middle', () => listIncidents(store, { whose: 'all', limit: 50, before: `bench-${ROWS >> 1}` }), '< 50')
      measure('a centre that has none', () => listIncidents(store, { whose: new Set(['airport-cargo']), limit: 50 }), '< 50')
      return figures
    } finally {
      await store.close()
      folder.remove()
    }
  },
}

// What a report says in its words: place, kind, how many people and boats, goods, numbers of containers and vehicles. A help for whoever types (읽어 낸 것), shown beside the
// text and taken over unless they choose otherwise; never forced, and never taken for the report itself. Pure: places known come from outside.
import { readIdentifier } from '#wire/identifiers/index.ts'
import type { Goods, GoodsType, IncidentKind, IncidentPlace, Link } from './schema.ts'

/** A name people write for a place: a port, an island, an area of the chart, an office. */
export interface KnownPlace {
  readonly names: readonly string[]
  readonly lat?: number
  readonly lon?: number
  readonly port?: string
  readonly office?: string
}
export interface ReadWords {
  readonly kind?: IncidentKind
  readonly place?: IncidentPlace
  readonly people?: number
  readonly vessels?: number
  readonly goods: readonly Goods[]
  readonly links: readonly Link[]
}

/** The gravest first: a report of a drug offender is one although it also speaks of a search. */
const KIND_WORDS: readonly (readonly [IncidentKind, RegExp])[] = [
  ['drug-offender', /마약|필로폰|대마|코카인|헤로인|펜타닐|엑스터시|케타민|\b(drug|narcotic|cocaine|meth)/i],
  ['prohibited-article', /총기|실탄|도검|폭발물|안보위해|금지 ?물품|위조지폐|\b(gun|ammunition|explosive|weapon)/i],
  ['unauthorised-boarding', /무단 ?(승선|상륙|이탈)|상륙 ?허가|밀입국|밀항|\b(stowaway|unauthorised (boarding|landing))/i],
  ['seizure', /적발|압수|몰수|유치|밀수|미신고 ?반출|\b(seiz|smuggl)/i],
  ['accident', /사고|화재|충돌|추락|좌초|침몰|익수|부상|유출|\b(fire|collision|accident|injur)/i],
  ['search-result', /검색 ?(결과|완료|마침|종료)|\bsearch (result|done|finished)/i],
  ['inspection', /검사|개장|X-?ray|판독|\binspect/i],
  ['equipment', /장비|고장|통신 ?장애|전원|카메라 .{0,12}(꺼|장애|불량)|\b(equipment|broken|outage)/i],
  ['weather', /풍랑|안개|태풍|강풍|호우|기상|파고|결빙|\b(fog|gale|storm|typhoon)/i],
  ['visit', /방문|시찰|점검단|순시|견학|귀빈|\bvisit/i],
  ['suspicious-act', /수상|의심|몰래|불 ?(끈|끄고)|배회|접선|환적|도주|달아|옮김|옮기|\bsuspicious/i],
]

const NUMBERS: Readonly<Record<string, number>> = { 한: 1, 두: 2, 세: 3, 네: 4, 다섯: 5, 여섯: 6, 일곱: 7, 여덟: 8, 아홉: 9, 열: 10 }
const COUNT = `(\\d{1,6}|${Object.keys(NUMBERS).join('|')})`
const countIn = (word: string | undefined): number | undefined => (word === undefined ? undefined : (NUMBERS[word] ?? Number(word)))

const GOODS_WORDS: readonly (readonly [GoodsType, RegExp])[] = [
  ['narcotics', /마약|필로폰|대마|코카인|헤로인|펜타닐|엑스터시|케타민/],
  ['security-threat', /총|실탄|도검|폭발물|칼/],
  ['currency', /외화|달러|엔화|위안|수표/],
  ['counterfeit', /위조|짝퉁/],
  ['smuggled', /담배|금괴|녹용|고추|명태|시계|의류|주류|양주|면세유|한약/],
]
/** Goods with a number and a unit; a bare number of people, boats or minutes is none. */
const GOODS =
  /(?<![가-힣A-Za-z\d])([가-힣A-Za-z]{2,12}(?: [가-힣]{2,8})?)\s*([\d,]+(?:\.\d+)?)\s*(보루|갑|상자|박스|개(?!월|소)|병|점|정|벌|포대|포|톤|리터|(?:kg|g|t|L)(?![A-Za-z]))/g

const PLATE =
  /(?<![\d가-힣])((?:서울|부산|대구|인천|광주|대전|울산|경기|강원|충북|충남|전북|전남|경북|경남|제주|세종)?\s?\d{2,3}[가-힣]\s?\d{4})(?!\d)/g
const CONTAINER = /\b[A-Z]{3}[UJZ][ -]?\d{6}[ -]?\d\b/gi
/** What follows a place's name and tells it closer: 감천 → 감천항 5부두 서쪽 끝. */
const CLOSER =
  /^(?:항|신항|본항)?(?:\s?(?:제?\s?\d+\s?(?:부두|터미널|선석|번 선석|묘박지|게이트|물양장)|본항|남항|북항|신항|외항|내항|동부두|서부두|컨테이너부두|묘박지|정박지|방파제|검사대|선석|부두))*(?:\s?(?:북동|북서|남동|남서|[동서남북])쪽?(?:\s?(?:끝|방|바깥|입구))?)?(?:\s?\d+(?:\.\d+)?\s?(?:NM|해리|km|m))?/u

export function readWords(text: string, places: readonly KnownPlace[]): ReadWords {
  const kind = KIND_WORDS.find(([, words]) => words.test(text))?.[0]
  const place = placeIn(text, places)
  const people = countIn(
    new RegExp(
      `(?:사람|인원|선원|승객|남성|여성|남자|여자|인부|용의자|외국인)\\s?${COUNT}\\s?(?:명|인)?|${COUNT}\\s?(?:명|사람|people|persons?|crew|men\\b)`,
    )
      .exec(text)
      ?.slice(1)
      .find(Boolean),
  )
  const vessels = countIn(new RegExp(`${COUNT}\\s?척`).exec(text)?.[1])
  return {
    goods: goodsIn(text),
    links: linksIn(text),
    ...(kind ? { kind } : {}),
    ...(place ? { place } : {}),
    ...(people === undefined ? {} : { people }),
    ...(vessels === undefined ? {} : { vessels }),
  }
}

/** The longest known name; of equal ones the first in the text. */
function placeIn(text: string, places: readonly KnownPlace[]): IncidentPlace | undefined {
  let best: { readonly at: number; readonly name: string; readonly place: KnownPlace } | undefined
  for (const place of places)
    for (const name of place.names) {
      const at = name.length >= 2 ? text.indexOf(name) : -1
      if (at >= 0 && (!best || name.length > best.name.length || (name.length === best.name.length && at < best.at)))
        best = { at, name, place }
    }
  if (!best) return undefined
  const { at, name, place } = best
  const label = `${name}${CLOSER.exec(text.slice(at + name.length))?.[0] ?? ''}`.trim()
  const { lat, lon, port, office } = place
  return {
    label,
    ...(lat === undefined || lon === undefined ? {} : { lat, lon }),
    ...(port ? { port } : {}),
    ...(office ? { office } : {}),
  }
}

function goodsIn(text: string): readonly Goods[] {
  return [...text.matchAll(GOODS)].slice(0, 20).flatMap(([, words = '', quantity = '', unit = '']) => {
    // 선원이 담배 20보루: who has it is no part of its name.
    const name = words.replace(/^\S+(?:이|가|은|는|을|를|에|에서|의|와|과|도|로)\s+/u, '')
    const value = Number(quantity.replaceAll(',', ''))
    if (!Number.isFinite(value)) return []
    return [{ type: GOODS_WORDS.find(([, words]) => words.test(name))?.[0] ?? 'other', name: name.trim(), quantity: value, unit }]
  })
}

function linksIn(text: string): readonly Link[] {
  const containers = [...text.matchAll(CONTAINER)].flatMap(([found]) => {
    const id = readIdentifier(found)
    return id ? [{ kind: 'container' as const, id: id.value, label: found.toUpperCase() }] : []
  })
  const vehicles = [...text.matchAll(PLATE)].map(([, found = '']) => ({
    kind: 'vehicle' as const,
    id: found.replace(/\s/g, ''),
    label: found.trim(),
  }))
  return [...containers, ...vehicles].filter((link, i, all) => all.findIndex(other => other.id === link.id) === i).slice(0, 20)
}

// 조치 현황: each critical or high alarm of the span, what was done, how soon and by whom.
import type { Alarm } from '#alerts/index.ts'
import { minuteOf, spanOf } from '../dates.ts'
import { type AlarmFact, alarmSources, compare } from '../facts.ts'
import type { Cell, Row } from '../model.ts'
import { detectorWords, doneWords, subjectWords } from './alarm-words.ts'
import { bracketName, empty, type SectionInput, type SectionMaker, why } from './section.ts'

/** The English page is a summary: the gravest. */
const ENGLISH_ROWS = 6
const TOGETHER_MS = 30 * 60_000

export const actions: SectionMaker = input => {
  const { facts, say, language } = input
  const grave = facts.alarms.filter(({ alarm }) => alarm.level <= 2)
  // Nothing received, nothing raised: ‘none’ would say that somebody had looked.
  if (!facts.wasHeard && facts.alarms.length === 0)
    return empty('actions', input, { blocks: [{ kind: 'words', id: 'actions/none', text: say('not-measured') }] })
  const note = say('actions.note', { n: grave.length })
  if (grave.length === 0) return empty('actions', input, { note })
  return {
    id: 'actions',
    title: say('section.actions'),
    note,
    state: 'machine',
    blocks: [
      {
        kind: 'table',
        id: 'actions/table',
        columns: [
          { id: 'received', title: say('actions.received'), width: 0.8 },
          { id: 'what', title: say('actions.what'), width: 3.4, align: 'left' },
          { id: 'done', title: say('actions.done'), width: 3.2, align: 'left' },
          { id: 'first', title: say('actions.first'), width: 1.2 },
          { id: 'who', title: say('actions.who'), width: 1.2 },
          { id: 'state', title: say('actions.state'), width: 1 },
        ],
        rows: together(
          [...grave].sort(
            (a, b) => a.alarm.level - b.alarm.level || a.alarm.openedAtMs - b.alarm.openedAtMs || compare(a.alarm.id, b.alarm.id),
          ),
        )
          .slice(0, language === 'en' ? ENGLISH_ROWS : undefined)
          .map(group => rowOf(input, group)),
      },
    ],
  }
}

type Group = readonly [first: AlarmFact, ...more: AlarmFact[]]

/** Equipment that fails together (stations of one network) and stands alike is one row; ships never are. */
function together(facts: readonly AlarmFact[]): readonly Group[] {
  const groups = new Map<string, [AlarmFact, ...AlarmFact[]]>()
  for (const fact of facts) {
    const { alarm, firstAct } = fact
    const isAlone = alarm.joined.ships.length > 0 || firstAct !== undefined
    const key = isAlone ? alarm.id : [alarm.joined.detector, alarm.level, alarm.state, Math.floor(alarm.openedAtMs / TOGETHER_MS)].join(' ')
    const known = groups.get(key)
    if (known) known.push(fact)
    else groups.set(key, [fact])
  }
  return [...groups.values()]
}

function rowOf(input: SectionInput, group: Group): Row {
  const [fact] = group
  const { alarm, firstAct, responseMs } = fact
  const { language, say, facts } = input
  const because = why('alarms.grave', alarmSources(group))
  const who = alarm.assignedTo ?? (firstAct ? facts.sources.nameOf(firstAct.who) : undefined)
  return {
    id: alarm.id,
    cells: [
      { text: minuteOf(alarm.openedAtMs), ...because },
      { text: groupWords(input, group), ...because, ...(alarm.level <= 1 ? { tone: 'alert' } : {}) },
      { text: doneWords(input, alarm).text, ...because },
      { text: responseMs === undefined ? say('dash') : spanOf(responseMs, language), ...because },
      { text: who ?? (group.length === 1 && fact.office ? bracketName(input, fact.office) : say('dash')), ...because },
      stateCell(input, alarm, because),
    ],
  }
}

/** 기지국 무응답 16건 (DEMO-JEJU 외) */
function groupWords(input: SectionInput, [{ alarm }, ...more]: Group): string {
  if (more.length === 0) return subjectWords(input, alarm)
  const [first] = alarm.joined.subjects
  return input.say('actions.together', {
    what: detectorWords(input, alarm),
    n: more.length + 1,
    first: first ? (input.facts.sources.labelOf(first.kind, first.id) ?? first.id) : '',
  })
}

function stateCell({ say }: SectionInput, alarm: Alarm, because: ReturnType<typeof why>): Cell {
  const isOver = alarm.state === 'resolved' || alarm.state === 'false' || alarm.state === 'closed'
  return { text: say(`state.${alarm.state}`), tone: isOver ? 'done' : 'open', ...because }
}

// From a drafted paper to its file: a night of 500 alarms and 200 incidents, fitted to two pages and an annex; cold (the process starts, fonts are read) and warm. Each form twice:
// the same bytes.
import { createPress, draftPaper, FORMS, type Paper, periodOf } from '#reports/index.ts'
import { machineClock } from '../src/platform/clock/index.ts'
import { composed } from '../src/reports/compose.ts'
import { AS_OF, kst, NIGHT_ALARMS, NIGHT_INCIDENTS, reportDesk } from '../src/testkit/report-desk.ts'
import type { Bench, Figure } from './bench.ts'

const ALARMS = 500
const INCIDENTS = 200
const TIMES = 10

async function busyNight(): Promise<Paper> {
  const desk = await reportDesk()
  try {
    for (let n = 0; n < INCIDENTS; n++) {
      const one = NIGHT_INCIDENTS[n % NIGHT_INCIDENTS.length]
      if (one) await desk.report({ ...one, id: `${one.id}-${n}`, isMarked: n % 10 === 0, ...(one.closed ? { closed: one.closed } : {}) })
    }
    await desk.store.write(
      Array.from({ length: ALARMS }, (_, n) => {
        const one = NIGHT_ALARMS[n % NIGHT_ALARMS.length]!
        const atMs = kst('18:00') + Math.floor((n / ALARMS) * 13 * 3_600_000)
        return desk.alarmAt({ ...one, id: `a${n}`, atMs, level: n % 50 === 0 ? 1 : n % 8 === 0 ? 2 : 3 })
      }),
    )
    const draft = await draftPaper(desk.sources, periodOf('daily', AS_OF), {
      language: 'ko',
      boxes: ['담당', '상황실장', '감시과장', '국장'],
      phone: '044-000-0000',
    })
    return composed(draft, undefined, { auditHead: 'ab'.repeat(32) }).paper
  } finally {
    await desk.close()
  }
}

export const bench: Bench = {
  name: 'reports-pdf',
  question: 'how long does it take to set the report, and is it the same bytes twice?',
  async run() {
    const paper = await busyNight()
    const size = `${ALARMS} alarms, ${INCIDENTS} incidents`
    const figures: Figure[] = []
    const press = createPress(machineClock)
    try {
      const print = async (of: Paper, form: (typeof FORMS)[number]): Promise<Buffer> => {
        const printed = await press.print(of, form)
        if (!printed.ok) throw new Error(printed.reason)
        return printed.value
      }
      const cold = performance.now()
      const fitted = await press.fit(paper)
      const bytes = await print(fitted, 'pdf')
      figures.push({ name: 'fitted and set, cold', value: performance.now() - cold, unit: 'ms', size: `${size}; ${bytes.length} bytes` })
      const measure = async (name: string, task: () => Promise<unknown>, goal?: string): Promise<void> => {
        const times: number[] = []
        for (let n = 0; n < TIMES; n++) {
          const at = performance.now()
          await task()
          times.push(performance.now() - at)
        }
        times.sort((a, b) => a - b)
        figures.push({ name: `${name}, median of ${TIMES}`, value: times[TIMES >> 1] ?? 0, unit: 'ms', size, ...(goal ? { goal } : {}) })
        figures.push({ name: `${name}, worst of ${TIMES}`, value: times.at(-1) ?? 0, unit: 'ms', size, ...(goal ? { goal } : {}) })
      }
      await measure('fitted and set as PDF, warm', async () => print(await press.fit(paper), 'pdf'), '< 1000')
      await measure('set as PDF, warm, fitted before', () => print(fitted, 'pdf'), '< 1000')
      for (const form of FORMS) {
        const [one, two] = [await print(fitted, form), await print(fitted, form)]
        if (!one.equals(two)) throw new Error(`two ${form} files of one paper differ`)
        figures.push({ name: `${form}, two files the same`, value: one.length, unit: 'bytes', size })
      }
      return figures
    } finally {
      press.close()
    }
  },
}

// A browser whose own clock is elsewhere, and changes with the season there, shows the days and hours of Korea. Each zone is tried in a process of its own: a zone is read once.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const SCRIPT = `
const { atOf, momentOf, formatView, parseView } = await import('#web/statistics/view.ts')
const { periodAt } = await import('#statistics/period.ts')
const { dayLong, momentOf: momentInWords } = await import('#reports/dates.ts')
const { asOfOf, dayOf } = await import('#reports/period.ts')
const { slotWords } = await import('#web/statistics/figures.ts')
const told = []
// New York goes forward on 8 March 2026 at 02:00 and back on 1 November; Berlin on 29 March and 25 October; Lord Howe by half an hour on 5 April and 4 October.
for (const day of ['2026-03-08', '2026-03-09', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01', '2028-02-29', '2027-01-01']) {
  for (const hour of ['00', '02', '07', '23']) {
    const at = momentOf(day + 'T' + hour)
    const week = periodAt('week', at, at + 1e12)
    const month = periodAt('month', at, at + 1e12)
    told.push([day, hour, at, atOf(at, 'hour'), atOf(at, 'day'), parseView(formatView({ unit: 'hour', at: day + 'T' + hour })).at,
      week.fromMs, week.toMs, month.fromMs, month.before.fromMs, month.yearBefore.fromMs, dayOf(at), asOfOf(day), slotWords(at, 'hour', 'ko'), slotWords(at, 'month', 'en'), dayLong(at, 'ko'), momentInWords(at, 'ko')])
  }
}
console.log(JSON.stringify(told))
`

const told = (zone: string): string => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', SCRIPT],
    { cwd: fileURLToPath(new URL('../../..', import.meta.url)), encoding: 'utf8', env: { ...process.env, TZ: zone } },
  )
  if (status !== 0) throw new Error(stderr)
  return stdout
}

test('days, weeks, months and hours are Korea’s in whatever zone the browser stands, over the nights its clock changes', () => {
  const seoul = told('Asia/Seoul')
  const [first] = JSON.parse(seoul)
  expect(first.slice(0, 5)).toEqual(['2026-03-08', '00', Date.UTC(2026, 2, 7, 15), '2026-03-08T00', '2026-03-08'])
  expect(first.slice(-2)).toEqual(['2026. 3. 8.(일)', '3. 8. 00:00'])
  for (const zone of ['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Pacific/Kiritimati'])
    expect([zone, told(zone)]).toEqual([zone, seoul])
})

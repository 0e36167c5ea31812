// The process that checks/telling-kill.ts kills: alarms come without pause and are told by SMPP, each to an officer of its own, until it is killed; with `end` it raises none and ends when
// nothing is left to be sent.
import { ACCESS_MIGRATIONS } from '#access/index.ts'
import { createSmsSmpp } from '#alerts/channels/index.ts'
import { ALERTS_MIGRATIONS, createAlerts } from '#alerts/index.ts'
import { createTelling, DEFAULT_RULES, type PeopleWorld, TELLING_MIGRATIONS, type Telling } from '#alerts/telling/index.ts'
import { machineClock as clock } from '#platform/clock/index.ts'
import { openStore } from '#platform/store/index.ts'
import { findingOf, joinedOf } from '../src/testkit/telling-desk.ts'

const [file = '', port = '0', firstText = '0', mode = ''] = process.argv.slice(2)
const store = await openStore({ file, migrations: [...ACCESS_MIGRATIONS, ...ALERTS_MIGRATIONS, ...TELLING_MIGRATIONS] })
let telling: Telling | undefined
const numberOf = (n: number): string =>
  `010-${String(1000 + Math.floor(n / 10_000)).padStart(4, '0')}-${String(n % 10_000).padStart(4, '0')}`
const people: PeopleWorld = {
  person: () => undefined,
  isSomebodyOnDuty: () => true,
  withThoseAbove: organisations => organisations,
  at: ({ facts }, canReach) => ({
    canReach,
    isWorkingHours: () => true,
    find: () => [{ key: facts.subject, name: facts.subject, language: 'ko', addresses: { sms: numberOf(Number(facts.subject.slice(1))) } }],
    namesOf: () => ({ ko: '', en: '', organisations: [] }),
  }),
}
const channel = createSmsSmpp(
  {
    name: 'operator',
    host: '127.0.0.1',
    port: Number(port),
    systemId: 'mangru',
    password: 'check',
    sender: '0200000000',
    perSecond: 2000,
    window: 50,
    answerMs: 3000,
  },
  { clock, onNews: news => telling?.news('operator', news) },
)
const alerts = createAlerts({
  store,
  clock,
  organisationsOf: () => ['busan'],
  escalateAfterMs: [],
  onChange: alarm => telling?.alarmChanged(alarm),
})
telling = createTelling({
  store,
  clock,
  log: { info() {}, warn() {}, error: line => void process.stderr.write(`${line}\n`) },
  channels: [channel],
  alerts,
  people,
  key: Buffer.from('key of the check'),
  sink: () => {},
  organisationWords: id => ({ ko: id, en: id }),
  factsOf: alarm => ({ subject: alarm.joined.subjects[0]?.id ?? '', subjects: [] }),
  rules: () => ({
    ...DEFAULT_RULES,
    rules: [{ id: 'all', ko: '모두', en: 'all', isOn: true, chain: 'one' }],
    chains: [{ id: 'one', ko: '한 번', en: 'once', steps: [{ step: 'tell', whom: [{ who: 'on-duty', of: 'place' }], by: ['sms'] }] }],
  }),
  onChange: () => {},
})
process.stdout.write('ready\n')
if (mode === 'end') {
  const left = (): number =>
    Number(store.read("SELECT count(*) AS n FROM telling_messages WHERE state NOT IN ('accepted', 'delivered')")[0]?.n ?? 0)
  while (left() > 0) await new Promise(done => setTimeout(done, 200))
  process.stdout.write('done\n')
  process.exit(0)
}
for (let n = Number(firstText); ; n++) {
  alerts.take(joinedOf(findingOf({ id: `kill-${n}`, subjects: [{ kind: 'seal', id: `S${n}` }] })))
  await new Promise(done => setTimeout(done, 2))
}

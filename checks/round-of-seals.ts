// The part of a whole round that is about sealed journeys and about telling people.
import type { RunningProduct } from '../src/testkit/product.ts'
import type { Work } from './whole-round.ts'

export async function sealsRound({
  ask,
  words,
  id,
  product,
  alarm,
}: Work & { readonly product: RunningProduct; readonly alarm: string }): Promise<void> {
  const protocol = 'jt808'
  const deviceId = '013900000001'
  const seal = `${protocol}:${deviceId}`
  await ask('POST /api/seals', [], {
    seals: [
      { protocol, deviceId, number: words('number', 40), maker: words('maker', 80), model: words('model', 80), organisation: 'busan' },
    ],
  })
  const plan = (own: string, container: string) => ({
    id: own,
    container,
    declaration: words('declaration', 80),
    vehicle: words('vehicle', 30),
    goods: words('goods', 80),
    consignee: words('consignee', 80),
    driver: { name: words('driver', 40) },
    origin: { name: words('place', 80), lat: 35.08, lon: 128.83 },
    destination: { name: words('place', 80), lat: 35.33, lon: 129.02 },
    officers: { origin: [{ name: words('officer', 40) }], destination: [{ name: words('officer', 40), phone: '010-0000-0000' }] },
    organisations: ['busan'],
  })
  const journey = 'ROUND-1'
  await ask('POST /api/journeys', [], { ...plan(journey, 'TEMU1234565'), seals: [{ seal }] })
  await ask('PUT /api/journeys/:id', [journey], { ...plan(journey, 'TEMU1234565'), seals: [{ seal }] })
  const template = id('template')
  await ask('PUT /api/journey-templates/:id', [template], {
    name: words('name', 80),
    organisation: 'busan',
    body: { goods: words('goods', 80), origin: { name: words('place', 80), lat: 35.08, lon: 128.83 }, driveWithinMin: 300 },
  })
  await ask('DELETE /api/journey-templates/:id', [template])
  await ask('POST /api/journeys/bulk', [], { journeys: [plan('ROUND-2', 'MSCU6639870')] })
  await ask('POST /api/journeys/:id/deeds', [journey], {
    id: id('deed'),
    deed: 'fit',
    seal,
    container: 'TEMU1234565',
    note: words('note', 200),
  })
  const command = id('command')
  await ask('POST /api/seals/:id/commands', [seal], { id: command, kind: 'ask-position', reason: words('reason', 200) })
  await ask('DELETE /api/seals/commands/:id', [command])
  await ask('POST /api/seals/reports', [], {
    reports: [{ device: 'ROUND-SEAL', at: '2026-01-31T09:00:00+09:00', lat: 35.1, lon: 128.9, note: words('note', 80) }],
  })
  await ask('POST /api/gates/events', [], {
    id: id('gate'),
    gate: words('gate', 60),
    lat: 35.1,
    lon: 128.9,
    container: 'TEMU1234565',
    vehicle: words('vehicle', 30),
  })
  await ask('POST /api/telling/preview', [], { alarm })
  const rules = await product.get<object>('/api/telling/rules')
  await ask('POST /api/telling/rules/check', [], rules)
  await ask('POST /api/telling/rules/try', [], { alarm, at: new Date().toISOString() })
  await ask('PUT /api/telling/rules', [], { ...rules, reason: words('reason', 200) })
}

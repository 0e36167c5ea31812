// The report being written, without a browser: what is kept, what comes back, what is sent.
import { expect, test, vi } from 'vitest'
import type { Api } from '../live/api.ts'
import { LineDown } from '../shell/outbox.ts'
import { createFormDesk } from './form-desk.ts'
import { inMemory, type Keeping } from './keeping.ts'
import type { DraftFile } from './model.ts'
import { createSends } from './sends.ts'
import { FileElsewhere } from './upload.ts'

let made = 0
function desk(keeping: Keeping = inMemory(), me = 'kim', there: readonly unknown[] = []) {
  const line = { isDown: false }
  const got: Record<string, unknown>[] = []
  const resumed: string[] = []
  const newId = (): string => `id-${me}-${++made}`
  const json: Api['json'] = async (method, path, body) => {
    if (line.isDown) throw new LineDown('line')
    if (path === '/api/incidents/read-words')
      return Object(body).text.includes('여수') ? { place: { label: '여수신항', lat: 34.74, lon: 127.75, port: 'KRYOS' } } : {}
    return method === 'GET' && path === '/api/incident-drafts' ? there : {}
  }
  let now = 1000
  const sends = createSends({
    keeping,
    me: () => me,
    now: () => ++now,
    newId,
    async post(_path, body) {
      if (line.isDown) throw new LineDown('line')
      got.push(Object(body))
      return { number: '2026-1124-01' }
    },
    upload: async () => undefined,
    onTaken: send => void keeping.remove('drafts', send.about),
    onRefused: () => undefined,
    alone: task => task(),
  })
  const form = createFormDesk({
    api: { json },
    keeping,
    sends,
    me: () => me,
    now: () => ++now,
    newId,
    upload: async () => undefined,
    async resume(file) {
      resumed.push(file.id)
      if (line.isDown) throw new LineDown('line')
      if (file.name === '다른 자리.jpg') throw new FileElsewhere(file.name)
      form.progress(file.id, 1)
    },
  })
  return { form, sends, keeping, line, got, resumed }
}
const settled = async (): Promise<void> => {
  for (let i = 0; i < 80; i++) await Promise.resolve()
}
const photo = (id: string, name = '현장.jpg'): DraftFile => ({ id, name, kind: 'photo', bytes: 10 })

test('a draft is there again in the next page of this browser, with its files as far as they are', async () => {
  const first = desk()
  await first.form.begin()
  first.form.change({ text: '쓰다 만 보고', files: [photo('p1'), photo('p2', '다른 자리.jpg')] })
  await settled()
  const next = desk(first.keeping)
  await next.form.begin()
  await settled()
  expect(next.form.draft.get()?.text).toBe('쓰다 만 보고')
  expect([...next.form.files.get()]).toEqual([
    ['p1', { share: 1 }],
    ['p2', { share: 0, isElsewhere: true }],
  ])
  await next.form.send()
  await settled()
  expect(next.got[0]).toMatchObject({ text: '쓰다 만 보고', attachments: ['p1'] })
})

test('what another officer began at this desk is not shown to the next', async () => {
  const kim = desk()
  await kim.form.begin()
  kim.form.change({ text: '김의 초안' })
  await settled()
  const han = desk(kim.keeping, 'han')
  await han.form.begin()
  expect(han.form.draft.get()?.text).toBe('')
  expect(han.form.others.get()).toEqual([])
})

test('a draft that was begun for something else is offered beside, and taken up again', async () => {
  const { form } = desk()
  await form.begin()
  form.change({ text: '먼저 쓰던 것' })
  await form.begin({ links: [{ kind: 'camera', id: '부산 43', label: '부산 43' }] })
  expect(form.others.get().map(one => one.text)).toEqual(['먼저 쓰던 것'])
  form.change({ text: '카메라 앞' })
  const [earlier] = form.others.get()
  if (earlier) form.take(earlier)
  await settled()
  expect(form.draft.get()?.text).toBe('먼저 쓰던 것')
  expect(form.others.get().map(one => one.text)).toEqual(['카메라 앞'])
})

test('a report that waits for the line is offered as no draft, and is kept as one until the server has it', async () => {
  const first = desk()
  await first.form.begin()
  first.form.change({ text: '줄 없이 보낸 것' })
  first.line.isDown = true
  await first.form.send()
  await settled()
  const next = desk(first.keeping)
  next.line.isDown = true
  await next.form.begin()
  expect(next.form.draft.get()?.text).toBe('')
  expect(await first.keeping.all('drafts')).toHaveLength(1)
  next.line.isDown = false
  await next.sends.flush()
  await settled()
  expect(next.got).toHaveLength(1)
  expect(await first.keeping.all('drafts')).toEqual([])
})

test('files that stopped with the line go on by themselves, one try at a time', async () => {
  const { form, line, resumed } = desk()
  await form.begin()
  form.change({ text: '사진 있음', files: [photo('p1')] })
  line.isDown = true
  form.tick()
  form.tick()
  await settled()
  expect(resumed).toEqual(['p1'])
  line.isDown = false
  form.tick()
  await settled()
  form.tick()
  expect(resumed).toEqual(['p1', 'p1'])
  expect(form.files.get().get('p1')).toEqual({ share: 1 })
})

test('a place named in words stands on the chart by its name; one pressed on the chart keeps its position whatever it is called', async () => {
  vi.useFakeTimers()
  const { form } = desk()
  await form.begin()
  form.namePlace('여수신항 1부두')
  await vi.advanceTimersByTimeAsync(400)
  expect(form.place()).toEqual({ label: '여수신항 1부두', lat: 34.74, lon: 127.75, port: 'KRYOS' })
  form.namePlace('어느 섬')
  await vi.advanceTimersByTimeAsync(400)
  expect(form.place()).toEqual({ label: '어느 섬' })
  form.change({ place: { label: '어느 섬', lat: 34, lon: 128 } })
  form.namePlace('여수신항')
  await vi.advanceTimersByTimeAsync(400)
  expect(form.place()).toEqual({ label: '여수신항', lat: 34, lon: 128 })
  vi.useRealTimers()
})

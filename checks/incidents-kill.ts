// Reports, answers and photos at a hundred a second while the product is killed at random moments: what was answered 'received' is there, once, with its number; steps
// count without gaps; rows and files of attachments belong together.
import { createHash, randomBytes } from 'node:crypto'
import { jpeg } from '../src/testkit/files.ts'
import { type RunningProduct, runCommand, startProduct, temporaryFolder } from '../src/testkit/product.ts'
import { type Check, seeded } from './check.ts'

interface Answer {
  readonly id: string
  readonly number: string
}
const AT_ONCE = 10
const PIECE_BYTES = 3000

export const check: Check = {
  name: 'incidents-kill',
  promise:
    'no report that was answered is lost on kill -9 at random moments, none is there twice, numbers have no gaps, and attachments stay whole',
  async run({ seed, times = 20, say }) {
    const random = seeded(seed)
    const folder = temporaryFolder()
    const faults: string[] = []
    const taken = new Map<string, string>()
    /** Answer → its incident; photo → its hash. Only what was answered. */
    const answers = new Map<string, string>()
    const photos = new Map<string, string>()
    let sent = 0
    try {
      for (let round = 0; round < times; round++) {
        const product = await startProduct(folder.path, ['--no-demo'])
        let isAlive = true
        const one = async (n: number): Promise<void> => {
          const id = `kill-${String(n).padStart(7, '0')}`
          const photo = n % 5 === 0 ? await sendPhoto(product, `${id}-photo`, id, photos) : undefined
          const body = {
            id,
            organisation: n % 2 ? 'busan' : 'incheon',
            text: `보고 ${n} ${randomBytes(8).toString('hex')}`,
            ...(photo === undefined ? {} : { attachments: [photo] }),
          }
          const answer = await product.post<Answer>('/api/incidents', body).catch(() => undefined)
          if (answer?.status === 201) taken.set(id, answer.body.number)
          // Sent again, as a phone does that heard no answer in time.
          const again = await product.post<Answer>('/api/incidents', body).catch(() => undefined)
          if (again?.status === 201 && taken.has(id) && taken.get(id) !== again.body.number) faults.push(`${id} has two numbers`)
          if (again?.status !== 201) return
          taken.set(id, again.body.number)
          const deed = { deedId: `${id}-answer`, text: `답 ${n}` }
          for (let time = 0; time < 2; time++) {
            const told = await product.post(`/api/incidents/${id}/answers`, deed).catch(() => undefined)
            if (told && told.status < 300) answers.set(deed.deedId, id)
          }
        }
        const senders = Array.from({ length: AT_ONCE }, async () => {
          while (isAlive) await one(sent++)
        })
        await new Promise(done => setTimeout(done, 200 + random() * 2500))
        await product.kill()
        isAlive = false
        await Promise.all(senders)
        if (round % 5 === 4)
          say(
            `${round + 1} of ${times} kills, ${taken.size} reports, ${answers.size} answers, ${photos.size} photos received, ${faults.length} faults`,
          )
      }
      const product = await startProduct(folder.path, ['--no-demo'])
      faults.push(
        ...(await missing(product.get, taken)),
        ...(await brokenStories(product, answers)),
        ...(await brokenPhotos(product, photos)),
      )
      await product.stop()
      const checked = await runCommand(['check', '--data', folder.path])
      if (checked.code !== 0) faults.push(checked.stderr.trim())
    } finally {
      folder.remove()
    }
    return {
      pass: faults.length === 0 && taken.size > 0 && answers.size > 0 && photos.size > 0,
      figure: `${times} kills, ${sent} sent, ${taken.size} reports, ${answers.size} answers and ${photos.size} photos received; ${faults.length} faults${faults.length ? `: ${faults.slice(0, 3).join('; ')}` : ''}`,
    }
  },
}

/** In pieces, as a phone does; the id once it was taken. */
async function sendPhoto(product: RunningProduct, id: string, incident: string, photos: Map<string, string>): Promise<string | undefined> {
  const bytes = jpeg({ comment: randomBytes(4000).toString('base64') })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  try {
    await product.post('/api/attachments', { id, incident, name: '현장.jpg', kind: 'photo', bytes: bytes.length, sha256 })
    for (let at = 0; at < bytes.length; at += PIECE_BYTES)
      await fetch(`${product.url}/api/attachments/${id}/bytes?offset=${at}`, {
        method: 'PUT',
        headers: { ...product.headers, 'content-type': 'application/octet-stream' },
        body: bytes.subarray(at, at + PIECE_BYTES),
      })
    const done = await product.post(`/api/attachments/${id}/done`, {})
    if (done.status >= 300) return undefined
    photos.set(id, sha256)
    return id
  } catch {
    return undefined
  }
}

/** Steps count 1, 2, 3 … and an answer that was received stands once. */
async function brokenStories({ get }: RunningProduct, answers: ReadonlyMap<string, string>): Promise<string[]> {
  const faults: string[] = []
  for (const [answer, incident] of answers) {
    const { thread } = await get<{ thread: { id: string; n: number }[] }>(`/api/incidents/${incident}`)
    if (thread.filter(step => step.id === answer).length !== 1) faults.push(`${answer} was received and is not there once`)
    if (thread.some((step, at) => step.n !== at + 1)) faults.push(`the steps of ${incident} are ${thread.map(step => step.n).join(' ')}`)
  }
  return faults
}

/** A photo that was received is there, byte by byte. */
async function brokenPhotos(product: RunningProduct, photos: ReadonlyMap<string, string>): Promise<string[]> {
  const faults: string[] = []
  for (const [photo, sha256] of photos) {
    const answer = await fetch(`${product.url}/api/attachments/${photo}/original?reason=check`, { headers: product.headers })
    const bytes = Buffer.from(await answer.arrayBuffer())
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      faults.push(`${photo} was received and is not whole (${answer.status})`)
  }
  return faults
}

async function missing(get: <T>(path: string) => Promise<T>, taken: ReadonlyMap<string, string>): Promise<string[]> {
  const faults: string[] = []
  const there: { readonly id: string; readonly number: string; readonly organisation: string }[] = []
  for (let before = ''; ; ) {
    const page = await get<{ incidents: typeof there; isLast: boolean }>(`/api/incidents?limit=200${before ? `&before=${before}` : ''}`)
    there.push(...page.incidents)
    before = page.incidents.at(-1)?.id ?? ''
    if (page.isLast) break
  }
  const numbers = new Map(there.map(one => [one.id, one.number]))
  if (numbers.size !== there.length) faults.push('an incident is listed twice')
  for (const [id, number] of taken)
    if (numbers.get(id) !== number) faults.push(`${id} was answered as ${number} and is ${numbers.get(id) ?? 'not there'}`)
  const byDay = new Map<string, number[]>()
  for (const { organisation, number } of there) {
    const key = `${organisation} ${number.slice(0, 9)}`
    byDay.set(key, [...(byDay.get(key) ?? []), Number(number.slice(10))])
  }
  for (const [key, list] of byDay)
    if (Math.max(...list) !== list.length) faults.push(`${key}: ${list.length} incidents, the last is number ${Math.max(...list)}`)
  return faults
}

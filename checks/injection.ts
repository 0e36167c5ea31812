// Reliability check 21: words that are markup, scripts, formulas and line ends, typed into every field there is and sent by ships, looked at on every page in a real browser with a trap.
// Nothing is executed and nothing becomes an element; spreadsheets get no formula; mail and answers get no header of somebody else's making; the log gets no line of it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { SMTPServer } from 'smtp-server'
import { createSmtp } from '#platform/mail/index.ts'
import { encodeSentences } from '#wire/ais/index.ts'
import { openBrowser } from '../src/testkit/browser.ts'
import { temporaryFolder } from '../src/testkit/product.ts'
import { PAGES } from '../src/web/shell/address.ts'
import { type Check, seeded } from './check.ts'
import { type Round, wholeRound } from './whole-round.ts'

/** Each calls the trap when it is understood, and is an element with `data-trap` when it becomes one. */
const MARKUP = [
  '<img data-trap src=x onerror=trap()>',
  '"><svg data-trap onload=trap()>',
  '<script data-trap>trap()</script>',
  '</textarea></title></style><iframe data-trap srcdoc="<script>parent.trap()</script>"></iframe>',
  '<a data-trap href=javascript:trap() autofocus onfocus=trap()>x</a>',
  "' autofocus onfocus='trap()' data-trap='",
  "{{constructor.constructor('trap()')()}}",
  '<details data-trap open ontoggle=trap()>',
  '<b data-trap>',
]
const FORMULAS = [
  '=HYPERLINK("http://trap.invalid","x")',
  '@SUM(1)',
  "+cmd|'/C calc'!A0",
  '-2+3',
  '\t=1+1',
  '=1+1\r\nBcc: trap@trap.invalid',
]
/** Ships speak in capitals; markup does not mind. */
const SHIP_WORDS = ['<IMG SRC=X ONERROR=', '<SVG/ONLOAD=TRAP()>', '"><B DATA-TRAP>', '=1+1', '<SCRIPT>TRAP()']

const SETTLE_MS = 1500
/** Things clicked open on each page. */
const CLICKS = 14

export const check: Check = {
  name: 'injection',
  promise: 'words that are markup, scripts, formulas or line ends are shown as words: 0 executions, 0 elements, 0 formulas, 0 headers',
  async run({ seed, say }) {
    const random = seeded(seed)
    const folder = temporaryFolder()
    const faults: string[] = []
    let fields = 0
    let browser: Browser | undefined
    let round: Round | undefined
    try {
      const words = (_field: string, most: number): string => {
        fields++
        const list = fields % 3 === 0 ? FORMULAS : MARKUP
        const fitting = list.filter(one => one.length <= most)
        // Where none fits, the beginning of one: half a tag must not join with what stands behind it.
        return fitting[Math.floor(random() * fitting.length)] ?? (list[0] ?? '').slice(0, most)
      }
      round = await wholeRound({
        data: join(folder.path, 'data'),
        words,
        onAsked({ route, status, body }) {
          if (status >= 500) faults.push(`${route}: ${status} ${JSON.stringify(body).slice(0, 120)}`)
        },
      })
      const refused = round.asked.filter(one => one.status >= 400).map(one => `${one.route} ${one.status} ${String(Object(one.body).code)}`)
      sendShips(round)
      say(
        `${round.asked.length} changes with ${fields} fields of such words; ${refused.length} refused${refused.length ? `: ${refused.join(', ')}` : ''}`,
      )
      browser = await openBrowser()
      if (!(await trapWorks(browser))) faults.push('the trap itself does not catch')
      const seen = await lookEverywhere(browser, round, faults)
      say(`${seen.looks} looks at pages and papers, words of the round stood there as words ${seen.words} times`)
      if (seen.words < 50) faults.push(`only ${seen.words} places showed the words: too little was looked at`)
      const files = await uploads(browser, round, faults)
      const sheets = await spreadsheets(round, faults)
      const mails = await mail(folder.path, faults)
      for (const line of round.product.errors().split('\n'))
        if (line !== '' && /trap/.test(line) && !/^\d{4}-\d\d-\d\dT\S+ (?:info|warn|error) /.test(line))
          faults.push(`a line of the log is not ours: ${line.slice(0, 100)}`)
      return {
        pass: faults.length === 0,
        figure: `${fields} fields and ${SHIP_WORDS.length * 5} words of ships, ${seen.looks} looks: ${seen.caught} executions, ${seen.elements} elements; ${files} files, ${sheets} cells of ${FORMULAS.length} formulas, ${mails} headers of mails; ${faults.length} faults${faults.length ? `: ${[...new Set(faults)].slice(0, 6).join('; ')}` : ''}`,
      }
    } finally {
      await browser?.close()
      await round?.stop()
      folder.remove()
    }
  },
}

function sendShips({ send }: Round): void {
  for (const [n, words] of SHIP_WORDS.entries()) {
    const mmsi = 440_000_000 + n
    const lines = [
      { type: 5, mmsi, name: words, callSign: words.slice(0, 7), destination: words },
      { type: 24, mmsi: mmsi + 50, part: 0, name: words },
      { type: 14, mmsi: 970_000_000 + n, text: `SART ACTIVE ${words}${words}` },
      { type: 19, mmsi: mmsi + 100, name: words, lon: 129, lat: 35, sogKn: 3, cogDeg: 10 },
      { type: 21, mmsi: 994_400_000 + n, name: words, lon: 129.01, lat: 35.01, aidType: 1 },
    ]
    for (const line of lines) for (const sentence of encodeSentences(line as Parameters<typeof encodeSentences>[0])) send(`${sentence}\r\n`)
  }
}

/** In every frame before its own scripts: counts calls, refusals of the policy and dialogs. */
const TRAP = `window.__caught = 0; window.trap = window.TRAP = () => { window.__caught++ };
  document.addEventListener('securitypolicyviolation', event => { (window.__refused ??= []).push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample) })`

async function trapWorks(browser: Browser): Promise<boolean> {
  const page = await browser.newPage()
  await page.addInitScript(TRAP)
  await page.goto('data:text/html,<title>x</title>')
  await page.setContent(`<body>${MARKUP.join('')}</body>`)
  await page.waitForTimeout(500)
  const caught = await page.evaluate<number>('window.__caught + document.querySelectorAll("[data-trap]").length')
  await page.close()
  return caught > 3
}

interface Seen {
  looks: number
  caught: number
  elements: number
  words: number
}

async function lookEverywhere(browser: Browser, round: Round, faults: string[]): Promise<Seen> {
  const seen: Seen = { looks: 0, caught: 0, elements: 0, words: 0 }
  const context = await signedIn(browser, round)
  const page = await context.newPage()
  const look = async (where: string): Promise<void> => {
    const found = await page.evaluate<{ caught: number; elements: number; words: number; refused: string[] }>(`(() => {
      const text = document.body?.innerText ?? document.documentElement.textContent ?? ''
      const values = [...document.querySelectorAll('input, textarea')].map(one => one.value).join(' ')
      return {
        caught: window.__caught ?? 0,
        elements: document.querySelectorAll('[data-trap]').length,
        words: (text + values).split(/data-trap|onerror=|ONERROR|TRAP\\(\\)|trap\\(\\)|HYPERLINK/).length - 1,
        refused: window.__refused ?? [],
      }
    })()`)
    seen.looks++
    seen.caught += found.caught
    seen.elements += found.elements
    seen.words += found.words
    if (found.caught > 0) faults.push(`${where}: executed ${found.caught} times`)
    if (found.elements > 0) faults.push(`${where}: ${found.elements} elements were made of words`)
    for (const refusal of found.refused) faults.push(`${where}: the browser refused ${refusal.slice(0, 150)}`)
    await page.evaluate('window.__caught = 0; window.__refused = []')
  }
  page.on('dialog', dialog => {
    faults.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', request => {
    if (request.url().includes('trap.invalid')) faults.push(`${page.url()} asked for ${request.url()}`)
  })
  const { url } = round.product
  const { incident, ship, report, alarm } = round.things
  const places = [
    ...PAGES.map(name => `#/${name}`),
    `#/ships/${ship}`,
    `#/ships/${ship + 100}`,
    `#/incidents/${incident}`,
    `#/reports/${report}`,
    `#/situation?on=alarm:${alarm}`,
    `#/situation?on=ship:${ship}`,
  ]
  for (const place of places) {
    await page.goto('about:blank')
    await page.goto(`${url}/?palette=night&lang=ko${place}`)
    await page.waitForTimeout(SETTLE_MS)
    await look(place)
    await openThings(page, () => look(`${place}, opened`))
  }
  await page.goto(`${url}/?palette=night&lang=ko#/situation`)
  await page.waitForTimeout(SETTLE_MS)
  for (const asked of ['<', '=', 'SCRIPT', '440000']) {
    await page.keyboard.press('Control+KeyK')
    await page.keyboard.type(asked)
    await page.waitForTimeout(700)
    await look(`searched for ${asked}`)
    await page.keyboard.press('Escape')
  }
  await page.goto(`${url}/?wall=1#/situation`)
  await page.waitForTimeout(SETTLE_MS)
  await look('wall')
  // Papers, opened by themselves.
  for (const path of [
    `/api/reports/${report}/files/html`,
    `/api/reports/${report}/files/html?lang=en`,
    `/api/reports/${report}/pages`,
    `/api/attachments/${round.things.attachment}`,
    `/api/incidents/${incident}`,
    '/api/areas.geojson',
  ]) {
    await page.goto(`${url}${path}`).catch(() => undefined)
    await page.waitForTimeout(500)
    await look(path)
  }
  await context.close()
  return seen
}

async function signedIn(browser: Browser, round: Round): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'ko-KR', viewport: { width: 1920, height: 1080 } })
  const [name = '', value = ''] = round.headers.one.cookie.split('=')
  await context.addCookies([{ name, value, url: round.product.url }])
  await context.addInitScript(TRAP)
  return context
}

/** Rows, tabs and folded parts are opened one after another; nothing that changes anything is pressed. */
async function openThings(page: Page, look: () => Promise<void>): Promise<void> {
  const things = page.locator(
    'main [role=tab], main tbody tr, main li, main [aria-expanded=false], main [role=option], main [role=row], main [role=treeitem]',
  )
  const many = Math.min(await things.count(), 60)
  for (let n = 0, step = Math.max(1, Math.floor(many / CLICKS)); n < many; n += step) {
    await things
      .nth(n)
      .click({ timeout: 400, position: { x: 6, y: 6 } })
      .catch(() => undefined)
    await page.waitForTimeout(120)
  }
  await page.waitForTimeout(400)
  await look()
  await page.keyboard.press('Escape').catch(() => undefined)
}

/** What is no photo is refused whatever it is called; what was taken is served so that a browser takes it for nothing else. */
async function uploads(browser: Browser, round: Round, faults: string[]): Promise<number> {
  const page = '<html><body><script>trap()</script><img data-trap src=x onerror=trap()></body></html>'
  const jpegAndPage = Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, page.length + 2]),
    Buffer.from(page),
    Buffer.from([0xff, 0xd9]),
  ])
  const files: readonly (readonly [name: string, kind: string, bytes: Buffer])[] = [
    ['page.jpg', 'photo', Buffer.from(page)],
    ['drawing.svg', 'photo', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="trap()"><script>trap()</script></svg>')],
    ['drawing.jpg', 'photo', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>trap()</script></svg>')],
    ['two-faced.jpg', 'photo', jpegAndPage],
    ['gif.jpg', 'photo', Buffer.from('GIF89a/*<script>*/=trap()//')],
    [
      'script.pdf',
      'pdf',
      Buffer.from(`%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(trap())>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`),
    ],
    ['page.pdf', 'pdf', Buffer.from(`%PDF-1.4\n${page}\n%%EOF\n`)],
  ]
  const send = async (path: string, body: unknown, type = 'application/json', method = 'POST') =>
    fetch(`${round.product.url}${path}`, {
      method,
      headers: { ...round.headers.one, 'content-type': type },
      body: body instanceof Buffer ? new Uint8Array(body) : JSON.stringify(body),
    })
  for (const [n, [name, kind, bytes]] of files.entries()) {
    const id = `upload-${String(n).padStart(6, '0')}`
    const begun = await send('/api/attachments', {
      id,
      incident: `of-${id}`,
      name: `../../${name}\r\nX-Trap: 1`,
      kind,
      bytes: bytes.length,
    })
    if (begun.ok) await send(`/api/attachments/${id}/bytes?offset=0`, bytes, 'application/octet-stream', 'PUT')
    const done = begun.ok ? await send(`/api/attachments/${id}/done`, {}) : begun
    if (done.ok) faults.push(`${name} was taken as a ${kind}`)
    else if (done.status >= 500) faults.push(`${name}: ${done.status}`)
  }
  // The one that was taken in the round, under a name of such words.
  const taken = await fetch(`${round.product.url}/api/attachments/${round.things.attachment}`, { headers: round.headers.one })
  await taken.arrayBuffer()
  const policy = taken.headers.get('content-security-policy') ?? ''
  if (!/sandbox/.test(policy) || taken.headers.get('x-content-type-options') !== 'nosniff')
    faults.push(`an attachment is served with ${policy}`)
  if (taken.headers.has('x-trap') || taken.headers.has('bcc')) faults.push('the name of a file became a header')
  void browser
  return files.length
}

/** Every sheet that the product gives out; cells that a spreadsheet would take for a formula. */
async function spreadsheets(round: Round, faults: string[]): Promise<number> {
  let cells = 0
  const get = async (path: string, body?: unknown): Promise<Buffer> => {
    const answer = await fetch(`${round.product.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...round.headers.one, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) faults.push(`${path}: ${answer.status} ${(await answer.text()).slice(0, 100)}`)
    return answer.ok ? Buffer.from(await answer.arrayBuffer()) : Buffer.alloc(0)
  }
  const tables = (format: string) => ({
    unit: 'month',
    format,
    title: FORMULAS[0],
    tables: [{ title: FORMULAS[1], asks: [{ measure: 'incidents', by: ['organisation', 'kind'] }] }],
  })
  const records = (format: string) => ({ unit: 'month', measure: 'incidents', format, title: FORMULAS[0] })
  const sheets: readonly (readonly [path: string, body?: unknown])[] = [
    ['/api/incidents.csv'],
    ['/api/incidents.xlsx'],
    ['/api/audit.csv'],
    ['/api/statistics/exports', tables('csv')],
    ['/api/statistics/exports', tables('xlsx')],
    ['/api/statistics/records/export', records('csv')],
    ['/api/statistics/records/export', records('xlsx')],
  ]
  for (const [path, body] of sheets) {
    const bytes = await get(path, body)
    if (bytes.length === 0) continue
    const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
    if (isZip)
      for (const [name, xml] of Object.entries(unzipSync(bytes)).filter(([name]) => name.endsWith('.xml'))) {
        const text = Buffer.from(xml).toString()
        cells += text.split('<c ').length - 1
        if (/<f[\s>]/.test(text)) faults.push(`${path}: ${name} holds a formula`)
        if (/externalLink|<hyperlink/.test(text)) faults.push(`${path}: ${name} links to elsewhere`)
      }
    else
      for (const cell of cellsOf(bytes.toString().replace(/^\uFEFF/, ''))) {
        cells++
        if (/^[=+\-@\t\r]/.test(cell) && !/^[+-]?\d+(?:\.\d+)?$/.test(cell))
          faults.push(`${path}: a cell reads ${JSON.stringify(cell.slice(0, 60))}`)
      }
  }
  return cells
}

function cellsOf(csv: string): string[] {
  const cells: string[] = []
  for (const [, quoted, plain = ''] of csv.matchAll(/"((?:[^"]|"")*)"|([^",\r\n]+)/g))
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
  return cells
}

/** A message whose every word holds line ends and a header of somebody else's; what a server then reads. */
async function mail(folder: string, faults: string[]): Promise<number> {
  const raws: string[] = []
  const recipients: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo(address, _session, done) {
      recipients.push(address.address)
      done()
    },
    onData(stream, _session, done) {
      let raw = ''
      stream.on('data', piece => (raw += piece))
      stream.on('end', () => {
        raws.push(raw)
        done()
      })
    },
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  mkdirSync(join(folder, 'mail'))
  const file = join(folder, 'mail', 'report.pdf')
  writeFileSync(file, '%PDF-1.4')
  const evil = (word: string): string => `${word}\r\nBcc: trap@trap.invalid\r\nX-Trap: 1\r\n\r\n<script>trap()</script>`
  try {
    const smtp = createSmtp({
      host: '127.0.0.1',
      port,
      security: 'none',
      user: '',
      password: '',
      from: '종합상황실 <room@example.org>',
      timeoutMs: 5000,
    })
    for (const to of ['chief@example.org', evil('chief@example.org'), 'chief@example.org, trap@trap.invalid'])
      await smtp.send(
        {
          id: 'm-1',
          to,
          subject: evil('일일상황'),
          text: `본문 ${evil('말')}`,
          attachments: [{ name: evil('일일상황.pdf'), type: 'application/pdf', file }],
          writtenAtMs: Date.now(),
        },
        async () => {},
      )
  } finally {
    await new Promise<void>(done => server.close(() => done()))
  }
  let headers = 0
  for (const raw of raws) {
    // Headers of the message and of each of its parts.
    for (const block of raw.split(/\r\n--[^\r\n]+\r\n/).map((part, n) => (n === 0 ? part : part).split('\r\n\r\n')[0] ?? '')) {
      headers += block.split(/\r\n(?!\s)/).length
      if (/^(?:bcc|x-trap):/im.test(block)) faults.push(`a header of somebody else's making: ${/^(?:bcc|x-trap):.*/im.exec(block)?.[0]}`)
    }
  }
  if (raws.length === 0) faults.push('no mail reached the server: nothing was tried')
  for (const recipient of recipients) if (recipient.includes('trap')) faults.push(`the mail went to ${recipient} too`)
  return headers
}

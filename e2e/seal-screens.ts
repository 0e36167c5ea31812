// Pictures of the page of seals for docs/screens/: the demo's trucks with the worst one opened, a plan with its way, the stock, and the telephone at the box.
import type { Browser, Page } from 'playwright-core'
import { signedInPage } from '../src/testkit/browser.ts'
import { eventually, type RunningProduct } from '../src/testkit/product.ts'

const DESK = { viewport: { width: 1920, height: 1080 } } as const
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true } as const
const SETTLED_MS = 5000
const WORST_WITHIN_MS = 6 * 60_000

export async function sealPictures(
  browser: Browser,
  product: RunningProduct,
  picture: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const open = async (view: string, size: typeof DESK | typeof PHONE): Promise<Page> => {
    const page = await signedInPage(browser, product, { locale: 'ko-KR', ...size })
    await page.goto(`${product.url}/?palette=night&lang=ko#/seals${view}`)
    await page.waitForTimeout(SETTLED_MS)
    return page
  }
  await eventually(
    async () => ((await product.get<{ journeys: { word: string }[] }>('/api/journeys?word=opened')).journeys.length > 0 ? true : undefined),
    WORST_WITHIN_MS,
  ).catch(() => undefined)
  const list = await open('', DESK)
  await list.locator('.seal-list tbody tr').first().click()
  await list.waitForTimeout(SETTLED_MS)
  await picture(list, 'seals-night-1080p')
  await list.close()

  const { journeys } = await product.get<{ journeys: { origin: string; destination: string; state: string }[] }>('/api/journeys?limit=2000')
  const driven = journeys.find(one => one.state === 'arrived' || one.state === 'unsealed') ?? journeys[0]
  const plan = await open('?f=plan', DESK)
  for (const [label, words] of [
    ['컨테이너번호', 'TEMU 123456 5'],
    ['차량번호', '부산81아0000'],
    ['출발지', driven?.origin ?? '부산신항'],
    ['도착지', driven?.destination ?? '의왕 ICD'],
    ['화물', '건고추 18.2 t'],
    ['도착지 담당자', '도착지 담당'],
    ['도착지 연락처', '010-0000-0000'],
  ] as const)
    await plan.getByLabel(label, { exact: true }).first().fill(words)
  await plan.waitForTimeout(SETTLED_MS)
  await picture(plan, 'seals-plan-night-1080p')
  await plan.close()

  const stock = await open('?f=stock', DESK)
  await stock.locator('.seal-stock tbody tr').nth(1).click()
  await stock.waitForTimeout(SETTLED_MS)
  await picture(stock, 'seals-stock-night-1080p')
  await stock.close()

  await product.post('/api/seals', { seals: [{ protocol: 'jt808', deviceId: '013912344323', number: 'KC-0028-6117', firmware: '1.9' }] })
  await product.post('/api/journeys', {
    id: `PICTURE-${Date.now()}`,
    container: 'TEMU1234565',
    vehicle: '부산81아0000',
    risk: 'high',
    origin: { name: '부산신항', lat: 35.078, lon: 128.828 },
    destination: { name: '의왕 ICD', lat: 37.325, lon: 126.95 },
  })
  const phone = await open('?f=field', PHONE)
  await phone.getByLabel('컨테이너·차량·신고번호').fill('TEMU1234565')
  await phone
    .getByRole('button', { name: /TEMU 123456 5/ })
    .first()
    .click()
  await phone.getByLabel('봉인번호 (QR·NFC·직접)').fill('KC-0028-6117')
  await phone.waitForTimeout(SETTLED_MS)
  await picture(phone, 'seals-field-night-390')
  await phone.close()
}

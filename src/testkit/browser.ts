// A real Chromium that comes by npm and needs nothing of the machine: for end-to-end tests, pictures and the screen's benchmarks. Software GL.
import { type Browser, type BrowserContext, type BrowserContextOptions, type Page, chromium as playwright } from 'playwright-core'

/** Who is signed in there: what `startProduct` gives. */
interface SignedIn {
  readonly url: string
  readonly headers: { readonly cookie: string }
}

/** A browser window in which the officer of the product is signed in. */
export async function signedInContext(browser: Browser, product: SignedIn, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext(options)
  const [name = '', value = ''] = product.headers.cookie.split('=')
  await context.addCookies([{ name, value, url: product.url }])
  return context
}
/** Closing the page leaves the window; the browser's end closes it. */
export const signedInPage = async (browser: Browser, product: SignedIn, options?: BrowserContextOptions): Promise<Page> =>
  (await signedInContext(browser, product, options)).newPage()

/** Starts the browser; the caller closes it. */
export async function openBrowser(): Promise<Browser> {
  // The package brings the system libraries of one cloud's machine; asked for so, it unpacks them wherever it runs.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x'
  // Loaded only now: the package looks at the environment when it loads.
  const { default: chromium } = await import('@sparticuz/chromium')
  const executablePath = await chromium.executablePath()
  const browser = await playwright.launch({
    executablePath,
    headless: true,
    args: [
      ...chromium.args.filter(arg => !arg.startsWith('--use-gl') && !arg.startsWith('--use-angle') && arg !== '--single-process'),
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--ignore-gpu-blocklist',
      '--autoplay-policy=no-user-gesture-required',
      '--force-color-profile=srgb',
    ],
  })
  const newContext = browser.newContext.bind(browser)
  browser.newContext = async options => {
    const context = await newContext(options)
    // Against hanging only: each frame of a chart in software costs a small machine up to a second.
    context.setDefaultTimeout(100_000)
    return context
  }
  return browser
}

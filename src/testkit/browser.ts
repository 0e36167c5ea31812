// A real Chromium that comes by npm and needs nothing of the machine: for end-to-end tests, pictures and the screen's benchmarks. Software GL.
import { type Browser, chromium as playwright } from 'playwright-core'

/** Starts the browser; the caller closes it. */
export async function openBrowser(): Promise<Browser> {
  // The package brings the system libraries of one cloud's machine; asked for so, it unpacks them wherever it runs.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x'
  // Loaded only now: the package looks at the environment when it loads.
  const { default: chromium } = await import('@sparticuz/chromium')
  const executablePath = await chromium.executablePath()
  return playwright.launch({
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
}

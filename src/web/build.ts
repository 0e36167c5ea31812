// Builds the screen (dist/web) when it is missing or older than its sources. `start` calls ensureWeb before it says it is ready: a fresh clone has no
// dist. The stamp is a hash over everything that can change the result, so a second start costs one read of the sources (about 20 ms).
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const WEB = join(ROOT, 'src/web')
const OUT = join(ROOT, 'dist/web')
const STAMP = join(OUT, '.stamp')

/** Where the built screen lies: index.html at the top, everything else under assets/ with a hash in its name (cache for ever). */
export const WEB_DIRECTORY = OUT

/**
 * Content-Security-Policy of the screen: nothing inline, nothing from outside. `blob:` workers are not needed; `data:` pictures are MapLibre's icons.
 * Styles set by script on elements (element.style) are not inline styles in the sense of the policy.
 */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Makes sure dist/web is the build of these sources. Answers true when it had to build. Two at once build beside each other; the last rename wins. */
export async function ensureWeb(onProgress?: (sentence: string) => void): Promise<boolean> {
  const want = hashOfSources()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === want) return false
  onProgress?.('building the screen (a few seconds, first use of this version)')
  const { build } = await import('vite')
  const temporary = `${OUT}.${process.pid}`
  // Whatever this process is run for, officers get the swift screen: Vite would build React's slow one for developers under any other value.
  const environment = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    await build({
      configFile: false,
      root: WEB,
      base: './',
      logLevel: 'error',
      plugins: [woff2Only()],
      resolve: { alias: [{ find: /^#/, replacement: `${join(ROOT, 'src')}/` }] },
      worker: { format: 'es' },
      build: {
        outDir: temporary,
        emptyOutDir: true,
        target: 'es2023',
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        reportCompressedSize: false,
        chunkSizeWarningLimit: 2000,
        rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'maplibre', test: /node_modules\/(maplibre-gl|pmtiles)/ }] } } },
      },
    })
    writeFileSync(join(temporary, '.stamp'), want)
    mkdirSync(join(ROOT, 'dist'), { recursive: true })
    rmSync(OUT, { recursive: true, force: true })
    renameSync(temporary, OUT)
  } finally {
    if (environment === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = environment
    rmSync(temporary, { recursive: true, force: true })
  }
  onProgress?.('the screen is built')
  return true
}

/** SHA-256 over the screen's sources, every room's schema (the browser imports them), base, and the lockfile. */
function hashOfSources(): string {
  const hash = createHash('sha256')
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => /^(web|base)\//.test(path) || /(^|\/)(schema|live-frames)\.ts$/.test(path))
    .filter(path => /\.(tsx?|css|json|html|svg)$/.test(path) && !/\.test\.tsx?$/.test(path))
    .sort()
  if (files.length === 0) throw new Error(`no sources of the screen below ${ROOT}; the clone is not whole`)
  for (const path of files)
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(ROOT, 'src', path)))
      .update('\0')
  return hash.update(readFileSync(join(ROOT, 'package-lock.json'))).digest('hex')
}

/** Font packages name .woff beside .woff2; every browser we serve reads woff2, so the others are left out (12 MB less in dist). */
function woff2Only(): Plugin {
  return {
    name: 'woff2-only',
    enforce: 'pre',
    transform: (code, id) =>
      /\.css($|\?)/.test(id) && code.includes("format('woff')")
        ? code.replace(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/g, '')
        : undefined,
  }
}

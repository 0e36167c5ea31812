// PDF by Typst in a child process: ten seconds at most, one retry with a fresh process, then a refusal (the HTML page prints instead). The child stays warm for five minutes.
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Clock, ok, type Result, refused } from '#base/index.ts'
import type { Paper } from '../model.ts'
import { wordsIn } from '../words.ts'
import type { DrawnPicture, PaperMessage, PictureMessage, SetPages, SetRefused, SetWish } from './pdf-messages.ts'

const CHILD = fileURLToPath(new URL('./pdf-child.ts', import.meta.url))
const LIMIT_MS = 10_000
const IDLE_MS = 300_000
const KST_MS = 9 * 3_600_000

export interface SetPaper {
  readonly pages: number
  /** Pages before the annex. */
  readonly mainPages: number
  readonly pdf?: Buffer
  /** All pages, one below the other. */
  readonly svg?: string
}

export interface Typesetter {
  /** Sets a paper; refuses with a sentence when the native module is missing, fails twice or takes too long. */
  set(paper: Paper, wants?: SetWish): Promise<Result<SetPaper, string>>
  /** A picture as PNG of so many pixels. Refuses as `set` does. */
  draw(svg: string, widthPx: number): Promise<Result<Buffer, string>>
  close(): void
}

type Question = Omit<PaperMessage, 'id'> | Omit<PictureMessage, 'id'>
type Answer = SetPages | DrawnPicture

export function createTypesetter(
  clock: Pick<Clock, 'after'>,
  { child = CHILD, limitMs = LIMIT_MS }: { readonly child?: string; readonly limitMs?: number } = {},
): Typesetter {
  let process: ChildProcess | undefined
  let next = 1
  let stopIdle = (): void => {}
  /** One paper after the other: the child has one thread. */
  let turn: Promise<unknown> = Promise.resolve()

  const end = (): void => {
    process?.kill('SIGKILL')
    process = undefined
  }
  const once = (question: Question): Promise<Result<Answer, string>> =>
    new Promise(done => {
      process ??= start(child)
      const own = process
      const id = next++
      const finish = (result: Result<Answer, string>): void => {
        stopTimer()
        own.off('message', hear)
        own.off('exit', gone)
        done(result)
      }
      const hear = (answer: Answer | SetRefused): void => {
        if (answer.id === id) finish('refused' in answer ? refused(answer.refused) : ok(answer))
      }
      const gone = (): void => {
        process = undefined
        finish(refused('the typesetting process ended'))
      }
      const stopTimer = clock.after(limitMs, () => {
        end()
        finish(refused(`the typesetting process took longer than ${limitMs / 1000} s`))
      })
      own.on('message', hear)
      own.once('exit', gone)
      own.send({ ...question, id }, error => error && gone())
    })
  const ask = (question: Question): Promise<Result<Answer, string>> => {
    const task = turn.then(async () => {
      stopIdle()
      let outcome = await once(question)
      if (!outcome.ok) {
        end()
        outcome = await once(question)
      }
      stopIdle = clock.after(IDLE_MS, end)
      return outcome
    })
    turn = task
    return task
  }

  return {
    async set(paper, wants = 'pdf') {
      const outcome = await ask({ paper: inputOf(paper), creationS: Math.floor(paper.toMs / 1000), wants })
      if (!outcome.ok) return outcome
      if (!('pages' in outcome.value)) return refused('the typesetting process answered something else')
      const { pages, mainPages, pdf, svg } = outcome.value
      return ok({
        pages,
        mainPages,
        ...(pdf === undefined ? {} : { pdf: Buffer.from(pdf, 'base64') }),
        ...(svg === undefined ? {} : { svg }),
      })
    },
    async draw(svg, widthPx) {
      const outcome = await ask({ svg, widthPx })
      if (!outcome.ok) return outcome
      return 'png' in outcome.value
        ? ok(Buffer.from(outcome.value.png, 'base64'))
        : refused('the typesetting process answered something else')
    },
    close() {
      stopIdle()
      end()
    },
  }
}

function start(child: string): ChildProcess {
  const own = fork(child, { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  own.on('error', () => undefined)
  return own
}

/** What the template reads: the paper, the words of the form, the as-of time in parts. */
function inputOf(paper: Paper): string {
  const say = wordsIn(paper.language)
  const at = new Date(paper.toMs + KST_MS)
  const date = { y: at.getUTCFullYear(), m: at.getUTCMonth() + 1, d: at.getUTCDate(), h: at.getUTCHours(), min: at.getUTCMinutes() }
  return JSON.stringify({ ...paper, date, approvalWord: say('approval'), waitingWord: say('waiting') })
}

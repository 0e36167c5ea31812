// The disk runs out at every point of an upload, a report, an answer, an order and a line of the duty log: the folder lies on a tmpfs that has room for so many pages more. What
// is refused is not there and says so; the same sent again when there is room is there once, whole. In this process; needs the right to mount a tmpfs (root on Linux).
import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { checkAttachments, checkIncidents, createAttachments } from '#incidents/index.ts'
import { NotKept } from '#platform/store/index.ts'
import { createLog } from '#shifts/index.ts'
import { jpeg } from '../src/testkit/files.ts'
import { incidentDesk, JUNG, KIM, NIGHT, newReport } from '../src/testkit/incident-desk.ts'
import { temporaryFolder } from '../src/testkit/product.ts'
import type { Check } from './check.ts'

const PAGE_BYTES = 4096
const PIECE_BYTES = 10_000
const ROOM_BYTES = 256 << 20

const size = (folder: string, verb: 'mount' | 'remount', bytes: number): boolean =>
  spawnSync('mount', verb === 'mount' ? ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder] : ['-o', `remount,size=${bytes}`, folder])
    .status === 0
const used = (folder: string): number => {
  const { blocks, bfree, bsize } = statfsSync(folder)
  return (blocks - bfree) * bsize
}

export const check: Check = {
  name: 'incidents-disk',
  promise:
    'wherever the disk runs out in an upload, a report or a line of the log, nothing is half kept, the officer is told, and again works',
  async run({ times = 80, say }) {
    const folder = temporaryFolder()
    if (!size(folder.path, 'mount', ROOM_BYTES)) {
      folder.remove()
      return { pass: false, figure: 'cannot mount a tmpfs here; run it as root on Linux' }
    }
    const faults: string[] = []
    let [refused, kept] = [0, 0]
    const unmount = (): void => void spawnSync('umount', ['-l', folder.path])
    const desk = await incidentDesk(undefined, { path: folder.path, remove: () => {} })
    const directory = join(folder.path, 'attachments')
    const attachments = createAttachments({
      directory,
      store: desk.store,
      clock: desk.clock,
      maxBytes: { photo: 1 << 20, video: 1 << 20, pdf: 1 << 20 },
    })
    const log = createLog({ store: desk.store, clock: desk.clock, bus: desk.bus, headOffice: () => 'hq' })
    try {
      for (let pages = 0; pages < times; pages++) {
        const id = `disk-${String(pages).padStart(6, '0')}`
        const bytes = jpeg({ comment: randomBytes(22_000).toString('base64') })
        /** Each can be tried again as often as it takes. */
        const deeds: readonly (readonly [string, () => Promise<unknown>])[] = [
          ['upload', () => upload(`photo-${id}`, id, bytes)],
          [
            'report',
            () => desk.incidents.report(newReport(id, { attachments: [`photo-${id}`] }), { author: JUNG, stepId: `${id}:report` }),
          ],
          [
            'answer',
            () => desk.incidents.act(id, { deed: 'answer', text: '답', attachments: [] }, { author: KIM, stepId: `${id}:answer` }),
          ],
          [
            'order',
            () =>
              desk.incidents.give(
                id,
                { text: '보고', to: { organisation: 'busan' }, dueMs: NIGHT + 3_600_000 },
                { author: KIM, stepId: `${id}:order` },
              ),
          ],
          ['log line', () => log.write({ id, kind: 'note', text: `줄 ${pages}`, links: [] }, { author: KIM })],
        ]
        size(folder.path, 'remount', used(folder.path) + pages * PAGE_BYTES)
        for (const [what, deed] of deeds) {
          try {
            const outcome = await deed()
            if (Object(outcome).ok === true) kept++
            // Built on what was refused before it.
            else if (!['no-incident', 'attachment-offset', 'no-attachment'].includes(String(Object(outcome).reason)))
              faults.push(`${pages} pages: ${what} was answered ${JSON.stringify(outcome).slice(0, 80)}`)
          } catch (error) {
            if (error instanceof NotKept) refused++
            else faults.push(`${pages} pages: ${what} failed as a fault of ours: ${error instanceof Error ? error.message : error}`)
          }
        }
        size(folder.path, 'remount', ROOM_BYTES)
        for (const [what, deed] of deeds) {
          const outcome = await deed().catch(error => error)
          if (Object(outcome).ok !== true) faults.push(`${pages} pages: ${what} again: ${JSON.stringify(outcome)} ${outcome}`)
        }
        const steps = desk.incidents.steps(id).map(step => step.deed)
        if (steps.join() !== 'report,answer,order') faults.push(`${pages} pages: the story is ${steps}`)
        if (!log.get(id)) faults.push(`${pages} pages: the line is not there`)
        const photo = attachments.get(`photo-${id}`)
        const hash =
          photo &&
          createHash('sha256')
            .update(readFileSync(attachments.path(photo, 'original')))
            .digest('hex')
        if (!photo || hash !== createHash('sha256').update(bytes).digest('hex')) faults.push(`${pages} pages: the photo is not whole`)
        if (pages % 20 === 19) say(`${pages + 1} of ${times}: ${refused} refused, ${kept} kept, ${faults.length} faults`)
      }
      checkIncidents(desk.store)
      say(await checkAttachments(directory, desk.store))
    } catch (error) {
      faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
    } finally {
      log.close()
      await attachments.close()
      await desk.close()
      unmount()
      folder.remove()
    }
    return {
      pass: faults.length === 0 && refused > 0 && kept > 0,
      figure: `room for 0 to ${times - 1} pages more: ${refused} deeds refused, ${kept} kept at once, all there after the second try; ${faults.slice(0, 3).join('; ') || 'no faults'}`,
    }

    /** As the browser does it: announced, from where the server says, in pieces, done. */
    async function upload(photo: string, incident: string, bytes: Buffer): Promise<unknown> {
      const begun = await attachments.begin({ id: photo, incident, name: 'a.jpg', kind: 'photo', bytes: bytes.length }, JUNG)
      if (!begun.ok) return begun
      for (let at = begun.value; at < bytes.length; ) {
        const taken = await attachments.append(photo, at, bytes.subarray(at, at + PIECE_BYTES), JUNG)
        if (!taken.ok) return taken
        if (taken.value <= at) return { ok: false, reason: `stands still at ${at}` }
        at = taken.value
      }
      return attachments.finish(photo, undefined, JUNG)
    }
  },
}

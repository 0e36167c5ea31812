// What the room is given, and what it is to whoever opened it.
import type { Access, Door } from '#access/index.ts'
import type { OidcSettings } from '#access/sign-in/index.ts'
import type { ConfiguredChannel } from '#alerts/telling/index.ts'
import type { Post, Result } from '#base/index.ts'
import type { Area } from '#places/index.ts'
import type { Http, HttpOptions, Tls } from '#platform/http/index.ts'
import type { Log } from '#platform/log/index.ts'
import type { SmtpSettings } from '#platform/mail/index.ts'
import type { ReportsSettings } from '#reports/index.ts'
import type { BackupSettings } from './backup/index.ts'

export interface RoomOptions {
  readonly data: string
  readonly host: string
  readonly port: number
  /** Names by which others call this product. */
  readonly names?: readonly string[]
  /** Opened once the data folder is ours; absent: plain HTTP. */
  openTls?(): Promise<Tls>
  readonly version: string
  readonly signIn: {
    /** A person's session ends after this, whatever they do. */
    readonly lastsMs: number
    /** A desk at which nobody works locks after this; 0: never. */
    readonly idleMs: number
    /** Whoever holds one of these must have a second factor. */
    readonly secondPosts: readonly Post[]
    /** The agency's own identity provider; absent: none. */
    readonly oidc?: OidcSettings
  }
  /** A deed that waits for a second officer is dropped after this. */
  readonly secondExpiresAfterMs: number
  /** Personal data of who has left the service are kept this long. */
  readonly keepLeaversMs: number
  /** Tests say who calls; otherwise the sign-in knows. */
  door?(access: Access): Door
  /** Folders of files given out; absent: the screen and the chart. */
  readonly files?: HttpOptions['files']
  readonly capacity: number
  readonly snapshotMs: number
  readonly retention: { readonly ledgerDays: number; readonly tracksDays: number; readonly minFreeBytes: number }
  readonly incidents: {
    readonly keepPeopleDays: number
    readonly maxBytes: { readonly photo: number; readonly video: number; readonly pdf: number }
  }
  readonly reports: ReportsSettings
  readonly backup: BackupSettings
  /** Who is told of alarms outside the room; no channels: nobody. */
  readonly telling?: { readonly channels: readonly ConfiguredChannel[]; readonly linkBase?: string }
  /** Absent: no mail server; messages wait. */
  readonly mail?: SmtpSettings
  readonly detectors: readonly string[]
  readonly detectorSettings: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Feeds given by hand; those of the store are opened too. */
  readonly feeds: readonly string[]
  /** Of feeds that have a user: lines `user@host:port password`. */
  readonly feedPasswordsFile?: string
  readonly log: Log
}

export interface Room {
  readonly url: string
  readonly access: Access
  /** Every route there is, and its deed. */
  readonly routes: Http['routes']
  /** While nobody is administrator: what stands behind the address of the first sign-in, `#first=…`. */
  firstSignIn(): string | undefined
  /** True when no feed is configured at all. */
  readonly hasNoFeeds: boolean
  /** Opens a feed that is not kept (the demo's). */
  addFeed(url: string): Result<unknown, unknown>
  /** Areas, watched ships and incidents of the demo, marked as such. */
  beginDemo(areas: readonly Area[], watched: readonly number[]): Promise<void>
  /** Sealed journeys of the demo, once the room is usable. */
  beginSealsDemo(seed: number, startMs: number): Promise<void>
  /** Begins to answer; the address. */
  listen(): Promise<Result<string, string>>
  stop(): Promise<void>
}

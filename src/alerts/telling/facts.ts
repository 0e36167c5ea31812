// What a text needs to know of an alarm beside the alarm itself; asked of the rooms that know it by whoever wires them together.

export interface TellingOfficer {
  readonly person?: string
  readonly name: string
  readonly phone?: string
}

export interface TellingFacts {
  /** What it is about, in a word or two: a ship's name, a container's number. */
  readonly subject: string
  /** Where, in words. */
  readonly place?: { readonly ko: string; readonly en: string }
  readonly vehicle?: string
  readonly state?: { readonly ko: string; readonly en: string }
  readonly origin?: string
  readonly destination?: string
  readonly officers?: { readonly origin: readonly TellingOfficer[]; readonly destination: readonly TellingOfficer[] }
  /** The end whose officers are called first. */
  readonly near?: 'origin' | 'destination'
  /** Whom to call: the office's own number. */
  readonly callPhone?: string
  readonly subjects: readonly { readonly kind: string; readonly id: string; readonly label: string }[]
  /** Demonstration data tell nobody. */
  readonly isDemo?: boolean
}

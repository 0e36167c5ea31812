// What the product and the process that sets papers say to each other.

export interface PaperMessage {
  readonly id: number
  /** The paper as the template reads it, JSON. */
  readonly paper: string
  /** As-of time, seconds: what the file's own metadata tell as its time. */
  readonly creationS: number
  /** `count`: only how many pages it takes; `pages`: pictures of them, one below the other (SVG). */
  readonly wants: SetWish
}
export type SetWish = 'count' | 'pdf' | 'pages'

/** A picture of the paper as pixels, for forms that cannot hold SVG. */
export interface PictureMessage {
  readonly id: number
  readonly svg: string
  readonly widthPx: number
}

export interface SetPages {
  readonly id: number
  readonly pages: number
  readonly mainPages: number
  /** base64 */
  readonly pdf?: string
  readonly svg?: string
}
export interface DrawnPicture {
  readonly id: number
  /** base64 */
  readonly png: string
}
export interface SetRefused {
  readonly id: number
  readonly refused: string
}

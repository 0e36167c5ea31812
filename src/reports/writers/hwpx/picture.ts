// A picture of the package in the body.
import type { Block } from '../../model.ts'
import { asLetter, MM, type Pen, WIDTH } from './flow.ts'
import { escaped, tag } from './xml.ts'

/** A picture that flows like a letter; elements in the order in which 한글 writes them. */
export function pictureXml(pen: Pen, { title, widthMm, heightMm }: Extract<Block, { kind: 'picture' }>, image: string): string {
  const width = Math.min(WIDTH, Math.round(widthMm * MM))
  const height = Math.round((width * heightMm) / widthMm)
  const id = pen.nextId() + 2_000_000
  const size = { width, height }
  const none = { e1: 1, e2: 0, e3: 0, e4: 0, e5: 1, e6: 0 }
  return tag(
    'hp:pic',
    {
      id,
      zOrder: 0,
      numberingType: 'PICTURE',
      textWrap: 'TOP_AND_BOTTOM',
      textFlow: 'BOTH_SIDES',
      lock: 0,
      dropcapstyle: 'None',
      href: '',
      groupLevel: 0,
      instid: id + 1_000_000,
      reverse: 0,
    },
    tag('hp:offset', { x: 0, y: 0 }),
    tag('hp:orgSz', size),
    tag('hp:curSz', size),
    tag('hp:flip', { horizontal: 0, vertical: 0 }),
    tag('hp:rotationInfo', { angle: 0, centerX: Math.round(width / 2), centerY: Math.round(height / 2), rotateimage: 1 }),
    tag('hp:renderingInfo', {}, tag('hc:transMatrix', none), tag('hc:scaMatrix', none), tag('hc:rotMatrix', none)),
    tag('hc:img', { binaryItemIDRef: image, bright: 0, contrast: 0, effect: 'REAL_PIC', alpha: 0 }),
    tag(
      'hp:imgRect',
      {},
      tag('hc:pt0', { x: 0, y: 0 }),
      tag('hc:pt1', { x: width, y: 0 }),
      tag('hc:pt2', { x: width, y: height }),
      tag('hc:pt3', { x: 0, y: height }),
    ),
    tag('hp:imgClip', { left: 0, right: width, top: 0, bottom: height }),
    tag('hp:inMargin', { left: 0, right: 0, top: 0, bottom: 0 }),
    tag('hp:imgDim', { dimwidth: width, dimheight: height }),
    tag('hp:effects'),
    ...asLetter({ width, height }),
    tag('hp:shapeComment', {}, escaped(title)),
  )
}

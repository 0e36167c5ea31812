// Posts are called the same in a text and on the screen.
import { expect, test } from 'vitest'
import { POST_WORDS } from '#alerts/telling/post-words.ts'
import en from '../web/access/texts.en.json' with { type: 'json' }
import ko from '../web/access/texts.ko.json' with { type: 'json' }

test.each(Object.entries(POST_WORDS))('%s', (post, words) => {
  expect(words).toEqual({ ko: Reflect.get(ko, `post.${post}`), en: Reflect.get(en, `post.${post}`) })
})

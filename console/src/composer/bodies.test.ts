import { describe, expect, it } from 'vitest'
import { bodiesOf } from './bodies'
import { limitsOf } from './limits'
import type { Attachment, DeskConversation } from './types'

const limits = limitsOf({ channel: 'meta' } as DeskConversation)
const photo: Attachment = { id: 7, kind: 'image', mime_type: 'image/png', size: 9, filename: 'a.png' }
const voice: Attachment = { id: 8, kind: 'audio', mime_type: 'audio/ogg; codecs=opus', size: 9, filename: 'v.ogg', voice: true }

describe('what leaves', () => {
  it('puts the words under the first file and the quote on the first message', () => {
    expect(bodiesOf('Voici', [photo, { ...photo, id: 9, kind: 'document', filename: 'f.pdf' }], limits, 3)).toEqual([
      { content: { type: 'image', media_id: 7, caption: 'Voici' }, reply_to: 3 }, { content: { type: 'document', media_id: 9, filename: 'f.pdf' } },
    ])
  })

  it('sends words before what takes no caption, and before a picture when they are too long for one', () => {
    expect(bodiesOf('Écoutez', [voice], limits)).toEqual([{ message: 'Écoutez' }, { content: { type: 'audio', media_id: 8, voice: true } }])
    expect(bodiesOf('x'.repeat(1025), [photo], limits).map((body) => Object.keys(body))).toEqual([['message'], ['content']])
  })
})

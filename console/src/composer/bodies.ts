import type { Limits } from './limits'
import type { Attachment, Content } from './types'

export type Body = { message?: string; content?: Content; reply_to?: number }

const captioned = ['image', 'video', 'document']

function contentOf(file: Attachment): Content {
  // Only OGG with Opus is a voice note to WhatsApp; other sounds are files.
  if (file.kind === 'audio') return { type: 'audio', media_id: file.id, voice: !!file.voice && file.mime_type.startsWith('audio/ogg') }
  if (file.kind === 'document') return { type: 'document', media_id: file.id, ...(file.filename && { filename: file.filename }) }
  return { type: file.kind, media_id: file.id }
}

/** What leaves for words and files: each file a message, the words under the first of them, or before them where they do not fit there. */
export function bodiesOf(words: string, files: Attachment[], limits: Limits, replyTo?: number): Body[] {
  const bodies: Body[] = files.map((file) => ({ content: contentOf(file) }))
  if (words) {
    const first = files[0]
    if (first && captioned.includes(first.kind) && words.length <= limits.caption) bodies[0]!.content!.caption = words
    else bodies.unshift({ message: words })
  }
  if (replyTo && bodies[0]) bodies[0].reply_to = replyTo
  return bodies
}

import { ApiProblem } from '../api/http'
import type { Attachment } from './types'

/** Brings a file with its progress (fetch tells none of a request). The same bytes are the same id, so trying again is harmless. */
export function upload(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/media')
    request.responseType = 'json'
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total)
    request.onload = () => {
      const answer = request.response as (Attachment & { code?: string; detail?: string; errors?: Record<string, string[]> }) | null
      if (request.status === 201 && answer) resolve({ id: answer.id, kind: answer.kind, mime_type: answer.mime_type, size: answer.size, filename: answer.filename ?? null })
      else reject(new ApiProblem(request.status, answer?.code ?? `http_${request.status}`, Object.values(answer?.errors ?? {}).flat().join(' ') || (answer?.detail ?? '')))
    }
    request.onerror = () => reject(new ApiProblem(0, 'offline', ''))
    request.onabort = () => reject(new DOMException('', 'AbortError'))
    signal.addEventListener('abort', () => request.abort())
    const form = new FormData()
    form.append('file', file, file.name)
    request.send(form)
  })
}

/** Of src/Relais/Channels/MediaLimits.KindOf. */
const kindOf = (type: string) => type === 'image/webp' ? 'sticker' : /^image\/(jpeg|png)$/.test(type) ? 'image' : /^video\/(mp4|3gpp)$/.test(type) ? 'video'
  : /^audio\/(aac|amr|mpeg|mp4|ogg)$/.test(type) ? 'audio' : 'document'

/** A file that is here already, e.g. one that goes with a ready answer. */
export async function knownFile(id: number): Promise<Attachment> {
  const answer = await fetch(`/api/media/${id}`).catch(() => null)
  void answer?.body?.cancel()
  if (!answer?.ok) throw new ApiProblem(answer?.status ?? 0, 'not_found', '')
  const type = answer.headers.get('Content-Type') ?? 'application/octet-stream'
  const name = /filename\*?=(?:UTF-8'')?"?([^";]+)/i.exec(answer.headers.get('Content-Disposition') ?? '')?.[1]
  return { id, kind: kindOf(type.split(';')[0]!), mime_type: type, size: Number(answer.headers.get('Content-Length') ?? 0), filename: name ? decodeURIComponent(name) : null }
}

import { useEffect, useRef, useState } from 'react'
import { oggOf } from './ogg'

/** What this browser can record, best first. OGG goes as it is, WebM is put into OGG, MP4 goes as a plain sound. */
const types = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4']

/** WhatsApp takes 16 MB; a quarter of an hour is far below it. */
export const LONGEST_S = 15 * 60

export type RecorderState = 'idle' | 'asking' | 'recording' | 'refused' | 'impossible'

export function useRecorder(onDone: (file: File) => void) {
  const [state, setState] = useState<RecorderState>('idle')
  const [seconds, setSeconds] = useState(0)
  const recorder = useRef<MediaRecorder | null>(null)
  const keeps = useRef(true)
  const done = useRef(onDone)
  done.current = onDone

  const start = async () => {
    const type = typeof MediaRecorder === 'undefined' || !navigator.mediaDevices ? undefined : types.find((one) => MediaRecorder.isTypeSupported(one))
    if (!type) return setState('impossible')
    setState('asking')
    let stream: MediaStream
    try {
      // WhatsApp plays voice notes of one channel.
      stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } })
    } catch {
      return setState('refused')
    }
    const chunks: Blob[] = []
    const one = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 32_000 })
    recorder.current = one
    keeps.current = true
    const begun = Date.now()
    const timer = setInterval(() => {
      setSeconds(Math.floor((Date.now() - begun) / 1000))
      if (Date.now() - begun > LONGEST_S * 1000) one.stop()
    }, 250)
    one.ondataavailable = (event) => event.data.size > 0 && chunks.push(event.data)
    one.onstop = async () => {
      clearInterval(timer)
      for (const track of stream.getTracks()) track.stop()
      recorder.current = null
      setState('idle')
      setSeconds(0)
      if (!keeps.current || chunks.length === 0) return
      const recorded = new Blob(chunks)
      const name = `voice-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}`
      if (type.startsWith('audio/webm')) {
        try {
          const ogg = oggOf(new Uint8Array(await recorded.arrayBuffer()), crypto.getRandomValues(new Uint32Array(1))[0]!)
          done.current(new File([ogg as Uint8Array<ArrayBuffer>], `${name}.ogg`, { type: 'audio/ogg' }))
        } catch {
          setState('impossible')
        }
      } else done.current(new File([recorded], type.startsWith('audio/ogg') ? `${name}.ogg` : `${name}.m4a`, { type }))
    }
    one.start(1000)
    setSeconds(0)
    setState('recording')
  }
  const stop = (keep: boolean) => {
    keeps.current = keep
    recorder.current?.stop()
  }
  useEffect(() => () => {
    keeps.current = false
    recorder.current?.stop()
  }, [])
  return { state, seconds, start, stop, calm: () => setState('idle') }
}

import { useSyncExternalStore } from 'react'
import { newKey } from '../api/http'
import i18next from 'i18next'
import { ApiProblem } from '../api/http'
import { changeDraft, draftOf } from './drafts'
import { asPicture } from './picture'
import { upload } from './upload'

/** A file on its way up. */
export type Upload = { id: string; agent: number; conversation: number; file: File; share: number; problem?: string; voice: boolean; ending: AbortController }

/** More than WhatsApp takes of any kind. */
const LARGEST = 100 * 1024 * 1024

let all: Upload[] = []
const watchers = new Set<() => void>()

function changed() {
  all = [...all]
  for (const watcher of watchers) watcher()
}

async function run(one: Upload) {
  one.problem = undefined
  changed()
  try {
    if (one.file.size > LARGEST) throw new ApiProblem(413, 'too_large', i18next.t('composer:files.tooLarge'))
    const file = await asPicture(one.file)
    const media = await upload(file, (share) => {
      one.share = share
      changed()
    }, one.ending.signal)
    all = all.filter((other) => other !== one)
    changeDraft(one.agent, one.conversation, { files: [...draftOf(one.agent, one.conversation).files.filter((f) => f.id !== media.id), { ...media, ...(one.voice && { voice: true }) }] })
    changed()
  } catch (error) {
    if ((error as Error).name === 'AbortError') return
    one.problem = error instanceof ApiProblem && !error.isOffline ? error.detail : i18next.t('app:offline.title')
    changed()
  }
}

/** Brings files one after the other, so that they stand in the order they were given. */
export async function addFiles(agent: number, conversation: number, files: File[], voice = false) {
  const fresh = files.map((file) => ({ id: newKey(), agent, conversation, file, share: 0, voice, ending: new AbortController() }))
  all.push(...fresh)
  changed()
  for (const one of fresh) if (all.includes(one)) await run(one)
}

export const retryUpload = (one: Upload) => void run(one)

export function dropUpload(one: Upload) {
  one.ending.abort()
  all = all.filter((other) => other !== one)
  changed()
}

export const useUploads = (conversation: number) => useSyncExternalStore((watch) => {
  watchers.add(watch)
  return () => watchers.delete(watch)
}, () => all).filter((one) => one.conversation === conversation)

import type { Language } from '../languages'

export type Scheme = 'auto' | 'light' | 'dark'

/** Language and colours, in a cookie so that first.js has them before the first paint: `fr.dark`. */
export function readLook(): { language?: string; scheme: Scheme } {
  const [language, scheme] = (document.cookie.match(/(?:^|; )relais-look=([^;]*)/)?.[1] ?? '').split('.')
  return { language: language || undefined, scheme: scheme === 'dark' || scheme === 'light' ? scheme : 'auto' }
}

export function keepLook(language: Language, scheme: Scheme) {
  document.cookie = `relais-look=${language}.${scheme}; path=/; max-age=31536000; samesite=lax`
}

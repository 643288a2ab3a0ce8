import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Words = { [key: string]: string | Words }

const plural = /_(zero|one|two|few|many|other)$/

/** Every key with its text; plural forms under their common name. */
function flat(words: Words, prefix = ''): Map<string, string[]> {
  const all = new Map<string, string[]>()
  for (const [key, value] of Object.entries(words)) {
    if (typeof value !== 'string') for (const [inner, texts] of flat(value, `${prefix}${key}.`)) all.set(inner, texts)
    else {
      const name = prefix + key.replace(plural, '')
      all.set(name, [...(all.get(name) ?? []), value])
    }
  }
  return all
}

const placeholders = (texts: string[]) => [...new Set(texts.flatMap((text) => [...text.matchAll(/{{\s*(\w+)/g)].map((m) => m[1]!)))].sort()

const forms = { fr: ['one', 'other'], en: ['one', 'other'], ar: ['one', 'two', 'few', 'many', 'other'] } as const

const folders = readdirSync('src').filter((folder) => {
  try {
    return readdirSync(`src/${folder}/words`).length > 0
  } catch {
    return false
  }
})

describe.each(folders)('words of %s', (folder) => {
  const read = (language: string) => JSON.parse(readFileSync(`src/${folder}/words/${language}.json`, 'utf8')) as Words
  const french = flat(read('fr'))

  it.each(['en', 'ar'])('has the same keys and placeholders in %s as in French', (language) => {
    const own = flat(read(language))
    expect([...own.keys()].sort()).toEqual([...french.keys()].sort())
    for (const [key, texts] of own) expect([key, placeholders(texts)]).toEqual([key, placeholders(french.get(key)!)])
    for (const [key, texts] of own) expect([key, texts.every((text) => text.trim().length > 0)]).toEqual([key, true])
  })

  it.each(['fr', 'en', 'ar'] as const)('has every plural form of %s', (language) => {
    const written = JSON.stringify(read(language))
    for (const [, name] of written.matchAll(/"(\w+)_other":/g)) for (const form of forms[language]) expect(written).toContain(`"${name}_${form}":`)
  })
})

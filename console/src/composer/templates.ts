import { useQuery } from '@tanstack/react-query'
import { get, path } from '../api/http'
import type { Attachment, Content } from './types'

export type Usable = { name: string; language: string; category: string; variables: string[]; body: string }

export type TemplateParts = {
  name: string; language: string; inbox_ids: number[]; header: { kind: string; text: string | null } | null; body: string; footer: string | null
  buttons: { kind: string; text: string; url: string | null }[]; examples: Record<string, string>
}

export const useUsable = (conversation: number, enabled: boolean) => useQuery({
  queryKey: ['usable-templates', conversation], enabled, queryFn: () => get<{ items: Usable[] }>(path('/api/templates/usable', { conversation_id: conversation })).then((answer) => answer.items),
})

export const useParts = (inbox: number, template: Usable | null) => useQuery({
  queryKey: ['template-parts', inbox, template?.name, template?.language], enabled: template !== null,
  queryFn: () => get<{ items: TemplateParts[] }>(path('/api/templates', { inbox_id: inbox, name: template!.name, language: template!.language }))
    .then((page) => page.items.find((one) => one.name === template!.name && one.language === template!.language) ?? null),
})

/** What has been filled in, by the names of `variables`: `body.1`, `buttons[0]`, `header_location.name`; and the header's file. */
export type Filled = { values: Record<string, string>; file: Attachment | null }

/** The fields to show: a place is four of them. */
export const fieldsOf = (template: Usable) => template.variables.flatMap((name) => (name === 'header_location'
  ? ['header_location.name', 'header_location.address', 'header_location.latitude', 'header_location.longitude'] : [name]))

export const missingOf = (template: Usable, { values, file }: Filled) => fieldsOf(template).filter((name) => (name === 'header_media' ? !file : !values[name]?.trim()))

const under = (prefix: string, values: Record<string, string>) => {
  const own = Object.entries(values).filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value.trim()])
  return own.length > 0 ? (Object.fromEntries(own) as Record<string, string>) : undefined
}

/** The words of a text with what is known of its variables. */
export const fillIn = (text: string, values: Record<string, string> | undefined) => text.replace(/{{\s*([\w.]+)\s*}}/g, (whole, name: string) => values?.[name] || whole)

export const valuesUnder = under

export function contentOf(template: Usable, parts: TemplateParts | null, { values, file }: Filled): Content {
  const buttons = Object.entries(values).filter(([name]) => name.startsWith('buttons[')).map(([name, value]) => {
    const index = Number(name.slice(8, -1))
    const kind = parts?.buttons[index]?.kind
    return { index, kind: kind === 'copy_code' || kind === 'quick_reply' ? kind : 'url', value: value.trim() }
  })
  const place = under('header_location.', values)
  return {
    type: 'template', name: template.name, language: template.language, header: under('header.', values), body: under('body.', values),
    ...(buttons.length > 0 && { buttons }),
    ...(file && { header_media: { type: parts?.header?.kind ?? file.kind, media_id: file.id } }),
    ...(place && { header_location: { latitude: Number(place.latitude), longitude: Number(place.longitude), name: place.name, address: place.address } }),
  }
}

/** A content that was begun or taken back, as fields again. */
export function filledOf(content: Content | null): Filled {
  const values: Record<string, string> = {}
  for (const part of ['header', 'body'] as const) for (const [name, value] of Object.entries((content?.[part] as Record<string, string> | undefined) ?? {})) values[`${part}.${name}`] = value
  for (const button of (content?.buttons as { index: number; value: string }[] | undefined) ?? []) values[`buttons[${button.index}]`] = button.value
  for (const [name, value] of Object.entries((content?.header_location as object | undefined) ?? {})) values[`header_location.${name}`] = String(value)
  return { values, file: null }
}

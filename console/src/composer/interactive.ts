import type { Limits } from './limits'
import type { Content } from './types'

/** Buttons, a list or a link in the making, as the form holds it. */
export type Making = {
  kind: 'buttons' | 'list' | 'url_button'
  header: string
  body: string
  footer: string
  /** Titles of the buttons. */
  items: string[]
  /** What opens the list. */
  button: string
  sections: { title: string; rows: { title: string; description: string }[] }[]
  label: string
  url: string
}

export const newMaking = (): Making => ({
  kind: 'buttons', header: '', body: '', footer: '', items: ['', ''], button: '', sections: [{ title: '', rows: [{ title: '', description: '' }, { title: '', description: '' }] }], label: '', url: '',
})

/** A name the flow and the assistant can read: what it says, in plain letters, else its place. */
export function idOf(title: string, place: number): string {
  const plain = title.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 40)
  return `${plain || 'choice'}_${place + 1}`
}

const rowsOf = (making: Making) => making.sections.flatMap((section) => section.rows)

/** Field ⇒ why it cannot be sent (src/Relais/Channels/InteractiveCheck.cs); the words are composer:make.wrong.*. */
export function wrongOf(making: Making, limits: Limits): Record<string, { word: string; most?: number }> {
  const wrong: Record<string, { word: string; most?: number }> = {}
  const words = (field: string, text: string, most: number, isNeeded = true) => {
    if (isNeeded && !text.trim()) wrong[field] = { word: 'needed' }
    else if (text.length > most) wrong[field] = { word: 'long', most }
  }
  words('body', making.body, making.kind === 'list' ? limits.listBody : limits.body)
  words('header', making.header, limits.header, false)
  words('footer', making.footer, limits.footer, false)
  if (making.kind === 'buttons') {
    making.items.forEach((title, i) => {
      words(`items[${i}]`, title, limits.buttonTitle)
      if (title.trim() && making.items.findIndex((other) => other.trim() === title.trim()) < i) wrong[`items[${i}]`] = { word: 'same' }
    })
  } else if (making.kind === 'url_button') {
    words('label', making.label, limits.buttonTitle)
    if (!/^https?:\/\/[^\s]+\.[^\s]+$/i.test(making.url)) wrong.url = { word: 'link' }
  } else {
    words('button', making.button, limits.buttonTitle)
    making.sections.forEach((section, s) => {
      words(`sections[${s}]`, section.title, limits.sectionTitle, making.sections.length > 1)
      section.rows.forEach((row, r) => {
        words(`sections[${s}].rows[${r}]`, row.title, limits.rowTitle)
        words(`sections[${s}].rows[${r}].description`, row.description, limits.rowDescription, false)
      })
    })
    if (rowsOf(making).length > limits.rows) wrong.sections = { word: 'rows', most: limits.rows }
  }
  return wrong
}

export function contentOf(making: Making): Content {
  const around = { ...(making.header.trim() && { header: making.header.trim() }), ...(making.footer.trim() && { footer: making.footer.trim() }) }
  const body = making.body.trim()
  if (making.kind === 'buttons') return { type: 'buttons', body, items: making.items.map((title, i) => ({ id: idOf(title, i), title: title.trim() })), ...around }
  if (making.kind === 'url_button') return { type: 'url_button', body, label: making.label.trim(), url: making.url.trim(), ...around }
  let place = 0
  return {
    type: 'list', body, button: making.button.trim(), ...around,
    sections: making.sections.map((section) => ({
      ...(section.title.trim() && { title: section.title.trim() }),
      rows: section.rows.map((row) => ({ id: idOf(row.title, place++), title: row.title.trim(), ...(row.description.trim() && { description: row.description.trim() }) })),
    })),
  }
}

type Item = { title: string; description?: string }

/** A content that was begun or taken back, as a form again. */
export function makingOf(content: Content | null): Making {
  const making = newMaking()
  if (!content || !['buttons', 'list', 'url_button'].includes(content.type)) return making
  const text = (field: string) => (content[field] as string | undefined) ?? ''
  return {
    ...making, kind: content.type as Making['kind'], header: text('header'), body: text('body'), footer: text('footer'), button: text('button'), label: text('label'), url: text('url'),
    items: (content.items as Item[] | undefined)?.map((item) => item.title) ?? making.items,
    sections: (content.sections as { title?: string; rows: Item[] }[] | undefined)?.map((section) => ({
      title: section.title ?? '', rows: section.rows.map((row) => ({ title: row.title, description: row.description ?? '' })),
    })) ?? making.sections,
  }
}

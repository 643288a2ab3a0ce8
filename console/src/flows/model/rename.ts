import { isObject, type Obj } from './definition'

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Liquid's tags in a text, closed or not (Studio takes both). */
const tags = /\{\{[\s\S]*?(?:\}\}|$)|\{%[\s\S]*?(?:%\}|$)/g

/** A text whose Liquid reads of one widget, reading of another. What stands outside of tags is what somebody says and stays. */
export function renamedInText(text: string, old: string, name: string): string {
  if (!text.includes('{') || !text.includes(old)) return text
  const dotted = new RegExp(`(\\bwidgets\\s*\\.\\s*)${escaped(old)}(?![\\w-])`, 'g')
  const quoted = new RegExp(`(\\bwidgets\\s*\\[\\s*)(["'])${escaped(old)}\\2(\\s*\\])`, 'g')
  return text.replace(tags, (tag) => tag.replace(dotted, (_, before: string) => before + name).replace(quoted, (_, before: string, quote: string, after: string) => before + quote + name + quote + after))
}

function everywhere(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) {
    const list = value.map((one) => everywhere(one, change))
    return list.some((one, i) => one !== value[i]) ? list : value
  }
  if (!isObject(value)) return value
  let result = value
  for (const [key, one] of Object.entries(value)) {
    const next = everywhere(one, change)
    if (next !== one) result = { ...result, [key]: next }
  }
  return result
}

/** A state whose `next`s and Liquid follow the new name of another; itself, the same object, when nothing names it. */
export function renamedIn(state: Obj, old: string, name: string): Obj {
  const change = (text: string) => renamedInText(text, old, name)
  let result = state
  for (const [key, value] of Object.entries(state)) {
    if (key === 'name' || key === 'type') continue
    let next = everywhere(value, change)
    if (key === 'transitions' && Array.isArray(next)) {
      const list = next.map((one) => (isObject(one) && one.next === old ? { ...one, next: name } : one))
      if (list.some((one, i) => one !== (next as unknown[])[i])) next = list
    }
    if (next !== value) result = { ...result, [key]: next }
  }
  return result
}

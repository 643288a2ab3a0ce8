import { ActionIcon, Menu, Textarea, TextInput } from '@mantine/core'
import { IconBraces } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useBuilder } from '../builder'
import { variablesOf } from '../model/variables'
import type { Step } from './useStep'

/** A text of a step: written in its own direction, with what can be put in it at hand. */
export function LiquidField({ step, path, label, about, rows, placeholder, maxLength, value, onChange }: {
  step: Step; path?: (string | number)[]; label: string; about?: string; rows?: number; placeholder?: string; maxLength?: number
  /** Instead of a path. */
  value?: string; onChange?: (text: string) => void
}) {
  const { t } = useTranslation('flows')
  const { definition } = useBuilder()
  const field = useRef<HTMLTextAreaElement & HTMLInputElement>(null)
  const text = path ? step.text(...path) : value ?? ''
  const set = (next: string) => (path ? step.set(path, next) : onChange?.(next))
  const insert = (variable: string) => {
    const input = field.current
    const start = input?.selectionStart ?? text.length
    const piece = `{{${variable}}}`
    set(text.slice(0, start) + piece + text.slice(input?.selectionEnd ?? start))
    setTimeout(() => { input?.focus(); input?.setSelectionRange(start + piece.length, start + piece.length) })
  }
  const menu = step.readOnly ? null : (
    <Menu position="bottom-end" width={300} withinPortal>
      <Menu.Target><ActionIcon size={26} aria-label={t('insert', { field: label })}><IconBraces size={16} /></ActionIcon></Menu.Target>
      <Menu.Dropdown className="flow-variables">
        {variablesOf(definition).map((variable) => <Menu.Item key={variable} onClick={() => insert(variable)}><bdi dir="ltr" className="mono">{variable}</bdi></Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  )
  const own = { ref: field, label, description: about, value: text, readOnly: step.readOnly, dir: 'auto', placeholder, maxLength, rightSection: menu }
  return rows
    ? <Textarea {...own} autosize minRows={rows} maxRows={14} rightSectionProps={{ className: 'flow-insert' }} onChange={(event) => set(event.currentTarget.value)} />
    : <TextInput {...own} onChange={(event) => set(event.currentTarget.value)} />
}

import { Menu } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { addable, kindOf } from '../model/kinds'
import { iconOf } from './look'
import { typeName } from './names'

/** The kinds of steps there are, to choose one from. */
export function AddItems({ onAdd }: { onAdd: (type: string) => void }) {
  const { t } = useTranslation('flows')
  return (
    <>
      <Menu.Label>{t('add')}</Menu.Label>
      {addable.map((type) => {
        const { family } = kindOf(type)
        const Icon = iconOf(type)
        return <Menu.Item key={type} data-family={family} leftSection={<span className="flow-step-icon"><Icon size={15} aria-hidden /></span>} onClick={() => onAdd(type)}>{typeName(t, type)}</Menu.Item>
      })}
    </>
  )
}

export function AddMenu({ children, onAdd }: { children: ReactNode; onAdd: (type: string) => void }) {
  return (
    <Menu position="bottom-start" width={270}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown><AddItems onAdd={onAdd} /></Menu.Dropdown>
    </Menu>
  )
}

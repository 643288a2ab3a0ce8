import { Tooltip, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { addable, kindOf } from '../model/kinds'
import { iconOf } from './look'
import { typeName } from './names'

export const dragged = 'application/x-relais-step'

/** Kinds of steps beside the canvas: pressed, one stands where the eye is; dragged, where it is dropped. */
export function Palette({ onAdd }: { onAdd: (type: string) => void }) {
  const { t, i18n } = useTranslation('flows')
  return (
    <div className="flow-palette" role="toolbar" aria-label={t('add')} aria-orientation="vertical" dir={i18n.dir()}>
      {addable.map((type) => {
        const { family } = kindOf(type)
        const Icon = iconOf(type)
        return (
          <Tooltip key={type} label={typeName(t, type)} position="right">
            <UnstyledButton className="flow-palette-item" data-family={family} aria-label={t('addOne', { type: typeName(t, type) })} draggable
              onDragStart={(event) => { event.dataTransfer.setData(dragged, type); event.dataTransfer.effectAllowed = 'copy' }} onClick={() => onAdd(type)}>
              <span className="flow-step-icon"><Icon size={18} aria-hidden /></span>
            </UnstyledButton>
          </Tooltip>
        )
      })}
    </div>
  )
}

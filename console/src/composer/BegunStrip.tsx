import { ActionIcon, Button, Text } from '@mantine/core'
import { IconForms, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { describe } from './PendingStrip'
import type { Content } from './types'

/** Buttons or a template that were begun or taken back. */
export function BegunStrip({ content, onOpen, onDrop }: { content: Content; onOpen: () => void; onDrop: () => void }) {
  const { t } = useTranslation('composer')
  return (
    <div className="composer-quote">
      <Text size="xs" truncate dir="auto"><IconForms size={13} aria-hidden /> {t('begun.title')} · {describe(content, (type) => t(`kind.${type}`, { defaultValue: t('kind.other') }))}</Text>
      <Button size="compact-xs" variant="default" onClick={onOpen}>{t('begun.open')}</Button>
      <ActionIcon size={24} onClick={onDrop} aria-label={t('begun.drop')}><IconX size={14} aria-hidden /></ActionIcon>
    </div>
  )
}

import { ActionIcon, Button, Group, Kbd, Text } from '@mantine/core'
import { IconSparkles, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { WhatsAppText } from '../text/WhatsAppText'
import type { useAssist } from './useAssist'

/** What the assistant suggests, above the words: Tab puts it into them. */
export function AssistStrip({ assist }: { assist: ReturnType<typeof useAssist> }) {
  const { t } = useTranslation('composer')
  const { suggestion } = assist
  if (suggestion) {
    const isReply = suggestion.kind === 'reply' && !!suggestion.text
    return (
      <div className="assist" role="status">
        <IconSparkles size={16} aria-hidden className="assist-icon" />
        <div className="assist-words">
          <Text size="xs" fw={600}>{t(isReply ? 'assist.suggestion' : `assist.${suggestion.kind}`, { defaultValue: t('assist.none') })}</Text>
          {suggestion.text && <div className="assist-text"><WhatsAppText text={suggestion.text} /></div>}
          {isReply && <Group gap={6} mt={4}><Button size="compact-xs" onClick={assist.insert}>{t('assist.insert')}</Button><Text size="xs" c="dimmed"><Kbd size="xs">Tab</Kbd></Text></Group>}
        </div>
        <ActionIcon size={24} onClick={assist.dismiss} aria-label={t('app:close')}><IconX size={14} aria-hidden /></ActionIcon>
      </div>
    )
  }
  if (assist.before === null) return null
  return (
    <div className="assist" role="status">
      <IconSparkles size={16} aria-hidden className="assist-icon" />
      <Group gap={8} className="assist-words"><Text size="xs">{t('assist.changed')}</Text><Button size="compact-xs" variant="default" onClick={assist.back}>{t('assist.back')}</Button></Group>
      <ActionIcon size={24} onClick={assist.forget} aria-label={t('app:close')}><IconX size={14} aria-hidden /></ActionIcon>
    </div>
  )
}

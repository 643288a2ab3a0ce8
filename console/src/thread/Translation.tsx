import { Anchor, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { WhatsAppText } from '../text/WhatsAppText'
import type { Message } from '../api/types'

export type Translated = { text: string; from: string; to: string; provider: string }

export function Translation({ message, translated, onClose }: { message: Message; translated: Translated; onClose: () => void }) {
  const { t, i18n } = useTranslation('thread')
  const language = (code: string) => {
    try {
      return new Intl.DisplayNames(i18n.language, { type: 'language' }).of(code) ?? code
    } catch {
      return code
    }
  }
  return (
    <div className="translated" data-translation={message.id}>
      <Group gap="xs" className="small" justify="space-between">
        <span>{t('translated', { from: language(translated.from) })}</span>
        <Anchor component="button" size="xs" c="inherit" td="underline" onClick={onClose}>{t('hide')}</Anchor>
      </Group>
      <WhatsAppText text={translated.text} />
    </div>
  )
}

import { ActionIcon, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Quote } from './types'

/** What the answer will quote. */
export function QuoteStrip({ quote, onUnquote }: { quote: Quote; onUnquote: () => void }) {
  const { t } = useTranslation('composer')
  return (
    <div className="composer-quote">
      <div>
        <Text size="xs" fw={600}>{t(quote.author === 'client' ? 'quote.customer' : 'quote.us')}</Text>
        <Text size="xs" truncate dir="auto">{quote.text || t('quote.kind', { type: quote.type })}</Text>
      </div>
      <ActionIcon size={24} onClick={onUnquote} aria-label={t('quote.remove')}><IconX size={14} aria-hidden /></ActionIcon>
    </div>
  )
}

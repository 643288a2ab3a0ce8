import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TemplateButton } from '../api/types'
import { directionOf } from '../languages'
import { WhatsAppText } from '../text/WhatsAppText'
import { filled } from './shape'

/** The template as the customer's phone shows it, with its examples. */
export function TemplatePreview({ header, body, footer, buttons, examples, language }: {
  header?: { kind: string; text?: string | null; example?: string | null } | null; body: string; footer?: string | null; buttons: TemplateButton[]; examples: Record<string, string | undefined>; language: string
}) {
  const { t } = useTranslation('templates')
  return (
    <div className="phone-ground" role="img" aria-label={t('preview')} dir={directionOf(language.slice(0, 2))}>
      <div className="phone-bubble">
        {header && (header.kind === 'text' ? <Text fw={700} dir="auto">{filled(header.text ?? '', { 1: header.example ?? undefined })}</Text> : <Text size="sm" c="dimmed">[{t(`headers.${header.kind}`, { defaultValue: header.kind })}]</Text>)}
        {body ? <WhatsAppText text={filled(body, examples)} /> : <Text size="sm" c="dimmed">…</Text>}
        {footer && <div className="phone-foot" dir="auto">{footer}</div>}
        {buttons.map((button, i) => <span key={i} className="phone-button"><bdi>{button.text || t(`buttons.${button.kind}`, { defaultValue: button.kind })}</bdi></span>)}
      </div>
    </div>
  )
}

import { Text } from '@mantine/core'
import { IconExternalLink, IconList, IconPhone } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { WhatsAppText } from '../text/WhatsAppText'

export type BubbleButton = { text: string; kind?: string }

/** How a message with a header, a footer and buttons looks on the customer's phone. */
export function Bubble({ header, media, body, footer, buttons = [], list }: { header?: string | null; media?: ReactNode; body: string; footer?: string | null; buttons?: BubbleButton[]; list?: string | null }) {
  return (
    <div className="bubble">
      <div className="bubble-words">
        {media}
        {header && <Text fw={650} size="sm" dir="auto">{header}</Text>}
        <WhatsAppText text={body} />
        {footer && <Text size="xs" c="dimmed" dir="auto" mt={3}>{footer}</Text>}
      </div>
      {list && <div className="bubble-button"><IconList size={15} aria-hidden /> <bdi>{list}</bdi></div>}
      {buttons.map((button, i) => (
        <div key={i} className="bubble-button">
          {button.kind === 'url' ? <IconExternalLink size={14} aria-hidden /> : button.kind === 'phone' || button.kind === 'phone_number' ? <IconPhone size={14} aria-hidden /> : null} <bdi>{button.text}</bdi>
        </div>
      ))}
    </div>
  )
}

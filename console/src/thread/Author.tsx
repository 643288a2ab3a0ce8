import { IconDeviceMobile, IconRoute, IconSettings, IconSparkles, IconUser, IconUserCircle, type IconProps } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../api/types'
import { authorOf, type AuthorKind } from './payload'

export const authorIcons: Record<AuthorKind, ComponentType<IconProps>> = {
  customer: IconUserCircle, ai: IconSparkles, flow: IconRoute, person: IconUser, system: IconSettings, phone: IconDeviceMobile,
}

/** Who wrote it, in words: the person's or the customer's name, or which of our machines it was. */
export function useAuthorName() {
  const { t } = useTranslation('thread')
  return (message: Message, customer: string | null) => {
    const author = authorOf(message)
    if (author === 'customer') return customer || t('author.customer')
    if (author === 'person') return message.agent_name || t('author.person')
    return t(`author.${author}`)
  }
}

export function AuthorLine({ message, customer }: { message: Message; customer: string | null }) {
  const { t } = useTranslation('thread')
  const name = useAuthorName()(message, customer)
  const kind = authorOf(message)
  return <div className="msg-author"><bdi>{name}</bdi>{kind === 'person' && <span className="small">· {t('author.team')}</span>}</div>
}

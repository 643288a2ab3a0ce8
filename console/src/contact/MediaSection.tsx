import { Modal, SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconFile, IconMovie, IconMusic } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../api/types'
import { Loaded } from '../parts/States'
import { dateTime } from '../text/time'
import { useMediaOf } from './api'
import type { Contact } from './types'

const isPicture = (message: Message) => (message.media?.kind === 'image' || message.media?.kind === 'sticker') && !!message.media.url

/** Every file of all conversations with a customer. */
export function MediaSection({ contact }: { contact: Contact }) {
  const { t, i18n } = useTranslation('contact')
  const files = useMediaOf(contact.id)
  const [shown, setShown] = useState<Message | null>(null)
  return (
    <Loaded query={files} isEmpty={(all) => all.length === 0} empty={<Text size="sm" c="dimmed">{t('media.none')}</Text>} loading={<Text size="sm">…</Text>}>
      {(all) => (
        <Stack gap="xs">
          <SimpleGrid cols={3} spacing={4}>
            {all.filter(isPicture).map((message) => (
              <UnstyledButton key={message.id} className="contact-picture" onClick={() => setShown(message)} aria-label={t('media.picture', { time: dateTime(message.created_at as string, i18n.language) })}>
                <img src={message.media!.url!} alt="" loading="lazy" />
              </UnstyledButton>
            ))}
          </SimpleGrid>
          {all.filter((message) => !isPicture(message)).map((message) => {
            const Icon = message.media?.kind === 'audio' ? IconMusic : message.media?.kind === 'video' ? IconMovie : IconFile
            return (
              <a key={message.id} className="contact-file" href={message.media?.url ?? undefined} target="_blank" rel="noopener noreferrer">
                <Icon size={16} aria-hidden />
                <span><Text span size="sm" dir="auto" className="contact-file-name">{message.media?.filename ?? t(`media.${message.media?.kind ?? 'document'}`, { defaultValue: t('media.document') })}</Text>
                  <Text span size="xs" c="dimmed" display="block">{dateTime(message.created_at as string, i18n.language)}</Text></span>
              </a>
            )
          })}
          <Modal opened={shown !== null} onClose={() => setShown(null)} size="xl" title={shown ? dateTime(shown.created_at as string, i18n.language) : ''} closeButtonProps={{ 'aria-label': t('app:close') }}>
            {shown?.media?.url && <img className="contact-large" src={shown.media.url} alt={shown.message || t('media.image')} />}
          </Modal>
        </Stack>
      )}
    </Loaded>
  )
}

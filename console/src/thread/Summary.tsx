import { ActionIcon, Button, Group, Loader, Text } from '@mantine/core'
import { IconSparkles, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, path } from '../api/http'
import type { Row } from '../inbox/types'
import { Failure } from '../parts/States'
import { WhatsAppText } from '../text/WhatsAppText'
import type { Summary as Told } from './types'

/** What whoever takes over should know, after a hand-off: by a model, or by rule when there is none. It is asked for by a click, since it may cost. */
export function Summary({ conversation }: { conversation: Row }) {
  const { t, i18n } = useTranslation('thread')
  const [isOpen, setOpen] = useState(false)
  const [isGone, setGone] = useState(false)
  const language = i18n.language
  const summary = useQuery({
    queryKey: ['summary', conversation.id, conversation.version, language], enabled: isOpen, staleTime: Infinity, retry: false,
    queryFn: () => get<Told>(path(`/api/conversations/${conversation.id}/summary`, { language })),
  })
  if (isGone || conversation.status !== 'transferred' || !conversation.handoff_reason) return null
  return (
    <section className="summary" aria-label={t('summary.title')}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Group gap={6} wrap="nowrap" miw={0}>
          <IconSparkles size={17} color="var(--r-ai)" aria-hidden />
          <Text size="sm" fw={600} truncate>{t('summary.handedOff', { reason: t(`reason.${conversation.handoff_reason}`, { defaultValue: conversation.handoff_reason }) })}</Text>
        </Group>
        <Group gap={4} wrap="nowrap">
          {!isOpen && <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>{t('summary.show')}</Button>}
          <ActionIcon aria-label={t('app:close')} onClick={() => setGone(true)}><IconX size={16} /></ActionIcon>
        </Group>
      </Group>
      {isOpen && summary.isPending && <Loader size="xs" mt={6} />}
      {summary.error && <Failure error={summary.error} retry={() => void summary.refetch()} />}
      {summary.data && (
        <div data-summary={summary.data.by}>
          <WhatsAppText text={summary.data.text} />
          {summary.data.order_numbers.length > 0 && <Text size="xs" mt={4}>{t('summary.orders')} <bdi>{summary.data.order_numbers.join(', ')}</bdi></Text>}
          <Text size="xs" mt={2} className="small">{summary.data.by === 'model' ? t('summary.byModel', { model: summary.data.model ?? '' }) : t('summary.byRule')}</Text>
        </div>
      )}
    </section>
  )
}

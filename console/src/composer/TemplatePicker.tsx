import { Badge, Group, Modal, Select, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconSearch, IconTemplate } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty, Loaded } from '../parts/States'
import { TemplateForm } from './TemplateForm'
import { useUsable, type Usable } from './templates'
import { fold } from './trigger'
import type { Content, DeskConversation } from './types'

/** Approved templates of this conversation's number: found, filled in, looked at, sent. */
export function TemplatePicker({ conversation, opened, onClose, onSend, begun }: {
  conversation: DeskConversation; opened: boolean; onClose: () => void; onSend: (content: Content) => void; begun: Content | null
}) {
  const { t } = useTranslation('composer')
  const isPhone = useMediaQuery('(max-width: 48em)') ?? false
  const usable = useUsable(conversation.id, opened)
  const [query, setQuery] = useState('')
  const [language, setLanguage] = useState<string | null>(null)
  const [chosen, setChosen] = useState<Usable | null>(null)
  useEffect(() => {
    if (!opened) return
    setChosen(begun?.type === 'template' ? usable.data?.find((one) => one.name === begun.name && one.language === begun.language) ?? null : null)
  }, [opened, begun, usable.data])
  const words = fold(query).split(/\s+/).filter(Boolean)
  const found = (usable.data ?? []).filter((one) => (!language || one.language.startsWith(language)) && words.every((word) => fold(`${one.name.replaceAll('_', ' ')} ${one.body}`).includes(word)))
  return (
    <Modal opened={opened} onClose={onClose} fullScreen={isPhone} size="xl" title={chosen ? t('template.fill') : t('template.title')} closeButtonProps={{ 'aria-label': t('app:close') }}>
      {chosen ? <TemplateForm conversation={conversation} template={chosen} begun={begun} onBack={() => setChosen(null)} onSend={onSend} /> : (
        <Stack gap="sm">
          <Group gap="xs" wrap="nowrap">
            <TextInput flex={1} data-autofocus leftSection={<IconSearch size={16} aria-hidden />} value={query} onChange={(event) => setQuery(event.currentTarget.value)} placeholder={t('template.search')} aria-label={t('template.search')} />
            <Select w={130} clearable value={language} onChange={setLanguage} placeholder={t('template.language')} aria-label={t('template.language')} data={[...new Set((usable.data ?? []).map((one) => one.language.slice(0, 2)))].sort()} />
          </Group>
          <Loaded query={usable} isEmpty={(all) => all.length === 0} empty={<Empty icon={IconTemplate} title={t('template.none')} text={t('template.noneAbout')} />}>
            {() => found.length === 0 ? <Text c="dimmed" size="sm" p="md" ta="center">{t('template.nothing')}</Text> : (
              <Stack gap={6}>
                {found.map((one) => (
                  <UnstyledButton key={one.name + one.language} className="template" onClick={() => setChosen(one)}>
                    <Group justify="space-between" gap={6} wrap="nowrap">
                      <Text size="sm" fw={600} className="template-name" dir="ltr">{one.name.replaceAll('_', ' ')}</Text>
                      <Group gap={4} wrap="nowrap"><Badge size="sm" variant="default" tt="none">{one.language}</Badge><Badge size="sm" variant="light" color={one.category === 'marketing' ? 'gray' : 'green'} tt="none">{t(`template.${one.category}`, { defaultValue: one.category })}</Badge></Group>
                    </Group>
                    <Text size="sm" c="dimmed" lineClamp={2} dir="auto">{one.body}</Text>
                  </UnstyledButton>
                ))}
              </Stack>
            )}
          </Loaded>
        </Stack>
      )}
    </Modal>
  )
}

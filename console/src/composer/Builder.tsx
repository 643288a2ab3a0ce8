import { ActionIcon, Button, Group, Modal, SegmentedControl, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconPlus, IconSend, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Bubble } from './Bubble'
import { BuilderList } from './BuilderList'
import { contentOf, makingOf, wrongOf, type Making } from './interactive'
import { limitsOf } from './limits'
import type { Content, DeskConversation } from './types'

/** Buttons, a list or a link: made on one side, seen on the other as the customer will. */
export function Builder({ conversation, opened, onClose, onSend, begun, text }: {
  conversation: DeskConversation; opened: boolean; onClose: (begun: Content | null) => void; onSend: (content: Content) => void; begun: Content | null; text: string
}) {
  const { t } = useTranslation('composer')
  const isPhone = useMediaQuery('(max-width: 48em)') ?? false
  const limits = limitsOf(conversation)
  const [making, setMaking] = useState<Making>(() => makingOf(null))
  const [tried, setTried] = useState(false)
  useEffect(() => {
    if (!opened) return
    setTried(false)
    const back = makingOf(begun)
    setMaking(begun ? back : { ...back, body: text })
    // Only when it opens: what is typed meanwhile stays.
    // eslint-disable-next-line
  }, [opened])
  const set = (change: Partial<Making>) => setMaking((now) => ({ ...now, ...change }))
  const wrong = wrongOf(making, limits)
  const said = (field: string) => wrong[field] && (tried || wrong[field].word !== 'needed') ? t(`make.wrong.${wrong[field].word}`, { most: wrong[field].most }) : undefined
  const left = (length: number, most: number) => `${length}/${most}`
  const go = () => {
    setTried(true)
    if (Object.keys(wrong).length === 0) onSend(contentOf(making))
  }
  const isBegun = (making.body.trim() !== '' && making.body !== text) || making.items.some(Boolean) || making.label !== '' || making.button !== ''
  return (
    <Modal opened={opened} onClose={() => onClose(isBegun ? contentOf(making) : null)} fullScreen={isPhone} size="xl" title={t('make.title')} closeButtonProps={{ 'aria-label': t('app:close') }}>
      <form onSubmit={(event) => { event.preventDefault(); go() }} noValidate>
        <SegmentedControl fullWidth mb="md" value={making.kind} onChange={(kind) => set({ kind: kind as Making['kind'] })} aria-label={t('make.title')}
          data={(['buttons', 'list', 'url_button'] as const).map((value) => ({ value, label: t(`make.${value}`) }))} />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
          <Stack gap="sm">
            <Textarea label={t('make.body')} required autosize minRows={2} maxRows={7} data-autofocus value={making.body} onChange={(event) => set({ body: event.currentTarget.value })} dir="auto" error={said('body')} />
            {making.kind === 'buttons' && (
              <Stack gap={6} role="group" aria-label={t('make.items')}>
                <Text size="sm" fw={500}>{t('make.items')}</Text>
                {making.items.map((title, i) => (
                  <Group key={i} gap={4} wrap="nowrap" align="flex-start">
                    <TextInput flex={1} aria-label={t('make.item', { number: i + 1 })} placeholder={t('make.item', { number: i + 1 })} value={title} dir="auto" error={said(`items[${i}]`)}
                      rightSection={<Text size="xs" c="dimmed">{left(title.length, limits.buttonTitle)}</Text>} rightSectionWidth={52}
                      onChange={(event) => set({ items: making.items.map((other, j) => (j === i ? event.currentTarget.value : other)) })} />
                    {making.items.length > 1 && <ActionIcon size={34} onClick={() => set({ items: making.items.filter((_, j) => j !== i) })} aria-label={t('make.remove', { number: i + 1 })}><IconX size={15} aria-hidden /></ActionIcon>}
                  </Group>
                ))}
                {making.items.length < limits.buttons && <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => set({ items: [...making.items, ''] })}>{t('make.addItem')}</Button>}
              </Stack>
            )}
            {making.kind === 'list' && <BuilderList making={making} set={set} said={said} limits={limits} />}
            {making.kind === 'url_button' && (
              <>
                <TextInput label={t('make.label')} required value={making.label} onChange={(event) => set({ label: event.currentTarget.value })} dir="auto" error={said('label')} rightSection={<Text size="xs" c="dimmed">{left(making.label.length, limits.buttonTitle)}</Text>} rightSectionWidth={52} />
                <TextInput label={t('make.url')} required type="url" value={making.url} onChange={(event) => set({ url: event.currentTarget.value })} dir="ltr" placeholder="https://" error={said('url')} />
              </>
            )}
            <TextInput label={t('make.header')} value={making.header} onChange={(event) => set({ header: event.currentTarget.value })} dir="auto" error={said('header')} rightSection={<Text size="xs" c="dimmed">{left(making.header.length, limits.header)}</Text>} rightSectionWidth={52} />
            <TextInput label={t('make.footer')} value={making.footer} onChange={(event) => set({ footer: event.currentTarget.value })} dir="auto" error={said('footer')} rightSection={<Text size="xs" c="dimmed">{left(making.footer.length, limits.footer)}</Text>} rightSectionWidth={52} />
          </Stack>
          <div>
            <Text size="xs" c="dimmed" mb={4}>{t('preview')}</Text>
            <div className="phone-back">
              <Bubble header={making.header} body={making.body || '…'} footer={making.footer} list={making.kind === 'list' ? making.button || '…' : null}
                buttons={making.kind === 'buttons' ? making.items.map((title) => ({ text: title || '…' })) : making.kind === 'url_button' ? [{ text: making.label || '…', kind: 'url' }] : []} />
              {making.kind === 'list' && (
                <div className="bubble-list">
                  {making.sections.map((section, s) => (
                    <div key={s}>
                      {section.title && <Text size="xs" fw={650} c="dimmed" dir="auto">{section.title}</Text>}
                      {section.rows.map((row, r) => <div key={r} className="bubble-row"><Text size="sm" dir="auto">{row.title || '…'}</Text>{row.description && <Text size="xs" c="dimmed" dir="auto">{row.description}</Text>}</div>)}
                    </div>
                  ))}
                </div>
              )}
            </div>
          </div>
        </SimpleGrid>
        {tried && Object.keys(wrong).length > 0 && <Text size="sm" className="pending-problem" role="alert" mt="sm">{t('make.mend')}</Text>}
        <Group justify="flex-end" mt="lg"><Button type="submit" leftSection={<IconSend size={16} className="mirrored" aria-hidden />}>{t('send')}</Button></Group>
      </form>
    </Modal>
  )
}

import { Badge, Button, Group, Paper, SegmentedControl, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconMessageQuestion, IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOffer } from '../app/commands'
import { may, useMe } from '../app/me'
import type { Faq } from '../api/types'
import { languages } from '../languages'
import { matches } from '../parts/fold'
import { SearchField } from '../parts/SearchField'
import { Empty, Loaded } from '../parts/States'
import { useAll } from '../parts/usePages'
import { dateTime } from '../text/time'
import { FaqDrawer } from './FaqDrawer'
import { NewFaqs } from './NewFaqs'

export function Faqs() {
  const { t, i18n } = useTranslation('knowledge')
  const mayChange = may(useMe(), 'knowledge')
  const faqs = useAll<Faq>(['faqs'], '/api/faqs')
  const [query, setQuery] = useState('')
  const [language, setLanguage] = useState('all')
  const [open, setOpen] = useState<Faq | 'new' | null>(null)
  useOffer(mayChange ? [{ id: 'faq-new', label: t('faqs.add'), icon: <IconPlus size={18} aria-hidden />, run: () => setOpen('new') }] : [])
  const add = mayChange && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>{t('faqs.add')}</Button>
  return (
    <Stack gap="md">
      <Group gap="xs">
        <SearchField value={query} onChange={setQuery} label={t('faqs.search')} />
        <SegmentedControl size="sm" aria-label={t('language')} value={language} onChange={setLanguage} data={[{ value: 'all', label: t('allLanguages') }, ...languages.map((l) => ({ value: l, label: l.toUpperCase() }))]} />
        {add}
      </Group>
      <Loaded query={faqs} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconMessageQuestion} title={t('faqs.none')} text={t('faqs.noneText')} action={add} />}>
        {(list) => {
          const shown = list.filter((faq) => (language === 'all' || faq.language === language) && matches(query, faq.question, faq.answer)).reverse()
          return shown.length === 0 ? <Empty icon={IconSearch} title={t('nothingFound')} /> : (
            <Stack gap="xs" component="ul" className="plain-list" aria-label={t('faqs.title')}>
              {shown.map((faq) => (
                <Paper key={faq.id} component="li" withBorder radius="md" className="card">
                  <UnstyledButton className="faq-row" onClick={() => setOpen(faq)}>
                    <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
                      <Text fw={600} size="sm" dir="auto" className="clamp" flex={1} ta="start">{faq.question}</Text>
                      <Badge variant="light" color="gray" size="sm" flex="none" className="calm-badge">{faq.language?.toUpperCase() ?? t('anyLanguage')}</Badge>
                    </Group>
                    <Text size="sm" c="dimmed" dir="auto" className="clamp" component="div">{faq.answer}</Text>
                    <Text size="xs" c="dimmed" mt={4}>{t('changed', { when: dateTime(faq.updated_at, i18n.language) })}</Text>
                  </UnstyledButton>
                </Paper>
              ))}
            </Stack>
          )
        }}
      </Loaded>
      {open === 'new' && <NewFaqs onClose={() => setOpen(null)} />}
      {open && open !== 'new' && <FaqDrawer key={open.id} faq={open} onClose={() => setOpen(null)} />}
    </Stack>
  )
}

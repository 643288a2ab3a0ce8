import { Badge, Button, Group, Text } from '@mantine/core'
import { IconBolt, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { may, useMe } from '../app/me'
import { languageNames, type Language } from '../languages'
import { DataTable } from '../parts/DataTable'
import { PageFrame } from '../parts/PageFrame'
import { SearchField } from '../parts/SearchField'
import { Empty, Loaded } from '../parts/States'
import { CannedForm } from './CannedForm'
import './composer.css'
import type { CannedAnswer } from './types'
import { matching, textIn, useCanned } from './useCanned'

/** Ready answers of the business, shared by its people. */
export default function CannedAnswersPage() {
  const { t, i18n } = useTranslation('composer')
  const answers = useCanned()
  const [query, setQuery] = useState('')
  const [open, setOpen] = useState<CannedAnswer | 'new' | null>(null)
  const mayChange = may(useMe(), 'answer')
  const add = mayChange && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>{t('canned.add')}</Button>
  return (
    <PageFrame title={t('canned.title')} about={t('canned.about')} actions={add}>
      <Loaded query={answers} isEmpty={(all) => all.length === 0} empty={<Empty icon={IconBolt} title={t('canned.none')} text={t('canned.noneAbout')} action={add} />}>
        {(all) => {
          const found = matching(all, query)
          return (
            <>
              <SearchField label={t('canned.search')} value={query} onChange={setQuery} />
              {found.length === 0 ? <Text c="dimmed" size="sm">{t('pick.nothing')}</Text> : (
                <DataTable label={t('canned.title')} rows={found} onOpen={mayChange ? setOpen : undefined} columns={[
                  { id: 'shortcut', label: t('canned.shortcut'), width: 150, show: (answer) => <Text span fw={600} size="sm" className="pick-mark"><bdi>/{answer.shortcut}</bdi></Text> },
                  { id: 'title', label: t('canned.name'), width: 210, show: (answer) => <bdi>{answer.title}</bdi> },
                  { id: 'text', label: t('canned.text'), show: (answer) => <Text size="sm" lineClamp={2} dir="auto">{textIn(answer, i18n.language)}</Text> },
                  { id: 'category', label: t('canned.category'), width: 130, show: (answer) => (answer.category ? <bdi>{answer.category}</bdi> : null) },
                  { id: 'languages', label: t('canned.languages'), width: 150, show: (answer) => <Group gap={4}>{Object.keys(answer.texts).map((language) => <Badge key={language} variant="default" tt="none" size="sm">{languageNames[language as Language]}</Badge>)}</Group> },
                ]} />
              )}
            </>
          )
        }}
      </Loaded>
      {open && <CannedForm answer={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </PageFrame>
  )
}

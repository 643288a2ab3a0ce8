import { Button, Group, Text } from '@mantine/core'
import { IconAddressBook, IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { useOffer } from '../app/commands'
import { may, useMe } from '../app/me'
import { DataTable } from '../parts/DataTable'
import { PageFrame } from '../parts/PageFrame'
import { Empty, Loaded } from '../parts/States'
import { count } from '../text/numbers'
import { dateTime } from '../text/time'
import { useSegments, type Segment } from './api'
import { read, rowOf, type Row } from './rules'
import { SegmentDrawer } from './SegmentDrawer'

/** Named choices of customers. Filters of the customers' list may come along in the address, as the start of a new one. */
export default function SegmentsPage() {
  const { t, i18n } = useTranslation('segments')
  const [search, setSearch] = useSearchParams()
  const segments = useSegments()
  const [open, setOpen] = useState<Segment | 'new' | null>(search.has('new') ? 'new' : null)
  const start: Row[] = [
    ...(search.get('label') ? [rowOf('label', { label: search.get('label') })] : []),
    ...(search.get('opted_out') ? [rowOf('opted_out', { not: search.get('opted_out') === 'false' })] : []),
  ]
  const mayChange = may(useMe(), 'contacts')
  const add = mayChange && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>{t('add')}</Button>
  const actions = <Group gap="xs"><Button component={Link} to="/contacts" variant="default" leftSection={<IconAddressBook size={16} aria-hidden />}>{t('contacts')}</Button>{add}</Group>
  useOffer(mayChange ? [{ id: 'segment-new', label: t('add'), run: () => setOpen('new') }] : [])
  const close = () => {
    setOpen(null)
    setSearch({}, { replace: true })
  }
  return (
    <PageFrame wide title={t('title')} about={t('about')} actions={actions}>
      <Loaded query={segments} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconUsersGroup} title={t('none')} text={t('noneText')} action={add} />}>
        {(list) => (
          <DataTable label={t('title')} rows={list} onOpen={mayChange ? setOpen : undefined} columns={[
            { id: 'name', label: t('name'), show: (row) => <Text span size="sm" fw={550}><bdi>{row.name}</bdi></Text> },
            { id: 'rules', label: t('rules'), width: 240, show: (row) => {
              const form = read(row.rules)
              return form ? (form.rows.length === 0 ? t('everybody') : t('conditions', { count: form.rows.length, shown: count(form.rows.length, i18n.language) })) : t('nested')
            } },
            { id: 'changed', label: t('changed'), width: 190, wideOnly: true, show: (row) => dateTime(row.updated_at, i18n.language) },
          ]} />
        )}
      </Loaded>
      {open && mayChange && <SegmentDrawer key={open === 'new' ? 0 : open.id} segment={open === 'new' ? null : open} start={start} onClose={close} />}
    </PageFrame>
  )
}

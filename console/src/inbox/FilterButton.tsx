import { ActionIcon, Button, Group, Indicator, MultiSelect, Popover, Select, Stack, Switch } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { languageNames } from '../languages'
import { useAgents, useInboxList, useLabels, useTeams } from './directory'
import { askedFor, statuses, type Filter } from './filter'

const options = (list: { id: number; name: string }[] | undefined) => (list ?? []).map((one) => ({ value: String(one.id), label: one.name }))
const id = (value: string | null) => (value ? Number(value) : undefined)

/** What the list is narrowed to, besides the tab. */
export function FilterButton({ filter, onFilter }: { filter: Filter; onFilter: (filter: Filter) => void }) {
  const { t } = useTranslation('inbox')
  const asked = askedFor(filter)
  return (
    <Popover position="bottom-end" width={300} trapFocus withArrow shadow="md">
      <Indicator label={asked} size={16} disabled={asked === 0} offset={5}>
        <Popover.Target>
          <ActionIcon size="lg" aria-label={asked ? t('filter.some', { count: asked }) : t('filter.title')} title={t('filter.title')}><IconAdjustmentsHorizontal size={19} /></ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown><Fields filter={filter} onFilter={onFilter} /></Popover.Dropdown>
    </Popover>
  )
}

function Fields({ filter, onFilter }: { filter: Filter; onFilter: (filter: Filter) => void }) {
  const { t } = useTranslation('inbox')
  const agents = useAgents()
  const teams = useTeams()
  const labels = useLabels()
  const inboxes = useInboxList()
  const set = (part: Filter) => onFilter({ ...filter, ...part })
  const select = { size: 'xs', clearable: true, comboboxProps: { withinPortal: false } } as const
  return (
    <Stack gap="xs">
      <Select {...select} label={t('filter.status')} data={statuses.map((value) => ({ value, label: t(`status.${value}`) }))} value={filter.status ?? null}
        onChange={(value) => set(value ? { status: value as Filter['status'], view: undefined } : { status: undefined, view: 'all' })} />
      <Select {...select} label={t('filter.agent')} searchable data={options(agents.data)} value={filter.agent ? String(filter.agent) : null} onChange={(value) => set({ agent: id(value) })} />
      <Select {...select} label={t('filter.team')} data={options(teams.data)} value={filter.team ? String(filter.team) : null} onChange={(value) => set({ team: id(value) })} />
      <MultiSelect {...select} label={t('filter.label')} data={options(labels.data)} value={(filter.label ?? []).map(String)} onChange={(values) => set({ label: values.map(Number).sort((a, b) => a - b) })} />
      <Select {...select} label={t('filter.inbox')} data={(inboxes.data ?? []).map((one) => ({ value: String(one.id), label: one.display_name || one.name || one.phone_number || String(one.id) }))} value={filter.inbox ? String(filter.inbox) : null} onChange={(value) => set({ inbox: id(value) })} />
      <Group grow>
        <Select {...select} label={t('filter.channel')} data={[{ value: 'meta', label: 'Meta' }, { value: 'twilio', label: 'Twilio' }]} value={filter.channel ?? null} onChange={(value) => set({ channel: value ?? undefined })} />
        <Select {...select} label={t('app:language')} data={Object.entries(languageNames).map(([value, label]) => ({ value, label }))} value={filter.language ?? null} onChange={(value) => set({ language: value ?? undefined })} />
      </Group>
      <Select {...select} label={t('filter.closing')} data={['1h', '4h', '24h'].map((value) => ({ value, label: t(`closing.${value}`) }))} value={filter.closing ?? null} onChange={(value) => set({ closing: value ?? undefined })} />
      <Switch size="sm" label={t('filter.unread')} checked={!!filter.unread} onChange={(event) => set({ unread: event.currentTarget.checked })} />
      <Switch size="sm" label={t('filter.waiting')} checked={!!filter.waiting} onChange={(event) => set({ waiting: event.currentTarget.checked })} />
      <Button size="xs" variant="default" onClick={() => onFilter({ view: filter.view ?? 'all', sort: filter.sort })}>{t('filter.clear')}</Button>
    </Stack>
  )
}

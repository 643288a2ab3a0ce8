import { ActionIcon, Button, Menu, Modal, Stack, Switch, Text, TextInput } from '@mantine/core'
import { IconBookmark, IconBookmarkPlus, IconTrash, IconUsers } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newKey, post, remove } from '../api/http'
import { may, useMe } from '../app/me'
import { useOffer } from '../app/commands'
import { tellDone, tellProblem } from '../parts/tell'
import { useViews } from './directory'
import { askedFor, clean, type Filter } from './filter'

/** Filters with a name: own ones, and those the team shares. The palette offers them too. */
export function Views({ filter, onFilter }: { filter: Filter; onFilter: (filter: Filter) => void }) {
  const { t } = useTranslation('inbox')
  const me = useMe()
  const queries = useQueryClient()
  const views = useViews().data ?? []
  const [isNaming, setNaming] = useState(false)
  const refresh = () => queries.invalidateQueries({ queryKey: ['views'] })
  const drop = useMutation({ mutationFn: (id: number) => remove(`/api/views/${id}`), onSuccess: refresh, onError: tellProblem })
  useOffer(views.map((view) => ({ id: `view-${view.id}`, label: view.name, about: t('views.title'), run: () => onFilter(clean(view.filter as Filter)) })))
  return (
    <>
      <Menu position="bottom-end" width={270}>
        <Menu.Target><ActionIcon size="lg" aria-label={t('views.title')} title={t('views.title')}><IconBookmark size={19} /></ActionIcon></Menu.Target>
        <Menu.Dropdown mah={400} style={{ overflowY: 'auto' }}>
          <Menu.Label>{t('views.title')}</Menu.Label>
          {views.length === 0 && <Text size="sm" c="dimmed" px="sm" pb="xs">{t('views.none')}</Text>}
          {views.map((view) => <Menu.Item key={view.id} leftSection={view.is_shared ? <IconUsers size={16} aria-hidden /> : <IconBookmark size={16} aria-hidden />} onClick={() => onFilter(clean(view.filter as Filter))}><bdi>{view.name}</bdi></Menu.Item>)}
          <Menu.Divider />
          <Menu.Item leftSection={<IconBookmarkPlus size={16} aria-hidden />} disabled={askedFor(filter) === 0 && !filter.q && !filter.sort} onClick={() => setNaming(true)}>{t('views.keep')}</Menu.Item>
          {views.filter((view) => !view.is_shared || may(me, 'settings')).map((view) => (
            <Menu.Item key={view.id} color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => drop.mutate(view.id)}>{t('views.delete', { name: view.name })}</Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {isNaming && <Naming filter={filter} mayShare={may(me, 'settings')} onClose={() => setNaming(false)} onKept={() => void refresh()} />}
    </>
  )
}

function Naming({ filter, mayShare, onClose, onKept }: { filter: Filter; mayShare: boolean; onClose: () => void; onKept: () => void }) {
  const { t } = useTranslation('inbox')
  const [key] = useState(newKey)
  const [name, setName] = useState('')
  const [isShared, setShared] = useState(false)
  const keep = useMutation({
    mutationFn: () => post('/api/views', { name: name.trim(), filter: clean(filter), is_shared: isShared }, { key }),
    onSuccess: () => { tellDone(t('views.kept')); onKept(); onClose() },
    onError: tellProblem,
  })
  return (
    <Modal opened onClose={onClose} title={t('views.keep')} closeButtonProps={{ 'aria-label': t('app:close') }}>
      <form onSubmit={(event) => { event.preventDefault(); keep.mutate() }}>
        <Stack gap="sm">
          <TextInput label={t('views.name')} value={name} onChange={(event) => setName(event.target.value)} maxLength={80} data-autofocus required />
          {mayShare && <Switch label={t('views.share')} checked={isShared} onChange={(event) => setShared(event.currentTarget.checked)} />}
          <Button type="submit" disabled={!name.trim()} loading={keep.isPending}>{t('app:save')}</Button>
        </Stack>
      </form>
    </Modal>
  )
}

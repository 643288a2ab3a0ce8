import { ActionIcon, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { IconArchive, IconArchiveOff, IconCopy, IconDots, IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../parts/Confirm'
import { tellDone, tellProblem } from '../parts/tell'
import { changeFlow, createFlow, exportAddress, readFlow, useRefreshed } from './api'
import type { Flow } from './types'

/** Acts of one flow of the list. */
export function FlowMenu({ flow, mayChange }: { flow: Flow; mayChange: boolean }) {
  const { t } = useTranslation('flows')
  const refreshed = useRefreshed()
  const [asking, ask] = useDisclosure(false)
  const isArchived = flow.status === 'archived'
  const archive = useMutation({ mutationFn: () => changeFlow(flow.id, { archived: !isArchived }), onSuccess: () => { refreshed(); tellDone(t(isArchived ? 'archive.undone' : 'archive.done')) }, onError: tellProblem })
  const copy = useMutation({ mutationFn: async () => createFlow((await readFlow(flow.id)).definition, t('copyOf', { name: flow.name })), onSuccess: () => refreshed(), onError: tellProblem })
  return (
    <span onClick={(event) => event.stopPropagation()}>
      <Menu position="bottom-end">
        <Menu.Target><ActionIcon size={30} aria-label={t('acts', { name: flow.name })}><IconDots size={18} /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconDownload size={16} aria-hidden />} component="a" href={exportAddress(flow.id)} download>{t('export')}</Menu.Item>
          {mayChange && <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => copy.mutate()}>{t('duplicate')}</Menu.Item>}
          {mayChange && <Menu.Item leftSection={isArchived ? <IconArchiveOff size={16} aria-hidden /> : <IconArchive size={16} aria-hidden />} onClick={() => (isArchived ? archive.mutate() : ask.open())}>{t(isArchived ? 'archive.undo' : 'archive.act')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      <Confirm opened={asking} title={t('archive.title', { name: flow.name })} text={t('archive.text', { count: flow.sessions_active })} act={t('archive.act')} color="orange.8" onClose={ask.close} onConfirm={() => { ask.close(); archive.mutate() }} />
    </span>
  )
}

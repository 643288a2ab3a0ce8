import { ActionIcon, Badge, Button, Group, Menu, Text, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconArrowLeft, IconChartFunnel, IconChecklist, IconDeviceMobileMessage, IconDots, IconDownload, IconHistory, IconLayoutDashboard, IconListTree, IconPlus, IconRoute, IconSettings, IconSitemap, IconUsers } from '@tabler/icons-react'
import type { ReactNode, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { exportAddress } from './api'
import { useBuilder } from './builder'
import { AddMenu } from './canvas/AddMenu'
import type { Shown } from './drawers/Drawers'
import { FlowSearch } from './FlowSearch'
import { StatusBadge } from './StatusBadge'
import type { OpenFlow } from './types'
import type { Autosave } from './useAutosave'
import type { BuilderActs } from './useBuilderActs'
import type { Watching } from './useMarks'

type Props = {
  flow: OpenFlow; autosave: Autosave; acts: BuilderActs; query: string; onQuery: (query: string) => void; search: RefObject<HTMLInputElement | null>; hits: string[] | null; onHit: (id: string) => void
  isList: boolean; onList: (is: boolean) => void; isPhone: boolean; isTesting: boolean; onTest: () => void; onShow: (shown: Shown) => void; watched: Watching
}

/** Above the canvas: what it is and how it stands; back and forth; what can be seen and done. */
export function Toolbar(props: Props) {
  const { flow, autosave, acts, isPhone, isList, onList, isTesting, onTest, onShow, watched } = props
  const { t } = useTranslation('flows')
  const { undo, redo, canUndo, canRedo, readOnly } = useBuilder()
  const button = (label: string, icon: ReactNode, run: () => void, more: { disabled?: boolean; pressed?: boolean; keys?: string } = {}) => (
    <Tooltip label={label}><ActionIcon size={32} aria-label={label} aria-keyshortcuts={more.keys} aria-pressed={more.pressed} variant={more.pressed ? 'light' : 'subtle'} color={more.pressed ? 'relais' : 'gray'} disabled={more.disabled} onClick={run}>{icon}</ActionIcon></Tooltip>
  )
  return (
    <div className="flow-toolbar" role="toolbar" aria-label={t('toolbar')}>
      <Group gap="xs" wrap="nowrap" className="flow-toolbar-name">
        <ActionIcon component={Link} to="/flows" size={32} aria-label={t('back')}><IconArrowLeft size={19} className="mirrored" /></ActionIcon>
        <div className="flow-title">
          <Text span fw={650} truncate display="block"><bdi>{flow.name}</bdi></Text>
          <Group gap={6} wrap="nowrap">{(!isPhone || autosave.state === 'saved') && <StatusBadge flow={flow} />}<Text span size="xs" c={autosave.state === 'failed' || autosave.state === 'conflict' ? 'red' : 'dimmed'} role="status" title={autosave.refusal ?? undefined} className={isPhone && autosave.state === 'saved' ? 'visually-hidden' : 'flow-saved'}>{readOnly ? t('readOnly') : autosave.refusal ?? t(`save.${autosave.state}`)}</Text></Group>
        </div>
      </Group>
      {!isPhone && <FlowSearch value={props.query} onChange={props.onQuery} input={props.search} hits={props.hits} onHit={props.onHit} />}
      <Group gap={2} wrap="nowrap" className="flow-toolbar-acts">
        {!readOnly && button(t('undo'), <IconArrowBackUp size={19} className="mirrored" />, undo, { disabled: !canUndo, keys: 'Control+Z' })}
        {!readOnly && button(t('redo'), <IconArrowForwardUp size={19} className="mirrored" />, redo, { disabled: !canRedo, keys: 'Control+Shift+Z' })}
        {!readOnly && isList && <AddMenu onAdd={acts.add}><ActionIcon size={32} aria-label={t('add')}><IconPlus size={19} /></ActionIcon></AddMenu>}
        {!isPhone && button(t(isList ? 'view.canvas' : 'view.list'), isList ? <IconSitemap size={19} /> : <IconListTree size={19} className="mirrored" />, () => onList(!isList))}
        {!isPhone && !isList && !readOnly && button(t('tidy'), <IconLayoutDashboard size={19} />, acts.tidy)}
        {!isPhone && button(t('figures.title'), <IconChartFunnel size={19} />, () => onShow('figures'), { pressed: watched.range !== null })}
        {!isPhone && button(t('sessions.title'), <IconUsers size={19} />, () => onShow('sessions'), { pressed: watched.session !== null })}
        {!isPhone && button(t('versions.title'), <IconHistory size={19} />, () => onShow('versions'))}
        {button(t('test.title'), <IconDeviceMobileMessage size={19} />, onTest, { pressed: isTesting })}
        {!isPhone && button(t('settings.title'), <IconSettings size={19} />, () => onShow('settings'))}
        <Menu position="bottom-end">
          <Menu.Target><ActionIcon size={32} aria-label={t('more')}><IconDots size={19} /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            {isPhone && <Menu.Item leftSection={<IconChartFunnel size={16} aria-hidden />} onClick={() => onShow('figures')}>{t('figures.title')}</Menu.Item>}
            {isPhone && <Menu.Item leftSection={<IconUsers size={16} aria-hidden />} onClick={() => onShow('sessions')}>{t('sessions.title')}</Menu.Item>}
            {isPhone && <Menu.Item leftSection={<IconHistory size={16} aria-hidden />} onClick={() => onShow('versions')}>{t('versions.title')}</Menu.Item>}
            {isPhone && <Menu.Item leftSection={<IconSettings size={16} aria-hidden />} onClick={() => onShow('settings')}>{t('settings.title')}</Menu.Item>}
            <Menu.Item leftSection={<IconRoute size={16} aria-hidden />} onClick={() => onShow('report')}>{t('report.title')}</Menu.Item>
            <Menu.Item leftSection={<IconChecklist size={16} aria-hidden />} onClick={() => onShow('tests')}>{t('tests.title')}</Menu.Item>
            <Menu.Item leftSection={<IconDownload size={16} aria-hidden />} component="a" href={exportAddress(flow.id)} download>{t('export')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
        {!readOnly && <Button size="sm" ms={4} onClick={() => onShow('publish')}>{t('publish.act')}</Button>}
        {readOnly && flow.status === 'archived' && <Badge color="gray" className="calm-badge">{t('status.archived')}</Badge>}
      </Group>
    </div>
  )
}

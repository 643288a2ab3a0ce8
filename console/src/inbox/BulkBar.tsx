import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconAlarmSnooze, IconCircleCheck, IconDots, IconMailOpened, IconRobot, IconRotate, IconTag, IconUserPlus, IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import { tellDone, tellProblem } from '../parts/tell'
import { notifications } from '@mantine/notifications'
import { AssignMenu } from './AssignMenu'
import { useLabels } from './directory'
import { snoozeTimes } from './snoozeTimes'
import type { Row } from './types'
import { countAgain } from './useCounts'

type Bulk = { action: string; agent_id?: number; team_id?: number; label_id?: number; until?: string }
type Answer = { done: number[]; refused: { id: number; code: string; detail: string }[] }

/** As many as the API takes at once. */
const most = 200

/** One act for all chosen conversations; what is refused is said, and stays chosen. */
export function BulkBar({ chosen, rows, onChosen }: { chosen: ReadonlySet<number>; rows: Row[]; onChosen: (chosen: ReadonlySet<number>) => void }) {
  const { t } = useTranslation('inbox')
  const queries = useQueryClient()
  const labels = useLabels().data ?? []
  const [isAssigning, setAssigning] = useState(false)
  const bulk = useMutation({
    mutationFn: async (act: Bulk) => {
      const ids = [...chosen]
      const all: Answer = { done: [], refused: [] }
      for (let from = 0; from < ids.length; from += most) {
        const answer = await post<Answer>('/api/conversations/bulk', { ids: ids.slice(from, from + most), ...act })
        all.done.push(...answer.done)
        all.refused.push(...answer.refused)
      }
      return all
    },
    onSuccess: ({ done, refused }) => {
      if (done.length > 0) tellDone(t('bulk.done', { count: done.length }))
      if (refused.length > 0) notifications.show({ color: 'red', autoClose: 9000, title: t('bulk.refused', { count: refused.length }), message: [...new Set(refused.map((one) => one.detail))].slice(0, 3).join(' ') })
      onChosen(new Set(refused.map((one) => one.id)))
      void queries.invalidateQueries({ queryKey: ['inbox', 'list'] })
      countAgain(queries)
    },
    onError: tellProblem,
  })
  const run = (act: Bulk) => bulk.mutate(act)
  const allChosen = rows.length > 0 && rows.every((row) => chosen.has(row.id))
  return (
    <div className="bulk" role="toolbar" aria-label={t('bulk.title')}>
      <ActionIcon size="md" aria-label={t('bulk.none')} onClick={() => onChosen(new Set())}><IconX size={17} /></ActionIcon>
      <strong aria-live="polite">{t('bulk.chosen', { count: chosen.size })}</strong>
      {!allChosen && <Button size="compact-xs" variant="subtle" onClick={() => onChosen(new Set(rows.slice(0, most * 5).map((row) => row.id)))}>{t('bulk.all', { count: Math.min(rows.length, most * 5) })}</Button>}
      <span className="grow" />
      <ActionIcon size="lg" loading={bulk.isPending} aria-label={t('act.close')} title={t('act.close')} onClick={() => run({ action: 'close' })}><IconCircleCheck size={19} /></ActionIcon>
      <AssignMenu opened={isAssigning} onOpened={setAssigning} onAgent={(agent) => run({ action: 'assign', agent_id: agent.id })} onTeam={(team) => run({ action: 'assign', team_id: team.id })}
        target={<ActionIcon size="lg" disabled={bulk.isPending} aria-label={t('act.assign')} title={t('act.assign')}><IconUserPlus size={19} className="mirrored" /></ActionIcon>} />
      <Menu position="bottom-end" width={250}>
        <Menu.Target><ActionIcon size="lg" disabled={bulk.isPending} aria-label={t('act.more')}><IconDots size={19} /></ActionIcon></Menu.Target>
        <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
          <Menu.Item leftSection={<IconMailOpened size={16} aria-hidden />} onClick={() => run({ action: 'read' })}>{t('act.read')}</Menu.Item>
          <Menu.Item leftSection={<IconRobot size={16} aria-hidden />} onClick={() => run({ action: 'release' })}>{t('act.release')}</Menu.Item>
          <Menu.Item leftSection={<IconRotate size={16} aria-hidden />} onClick={() => run({ action: 'reopen' })}>{t('act.reopen')}</Menu.Item>
          <Menu.Label>{t('snooze.title')}</Menu.Label>
          {snoozeTimes(new Date()).map(({ id, until }) => <Menu.Item key={id} leftSection={<IconAlarmSnooze size={16} aria-hidden />} onClick={() => run({ action: 'snooze', until: until.toISOString() })}>{t(`snooze.${id}`)}</Menu.Item>)}
          {labels.length > 0 && <Menu.Label>{t('act.label')}</Menu.Label>}
          {labels.map((label) => <Menu.Item key={label.id} leftSection={<IconTag size={16} aria-hidden />} onClick={() => run({ action: 'label', label_id: label.id })}><bdi>{label.name}</bdi></Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

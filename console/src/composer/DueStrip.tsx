import { ActionIcon, Collapse, Group, Menu, Text, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCalendarTime, IconChevronDown, IconClockEdit, IconDots, IconPencil, IconSend, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { patch, post, remove } from '../api/http'
import { useMe } from '../app/me'
import { tellProblem } from '../parts/tell'
import { dateTime } from '../text/time'
import { restoreDraft } from './drafts'
import { describe } from './PendingStrip'
import { ScheduleModal } from './ScheduleModal'
import { emptyDraft, type DeskConversation, type Scheduled } from './types'
import { useDue } from './useDue'

/** What is due to leave later: changed, cancelled or sent now. */
export function DueStrip({ conversation }: { conversation: DeskConversation }) {
  const { t } = useTranslation('composer')
  const due = useDue(conversation.id)
  const [opened, setOpened] = useState(false)
  const [moved, setMoved] = useState<Scheduled | null>(null)
  const [isBusy, setBusy] = useState(false)
  const busy = useRef(false)
  const queries = useQueryClient()
  const agent = useMe().user.id
  if (due.length === 0 && !moved) return null
  const refused = due.filter((one) => one.state === 'refused').length
  const act = async (run: () => Promise<unknown>) => {
    if (busy.current) return
    busy.current = true
    setBusy(true)
    try {
      await run()
      setMoved(null)
    } catch (error) {
      tellProblem(error)
    } finally {
      busy.current = false
      setBusy(false)
      void queries.invalidateQueries({ queryKey: ['scheduled', conversation.id] })
    }
  }
  const takeBack = (one: Scheduled) => act(async () => {
    await remove(`/api/scheduled-messages/${one.id}`)
    restoreDraft(agent, conversation.id, { ...emptyDraft, reply: one.content ? '' : one.message, content: one.content })
  })
  return (
    <div className="due">
      <UnstyledButton className="due-head" onClick={() => setOpened(!opened)} aria-expanded={opened}>
        {refused > 0 ? <IconAlertTriangle size={15} color="var(--mantine-color-red-7)" aria-hidden /> : <IconCalendarTime size={15} aria-hidden />}
        <Text size="xs" fw={600}>{refused > 0 ? t('due.refused', { count: refused }) : t('due.title', { count: due.length })}</Text>
        <IconChevronDown size={14} aria-hidden className="due-chevron" />
      </UnstyledButton>
      <Collapse expanded={opened}>
        <ul className="due-list">
          {due.map((one) => (
            <li key={one.id}>
              <div className="due-words">
                <Text size="xs" fw={600}>{one.state === 'refused' ? t('due.wasRefused') : <Time at={one.due_at} />} {one.agent_id !== agent && <Text span size="xs" c="dimmed">· <bdi>{one.agent_name}</bdi></Text>}</Text>
                <Text size="sm" lineClamp={2} dir="auto">{one.message || describe(one.content, (type) => t(`kind.${type}`, { defaultValue: t('kind.other') }))}</Text>
                {one.problem && <Text size="xs" className="pending-problem">{one.problem}</Text>}
              </div>
              <Menu position="top-end">
                <Menu.Target><ActionIcon size={28} disabled={isBusy} aria-label={t('due.more')}><IconDots size={16} aria-hidden /></ActionIcon></Menu.Target>
                <Menu.Dropdown>
                  {one.state === 'waiting' && <Menu.Item leftSection={<IconSend size={15} className="mirrored" aria-hidden />} onClick={() => void act(() => post(`/api/scheduled-messages/${one.id}/send-now`))}>{t('due.now')}</Menu.Item>}
                  {one.state === 'waiting' && <Menu.Item leftSection={<IconClockEdit size={15} aria-hidden />} onClick={() => setMoved(one)}>{t('due.move')}</Menu.Item>}
                  <Menu.Item leftSection={<IconPencil size={15} aria-hidden />} onClick={() => void takeBack(one)}>{t('due.edit')}</Menu.Item>
                  <Menu.Item color="red" leftSection={<IconTrash size={15} aria-hidden />} onClick={() => void act(() => remove(`/api/scheduled-messages/${one.id}`))}>{t('due.cancel')}</Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </li>
          ))}
        </ul>
      </Collapse>
      <ScheduleModal conversation={conversation} opened={moved !== null} first={moved?.due_at} onClose={() => setMoved(null)} isBusy={isBusy} onTime={(at) => void act(() => patch(`/api/scheduled-messages/${moved!.id}`, { at }))} />
    </div>
  )
}

function Time({ at }: { at: string }) {
  const { i18n } = useTranslation()
  return <Group component="span" gap={4} display="inline-flex">{dateTime(at, i18n.language)}</Group>
}

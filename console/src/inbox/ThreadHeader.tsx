import { ActionIcon, Avatar, Menu } from '@mantine/core'
import { IconArrowLeft, IconCheck, IconDotsVertical, IconFlag2, IconLayoutSidebarRight, IconMailOpened } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { may, useMe } from '../app/me'
import { tellDone } from '../parts/tell'
import { duration } from '../text/time'
import { useActs } from './acts'
import { LabelMenu } from './LabelMenu'
import { Owner } from './Owner'
import type { Row } from './types'
import { useMinute } from './useMinute'

/** Whose conversation it is, who has it, and what can be noted about it as a whole. Taking it over, giving it away and ending it are the bar's below. */
export function ThreadHeader({ conversation, onBack, isContactOpen, onContact }: { conversation: Row; onBack?: () => void; isContactOpen: boolean; onContact: (is: boolean) => void }) {
  const { t, i18n } = useTranslation('inbox')
  const acts = useActs(conversation.id)
  const answers = may(useMe(), 'answer')
  const now = useMinute()
  const name = conversation.profile_name || conversation.phone_number || t('someone')
  const left = conversation.window_closes_at ? Date.parse(conversation.window_closes_at) - now : 0
  const unread = async () => {
    if (await acts.unread()) tellDone(t('done.unread'))
  }
  return (
    <header className="thread-head">
      {onBack && <ActionIcon size="lg" aria-label={t('back')} onClick={onBack}><IconArrowLeft size={20} className="mirrored" /></ActionIcon>}
      <Avatar name={name} color="initials" size={36} radius="xl" aria-hidden />
      <div className="thread-who">
        <h2><bdi>{name}</bdi></h2>
        <div className="row-signs">
          <Owner row={conversation} />
          {conversation.phone_number && conversation.profile_name && <span className="sign" dir="ltr">{conversation.phone_number}</span>}
          {conversation.status !== 'completed' && <span className={left > 0 && left < 4 * 3_600_000 ? 'sign soon' : 'sign'}>{left > 0 ? t('windowLeft', { time: duration(left / 1000, i18n.language) }) : t('windowClosed')}</span>}
          {conversation.inbox_name && <span className="sign"><bdi>{conversation.inbox_name}</bdi></span>}
        </div>
      </div>
      <div className="thread-acts">
        {answers && <LabelMenu conversation={conversation} acts={acts} />}
        {answers && <Menu position="bottom-end" width={250}>
          <Menu.Target><ActionIcon size="lg" aria-label={t('act.more')}><IconDotsVertical size={19} /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconMailOpened size={16} aria-hidden />} onClick={() => void unread()}>{t('act.unread')}</Menu.Item>
            <Menu.Label>{t('act.priority')}</Menu.Label>
            {[0, 1, 2, 3].map((one) => <Menu.Item key={one} leftSection={<IconFlag2 size={16} aria-hidden />} rightSection={(conversation.priority ?? 0) === one ? <IconCheck size={14} aria-hidden /> : null} onClick={() => void acts.setPriority(one)}>{t(`priority.${one}`)}</Menu.Item>)}
          </Menu.Dropdown>
        </Menu>}
        <ActionIcon size="lg" aria-label={t('act.contact')} aria-pressed={isContactOpen} variant={isContactOpen ? 'light' : 'subtle'} color={isContactOpen ? 'relais' : 'gray'} onClick={() => onContact(!isContactOpen)}><IconLayoutSidebarRight size={19} className="mirrored" /></ActionIcon>
      </div>
    </header>
  )
}

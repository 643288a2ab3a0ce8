import { ActionIcon, Menu } from '@mantine/core'
import { IconCopy, IconCornerUpLeft, IconDotsVertical, IconHelpCircle, IconLanguage, IconThumbDown, IconThumbUp } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import type { Message } from '../api/types'
import { may, useMe } from '../app/me'
import { tellDone, tellProblem } from '../parts/tell'
import { authorOf } from './payload'
import type { Translated } from './Translation'

const Verdict = lazy(() => import('./Verdict'))

export function MessageMenu({ message, onQuote, onTranslate, onWhy }: { message: Message; onQuote: (message: Message) => void; onTranslate: (translated: Translated) => void; onWhy: (message: Message) => void }) {
  const { t, i18n } = useTranslation('thread')
  const [verdict, setVerdict] = useState<'good' | 'bad' | null>(null)
  const translate = useMutation({ mutationFn: () => post<Translated>(`/api/messages/${message.id}/translate`, { to: i18n.language }, { tries: 1 }), onSuccess: onTranslate, onError: tellProblem })
  const answers = may(useMe(), 'answer')
  const kind = authorOf(message)
  const isAutomatic = kind === 'ai' || kind === 'flow' || kind === 'system'
  return (
    <>
      <Menu position="bottom-end" withinPortal width={230}>
        <Menu.Target>
          <ActionIcon size="md" aria-label={t('more')} loading={translate.isPending}><IconDotsVertical size={17} /></ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {answers && <Menu.Item leftSection={<IconCornerUpLeft size={16} className="mirrored" aria-hidden />} onClick={() => onQuote(message)}>{t('quote')}</Menu.Item>}
          {(isAutomatic || kind === 'customer') && <Menu.Item leftSection={<IconHelpCircle size={16} aria-hidden />} onClick={() => onWhy(message)}>{t(isAutomatic ? 'why.open' : 'why.ofCustomer')}</Menu.Item>}
          {answers && message.content && <Menu.Item leftSection={<IconLanguage size={16} aria-hidden />} onClick={() => translate.mutate()}>{t('translate')}</Menu.Item>}
          {message.content && <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => void navigator.clipboard.writeText(message.content).then(() => tellDone(t('copied')))}>{t('copy')}</Menu.Item>}
          {answers && kind === 'ai' && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconThumbUp size={16} aria-hidden />} onClick={() => setVerdict('good')}>{t('verdict.good')}</Menu.Item>
              <Menu.Item leftSection={<IconThumbDown size={16} aria-hidden />} onClick={() => setVerdict('bad')}>{t('verdict.bad')}</Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {verdict && <Suspense><Verdict message={message} verdict={verdict} onClose={() => setVerdict(null)} /></Suspense>}
    </>
  )
}

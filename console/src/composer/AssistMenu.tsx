import { ActionIcon, Menu } from '@mantine/core'
import { IconArrowsMinimize, IconBulb, IconLanguage, IconMoodHappy, IconSparkles } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { languageNames, languages } from '../languages'
import type { useAssist } from './useAssist'

export function AssistMenu({ assist, hasText, isNote }: { assist: ReturnType<typeof useAssist>; hasText: boolean; isNote: boolean }) {
  const { t } = useTranslation('composer')
  return (
    <Menu position="top-start" width={250}>
      <Menu.Target><ActionIcon size={32} loading={assist.busy !== null} aria-label={t('assist.title')} title={t('assist.title')}><IconSparkles size={19} aria-hidden /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        {!isNote && <Menu.Item leftSection={<IconBulb size={16} aria-hidden />} onClick={() => void assist.suggest()}>{t('assist.suggest')}</Menu.Item>}
        <Menu.Label>{t('assist.rewrite')}</Menu.Label>
        <Menu.Item disabled={!hasText} leftSection={<IconArrowsMinimize size={16} aria-hidden />} onClick={() => void assist.rewrite('shorter')}>{t('assist.shorter')}</Menu.Item>
        <Menu.Item disabled={!hasText} leftSection={<IconMoodHappy size={16} aria-hidden />} onClick={() => void assist.rewrite('friendlier')}>{t('assist.friendlier')}</Menu.Item>
        <Menu.Label>{t('assist.translate')}</Menu.Label>
        {languages.map((language) => <Menu.Item key={language} disabled={!hasText} leftSection={<IconLanguage size={16} aria-hidden />} onClick={() => void assist.translate(language)} lang={language}>{languageNames[language]}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  )
}

import { Kbd } from '@mantine/core'
import { IconMessageCircle } from '@tabler/icons-react'
import { Trans, useTranslation } from 'react-i18next'
import { Empty } from '../parts/States'

export function NothingOpen() {
  const { t } = useTranslation('inbox')
  return (
    <section className="inbox-nothing" aria-label={t('nothing.title')}>
      <Empty icon={IconMessageCircle} title={t('nothing.title')} action={<span className="dim"><Trans t={t} i18nKey="nothing.text" components={{ k: <Kbd size="xs" /> }} /></span>} />
    </section>
  )
}

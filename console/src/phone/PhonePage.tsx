import { ActionIcon, Paper, SegmentedControl, Text, Tooltip, useMantineColorScheme } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowUpRight, IconDeviceMobile } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { usePageTitle } from '../app/title'
import { Empty, Lines } from '../parts/States'
import { Desk } from './Desk'
import { useHeldPhone, useTheirConversation } from './heldPhone'
import './phone.css'

/** A customer's phone beside the desk that answers it: both sides of a conversation on one screen. The desk follows the phone. */
export default function PhonePage() {
  const { t, i18n: { language } } = useTranslation('phone')
  const { colorScheme } = useMantineColorScheme()
  const frame = useRef<HTMLIFrameElement>(null)
  const held = useHeldPhone(frame)
  const conversation = useTheirConversation(held)
  const isNarrow = useMediaQuery('(max-width: 62em)', window.innerWidth < 992) ?? false
  const [side, setSide] = useState<'phone' | 'desk'>('phone')
  const [showsContact, setShowsContact] = useState(false)
  const setTitle = usePageTitle()
  useEffect(() => setTitle(t('title')), [setTitle, t])
  // The phone reads language and colours when it is loaded; whoever held it still does.
  const look = `${language}.${colorScheme}`
  const place = useRef('')
  if (held) place.current = `#phone=${encodeURIComponent(held.phone)}`
  const id = conversation.data ?? null
  return (
    <div id="main" tabIndex={-1} className="demo" data-side={side}>
      <h1 className="visually-hidden">{t('title')}</h1>
      {isNarrow && <SegmentedControl className="demo-sides" fullWidth value={side} onChange={(value) => setSide(value as 'phone' | 'desk')} aria-label={t('side')} data={[{ value: 'phone', label: t('phone') }, { value: 'desk', label: t('desk') }]} />}
      <section className="demo-phone" aria-label={t('phone')} hidden={isNarrow && side !== 'phone'}>
        {!isNarrow && <Text size="sm" fw={600} className="demo-title"><IconDeviceMobile size={17} aria-hidden /> {t('phone')}<Text span size="xs" c="dimmed">{t('phoneAbout')}</Text></Text>}
        <div className="demo-case"><iframe key={look} ref={frame} className="demo-frame" title={t('frame')} src={`/simulator?embedded=1${place.current}`} /></div>
      </section>
      <section className="demo-desk" aria-label={t('desk')} hidden={isNarrow && side !== 'desk'}>
        {!isNarrow && (
          <Text size="sm" fw={600} className="demo-title">{t('desk')}<Text span size="xs" c="dimmed">{t('deskAbout')}</Text>
            {id && <Tooltip label={t('open')}><ActionIcon component={Link} to={`/inbox/${id}`} aria-label={t('open')} size="md" ms="auto"><IconArrowUpRight size={18} className="mirrored" /></ActionIcon></Tooltip>}
          </Text>
        )}
        <Paper withBorder radius="lg" className="demo-thread">
          {id ? <Desk key={id} id={id} isContactOpen={showsContact} onContact={setShowsContact} /> : conversation.isLoading || !held ? <Lines count={5} height={56} /> : <Empty icon={IconDeviceMobile} title={t('empty')} text={t('emptyText')} />}
        </Paper>
      </section>
    </div>
  )
}

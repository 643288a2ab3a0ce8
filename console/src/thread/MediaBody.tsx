import { ActionIcon, Button, Loader, Modal, SegmentedControl, Text } from '@mantine/core'
import { IconDownload, IconExternalLink, IconFile, IconFileTypePdf, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import type { Media, Message } from '../api/types'
import { may, useMe } from '../app/me'
import { tellProblem } from '../parts/tell'
import { WhatsAppText } from '../text/WhatsAppText'
import { mediaKind, payloadOf, text } from './payload'
import { locale } from '../text/locale'

/** A file of a message: shown as what it is, fetched from our own server only. */
export function MediaBody({ message }: { message: Message }) {
  const payload = payloadOf(message)!
  const kind = mediaKind(message)!
  const media = message.media ?? null
  const caption = text(payload.caption)
  return (
    <>
      {media ? <File media={media} kind={kind} alt={caption} /> : <Elsewhere link={text(payload.link)} kind={kind} />}
      {caption && <div className="caption"><WhatsAppText text={caption} /></div>}
    </>
  )
}

export function File({ media, kind, alt }: { media: Media; kind: string; alt: string }) {
  if (media.state !== 'stored' || !media.url) return <NotHere media={media} kind={kind} />
  switch (kind) {
    case 'image': return <Picture url={media.url} alt={alt} name={media.filename} />
    case 'sticker': return <Sticker url={media.url} />
    case 'video': return <video className="film" src={media.url} controls preload="metadata" />
    case 'audio': return <Sound url={media.url} transcript={media.transcript ?? null} />
    default: return <Document media={media} />
  }
}

/** Still at the provider, or it could not be fetched: then why, and another try. */
function NotHere({ media, kind }: { media: Media; kind: string }) {
  const { t } = useTranslation('thread')
  const answers = may(useMe(), 'answer')
  const again = useMutation({ mutationFn: () => post(`/api/media/${media.id}/retry`), onError: tellProblem })
  return (
    <div className="file">
      {media.state === 'waiting' ? <Loader size="sm" /> : <IconFile aria-hidden />}
      <div>
        <Text size="sm">{t(`kind.${kind}`, { defaultValue: kind })} · {t(`media.${media.state}`)}</Text>
        {media.problem && <Text size="xs" dir="auto">{media.problem}</Text>}
        {answers && media.state === 'failed' && <Button size="compact-xs" variant="default" mt={4} loading={again.isPending} onClick={() => again.mutate()}>{t('retry')}</Button>}
      </div>
    </div>
  )
}

/** A file that lies at a public address: a link, since this page loads nothing from other hosts. */
function Elsewhere({ link, kind }: { link: string; kind: string }) {
  const { t } = useTranslation('thread')
  const safe = /^https:\/\//i.test(link)
  return (
    <div className="file">
      <IconExternalLink aria-hidden />
      {safe ? <a href={link} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">{t(`kind.${kind}`, { defaultValue: kind })}</a> : <span>{t(`kind.${kind}`, { defaultValue: kind })}</span>}
    </div>
  )
}

const steps = [0, 1, 1.5, 2.5, 4] as const

function Picture({ url, alt, name }: { url: string; alt: string; name: string | null }) {
  const { t } = useTranslation('thread')
  const [isOpen, setOpen] = useState(false)
  const [step, setStep] = useState(0)
  const [natural, setNatural] = useState(0)
  const zoom = steps[step]!
  return (
    <>
      <button type="button" className="pic" aria-label={t('media.open')} onClick={() => { setStep(0); setOpen(true) }}><img src={url} alt={alt} loading="lazy" /></button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} size="90%" title={name ?? t('kind.image')} closeButtonProps={{ 'aria-label': t('app:close') }}>
        <div className={zoom ? 'zoom big' : 'zoom'} tabIndex={0} role="group" aria-label={t('kind.image')}>
          <img src={url} alt={alt} onLoad={(event) => setNatural(event.currentTarget.naturalWidth)} style={zoom ? { inlineSize: natural * zoom } : undefined}
            onClick={() => setStep(step ? 0 : 2)} />
        </div>
        <div className="card-head">
          <ActionIcon size="lg" aria-label={t('media.zoomOut')} disabled={step === 0} onClick={() => setStep(step - 1)}><IconZoomOut size={20} /></ActionIcon>
          <span aria-live="polite">{zoom ? `${zoom * 100} %` : t('media.fit')}</span>
          <ActionIcon size="lg" aria-label={t('media.zoomIn')} disabled={step === steps.length - 1} onClick={() => setStep(step + 1)}><IconZoomIn size={20} /></ActionIcon>
          <Button component="a" href={url} download={name ?? ''} variant="default" size="xs" ms="auto" leftSection={<IconDownload size={16} aria-hidden />}>{t('media.save')}</Button>
        </div>
      </Modal>
    </>
  )
}

function Sticker({ url }: { url: string }) {
  const { t } = useTranslation('thread')
  return <img className="sticker" src={url} alt={t('kind.sticker')} loading="lazy" width={140} height={140} />
}

function Sound({ url, transcript }: { url: string; transcript: string | null }) {
  const { t } = useTranslation('thread')
  const audio = useRef<HTMLAudioElement>(null)
  const [speed, setSpeed] = useState('1')
  return (
    <div className="sound">
      <audio ref={audio} src={url} controls preload="metadata" aria-label={t('kind.audio')} />
      <SegmentedControl size="xs" aria-label={t('media.speed')} value={speed} data={['1', '1.5', '2'].map((value) => ({ value, label: `${value}×` }))}
        onChange={(value) => { setSpeed(value); if (audio.current) audio.current.playbackRate = Number(value) }} />
      {transcript && <div className="translated"><span className="small">{t('media.transcript')}</span><WhatsAppText text={transcript} /></div>}
    </div>
  )
}

function Document({ media }: { media: Media }) {
  const { t, i18n } = useTranslation('thread')
  const Icon = media.mime_type?.startsWith('application/pdf') ? IconFileTypePdf : IconFile
  const size = media.size === null ? '' : new Intl.NumberFormat(locale(i18n.language), media.size < 1_000_000
    ? { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 } : { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 }).format(Math.max(1, media.size / (media.size < 1_000_000 ? 1000 : 1_000_000)))
  return (
    <div className="file">
      <Icon size={34} stroke={1.4} aria-hidden />
      <div style={{ flex: 1, minInlineSize: 0 }}>
        <Text size="sm" fw={600} lineClamp={2}><bdi>{media.filename ?? t('kind.document')}</bdi></Text>
        <Text size="xs" dir="ltr" ta="start">{[media.mime_type?.split(';')[0]?.split('/')[1]?.toUpperCase(), size].filter(Boolean).join(' · ')}</Text>
      </div>
      <ActionIcon component="a" href={media.url!} target="_blank" rel="noopener" size="lg" aria-label={t('media.show', { name: media.filename ?? '' })}><IconExternalLink size={18} className="mirrored" /></ActionIcon>
      <ActionIcon component="a" href={media.url!} download={media.filename ?? ''} size="lg" aria-label={t('media.saveOne', { name: media.filename ?? '' })}><IconDownload size={18} /></ActionIcon>
    </div>
  )
}

import { ActionIcon, Button, Progress, Text } from '@mantine/core'
import { IconFile, IconMovie, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Attachment } from './types'
import { dropUpload, retryUpload, type Upload } from './uploads'
import { locale } from '../text/locale'

const size = (bytes: number, language: string) => {
  const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'kilobyte'] : [bytes / 1024 / 1024, 'megabyte']
  return new Intl.NumberFormat(locale(language), { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)
}

/** Files that go with the next message; the words go under the first. */
export function FilesTray({ files, uploads, onRemove }: { files: Attachment[]; uploads: Upload[]; onRemove: (id: number) => void }) {
  const { t, i18n } = useTranslation('composer')
  if (files.length === 0 && uploads.length === 0) return null
  return (
    <ul className="tray" aria-label={t('files.title')}>
      {files.map((file) => (
        <li key={file.id} className="tray-file" data-kind={file.kind}>
          {file.kind === 'image' || file.kind === 'sticker' ? <img src={`/api/media/${file.id}`} alt="" />
            : file.kind === 'audio' ? <audio controls preload="metadata" src={`/api/media/${file.id}`} aria-label={t(file.voice ? 'voice.listen' : 'kind.audio')} />
              : file.kind === 'video' ? <IconMovie size={28} aria-hidden /> : <IconFile size={28} aria-hidden />}
          {file.kind !== 'audio' && (
            <div className="tray-words"><Text size="xs" truncate dir="auto">{file.filename ?? t(`kind.${file.kind}`)}</Text><Text size="xs" c="dimmed">{size(file.size, i18n.language)}</Text></div>
          )}
          <ActionIcon size={24} onClick={() => onRemove(file.id)} aria-label={t('files.remove', { name: file.filename ?? t(`kind.${file.kind}`) })}><IconX size={14} aria-hidden /></ActionIcon>
        </li>
      ))}
      {uploads.map((one) => (
        <li key={one.id} className="tray-file">
          <div className="tray-words">
            <Text size="xs" truncate dir="auto">{one.file.name}</Text>
            {one.problem ? <Text size="xs" className="pending-problem" role="alert">{one.problem}</Text> : <Progress value={one.share * 100} size="sm" aria-label={t('files.progress', { name: one.file.name })} />}
          </div>
          {one.problem && <Button size="compact-xs" variant="default" onClick={() => retryUpload(one)}>{t('app:retry')}</Button>}
          <ActionIcon size={24} onClick={() => dropUpload(one)} aria-label={t('files.remove', { name: one.file.name })}><IconX size={14} aria-hidden /></ActionIcon>
        </li>
      ))}
    </ul>
  )
}

import { Alert, Button, Group, Text } from '@mantine/core'
import { IconCheck, IconMicrophoneOff, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { useRecorder } from './useRecorder'

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** While a voice note is recorded, or why it cannot be. */
export function VoiceStrip({ recorder }: { recorder: ReturnType<typeof useRecorder> }) {
  const { t } = useTranslation('composer')
  if (recorder.state === 'idle') return null
  if (recorder.state === 'refused' || recorder.state === 'impossible') {
    return <Alert color="yellow" m="xs" py={6} icon={<IconMicrophoneOff aria-hidden />} withCloseButton closeButtonLabel={t('app:close')} onClose={recorder.calm}>{t(`voice.${recorder.state}`)}</Alert>
  }
  return (
    <Group className="voice" gap="xs" role="status">
      <span className="voice-dot" aria-hidden />
      <Text size="sm">{t(recorder.state === 'asking' ? 'voice.asking' : 'voice.recording')}</Text>
      <Text size="sm" ff="monospace" dir="ltr" aria-live="off">{clock(recorder.seconds)}</Text>
      {recorder.state === 'recording' && (
        <>
          <Button size="xs" leftSection={<IconCheck size={14} aria-hidden />} onClick={() => recorder.stop(true)}>{t('voice.done')}</Button>
          <Button size="xs" variant="default" leftSection={<IconTrash size={14} aria-hidden />} onClick={() => recorder.stop(false)}>{t('voice.drop')}</Button>
        </>
      )}
    </Group>
  )
}

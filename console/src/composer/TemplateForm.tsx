import { Button, FileButton, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { IconArrowLeft, IconPhoto, IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../parts/tell'
import { Bubble } from './Bubble'
import { asPicture } from './picture'
import { contentOf, fieldsOf, filledOf, fillIn, missingOf, useParts, valuesUnder, type Usable } from './templates'
import type { Content, DeskConversation } from './types'
import { upload } from './upload'

/** One template: its variables on one side, how the customer reads it on the other. */
export function TemplateForm({ conversation, template, begun, onBack, onSend }: {
  conversation: DeskConversation; template: Usable; begun: Content | null; onBack: () => void; onSend: (content: Content) => void
}) {
  const { t } = useTranslation('composer')
  const parts = useParts(conversation.inbox_id, template)
  const [filled, setFilled] = useState(() => filledOf(begun?.type === 'template' && begun.name === template.name ? begun : null))
  const [tried, setTried] = useState(false)
  const [isUploading, setUploading] = useState(false)
  const missing = missingOf(template, filled)
  const set = (name: string, value: string) => setFilled({ ...filled, values: { ...filled.values, [name]: value } })
  const label = (name: string) => name.startsWith('body.') ? t('template.variable', { name: name.slice(5) })
    : name.startsWith('header_location.') ? t(`template.place.${name.slice(16)}`)
      : name.startsWith('header.') ? t('template.header', { name: name.slice(7) })
        : t('template.button', { text: parts.data?.buttons[Number(name.slice(8, -1))]?.text ?? name })
  const problem = (name: string) => /\s{5,}|[\n\t]/.test(filled.values[name] ?? '') ? t('template.spaces') : tried && missing.includes(name) ? t('template.needed') : undefined
  const go = () => {
    setTried(true)
    if (missing.length === 0 && fieldsOf(template).every((name) => !/\s{5,}|[\n\t]/.test(filled.values[name] ?? ''))) onSend(contentOf(template, parts.data ?? null, filled))
  }
  const bring = async (file: File | null) => {
    if (!file) return
    setUploading(true)
    try {
      const media = await upload(await asPicture(file), () => undefined, new AbortController().signal)
      setFilled((now) => ({ ...now, file: media }))
    } catch (error) {
      tellProblem(error)
    } finally {
      setUploading(false)
    }
  }
  const kind = parts.data?.header?.kind
  return (
    <form onSubmit={(event) => { event.preventDefault(); go() }} noValidate>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <Stack gap="sm">
          <Text size="sm" fw={600} dir="ltr">{template.name} · {template.language}</Text>
          {fieldsOf(template).map((name, i) => name === 'header_media' ? (
            <div key={name}>
              <Text size="sm" fw={500}>{t('template.file')}</Text>
              <FileButton onChange={(file) => void bring(file)} accept={kind === 'image' ? 'image/*' : kind === 'video' ? 'video/mp4,video/3gpp' : undefined}>
                {(props) => <Button {...props} variant="default" size="xs" loading={isUploading} leftSection={<IconPhoto size={15} aria-hidden />}>{filled.file?.filename ?? t('template.chooseFile')}</Button>}
              </FileButton>
              {tried && !filled.file && <Text size="xs" className="pending-problem" role="alert">{t('template.needed')}</Text>}
            </div>
          ) : (
            <TextInput key={name} label={label(name)} required value={filled.values[name] ?? ''} onChange={(event) => set(name, event.currentTarget.value)} dir="auto" data-autofocus={i === 0 || undefined}
              placeholder={name.startsWith('body.') ? parts.data?.examples[name.slice(5)] : undefined} error={problem(name)} maxLength={1024} />
          ))}
          {template.variables.length === 0 && <Text size="sm" c="dimmed">{t('template.ready')}</Text>}
        </Stack>
        <div>
          <Text size="xs" c="dimmed" mb={4}>{t('preview')}</Text>
          <div className="phone-back">
            <Bubble header={parts.data?.header?.text ? fillIn(parts.data.header.text, valuesUnder('header.', filled.values)) : null}
              media={kind && kind !== 'text' && (filled.file?.kind === 'image' ? <img className="bubble-media" src={`/api/media/${filled.file.id}`} alt="" /> : <div className="bubble-media bubble-empty">{t(`kind.${kind}`, { defaultValue: t('kind.other') })}</div>)}
              body={fillIn(parts.data?.body ?? template.body, valuesUnder('body.', filled.values))} footer={parts.data?.footer} buttons={parts.data?.buttons} />
          </div>
        </div>
      </SimpleGrid>
      <Group justify="space-between" mt="lg">
        <Button variant="default" onClick={onBack} leftSection={<IconArrowLeft size={16} className="mirrored" aria-hidden />}>{t('template.others')}</Button>
        <Button type="submit" leftSection={<IconSend size={16} className="mirrored" aria-hidden />}>{t('template.send')}</Button>
      </Group>
    </form>
  )
}

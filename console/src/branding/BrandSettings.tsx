import { Button, ColorInput, FileButton, Group, Image, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { post, put } from '../api/http'
import { may, useMe } from '../app/me'
import { Card } from '../parts/Card'
import { FormProblem } from '../parts/EditDrawer'
import { SaveBar } from '../parts/SaveBar'
import { Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { useBrand, type Brand } from './useBrand'

export function BrandSettings() {
  return <Loaded query={useBrand()}>{(brand) => <Form brand={brand} />}</Loaded>
}

function Form({ brand }: { brand: Brand }) {
  const { t } = useTranslation('branding')
  const me = useMe()
  const mayChange = may(me, 'settings')
  const queries = useQueryClient()
  const draft = useDraft({ color: brand.color ?? '', logo: brand.logo_media_id })
  const { value, change } = draft
  const save = useMutation({
    mutationFn: () => put<Brand>('/api/tenant/branding', { color: value.color.trim() || null, logo_media_id: value.logo }),
    onSuccess: (saved) => {
      queries.setQueryData(['branding'], saved)
      draft.restart({ color: saved.color ?? '', logo: saved.logo_media_id })
      tellDone(t('parts:saved'))
    },
  })
  const upload = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData()
      form.append('file', file)
      return post<{ id: number }>('/api/media', form)
    },
    onSuccess: (media) => change({ logo: media.id }), onError: tellProblem,
  })
  return (
    <Stack>
      <FormProblem error={save.error} />
      <Card title={t('title')} about={t('about')}>
        <Group>
          {value.logo && <Image src={`/api/media/${value.logo}`} alt={t('logo')} w={64} h={64} radius="md" fit="contain" />}
          {mayChange && (
            <Stack gap={4} align="flex-start">
              <Group gap="xs">
                {may(me, 'answer') && <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => file && upload.mutate(file)}>{(props) => <Button {...props} variant="default" size="xs" loading={upload.isPending}>{t('choose')}</Button>}</FileButton>}
                {value.logo && <Button variant="subtle" size="xs" onClick={() => change({ logo: null })}>{t('none')}</Button>}
              </Group>
              <Text size="xs" c="dimmed">{t('logoAbout')}</Text>
            </Stack>
          )}
        </Group>
        <ColorInput label={t('color')} description={t('colorAbout')} dir="ltr" w={260} readOnly={!mayChange} format="hex" withEyeDropper={false} swatches={['#0f766e', '#1d4ed8', '#7e22ce', '#be123c', '#c2410c', '#15803d']} value={value.color} onChange={(color) => change({ color })} />
      </Card>
      {mayChange && <SaveBar isDirty={draft.isDirty} saving={save.isPending} onSave={() => save.mutate()} onReset={() => draft.restart({ color: brand.color ?? '', logo: brand.logo_media_id })} />}
    </Stack>
  )
}

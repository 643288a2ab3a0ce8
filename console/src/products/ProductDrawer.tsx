import { Button, FileButton, Group, NumberInput, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { patch, post, remove } from '../api/http'
import type { Product } from '../api/types'
import { may, useMe } from '../app/me'
import { ConfirmButton } from '../parts/Confirm'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { LanguageFields } from '../parts/LanguageFields'
import { tellDone, tellProblem } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { decimals, fromMinor, toMinor } from './price'
import { ProductImage } from './ProductImage'
import { textsOf } from './texts'

const written = (texts: object) => Object.fromEntries(Object.entries(texts).filter(([, text]) => typeof text === 'string' && text.trim()))

export function ProductDrawer({ product, onClose }: { product: Product | null; onClose: () => void }) {
  const { t } = useTranslation('products')
  const me = useMe()
  const mayChange = may(me, 'products')
  const queries = useQueryClient()
  const draft = useDraft({
    sku: product?.sku ?? '', title: textsOf(product?.title), description: textsOf(product?.description), currency: product?.currency ?? 'EUR', price: (product?.price_minor != null && product.currency ? fromMinor(product.price_minor, product.currency) : '') as number | string,
    stock: (product?.stock ?? '') as number | string, image_media_id: product?.image_media_id ?? null, image_url: product?.image_url ?? '', url: product?.url ?? '', enabled: product?.enabled ?? true,
  })
  const { value, change } = draft
  const done = async (words: string) => {
    tellDone(words)
    await queries.invalidateQueries({ queryKey: ['products'] })
    onClose()
  }
  const save = useMutation({
    mutationFn: () => {
      const hasPrice = value.price !== ''
      const body = {
        sku: value.sku.trim(), title: written(value.title), description: Object.keys(written(value.description)).length > 0 ? written(value.description) : null, ...(hasPrice ? { price_minor: toMinor(Number(value.price), value.currency), currency: value.currency } : {}),
        stock: value.stock === '' ? -1 : Number(value.stock), ...(value.image_media_id ? { image_media_id: value.image_media_id } : value.image_url.trim() ? { image_url: value.image_url.trim() } : {}), url: value.url.trim() || null, enabled: value.enabled,
      }
      return product ? patch(`/api/products/${product.id}`, body) : post('/api/products', body)
    },
    onSuccess: () => done(t('parts:saved')),
  })
  const upload = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData()
      form.append('file', file)
      return post<{ id: number }>('/api/media', form)
    },
    onSuccess: (media) => change({ image_media_id: media.id, image_url: '' }), onError: tellProblem,
  })
  const drop = useMutation({ mutationFn: () => remove(`/api/products/${product!.id}`), onSuccess: () => done(t('parts:deleted')), onError: tellProblem })
  const wrong = (field: string) => fieldProblem(save.error, field)
  return (
    <EditDrawer opened size="xl" title={product ? t('edit') : t('add')} isDirty={draft.isDirty && !save.isSuccess} saving={save.isPending} canSave={draft.isDirty && value.sku.trim() !== '' && Object.keys(written(value.title)).length > 0} onClose={onClose} onSave={mayChange ? () => save.mutate() : undefined}
      aside={product && mayChange && <ConfirmButton title={t('deleteTitle')} text={t('deleteText')} act={t('app:delete')} busy={drop.isPending} onConfirm={() => drop.mutate()}>{t('app:delete')}</ConfirmButton>}>
      <FormProblem error={save.error} shown={['sku', 'title', 'description', 'price_minor', 'currency', 'stock', 'url', 'image_url']} />
      <Group wrap="nowrap">
        <ProductImage mediaId={value.image_media_id} size={84} />
        {mayChange && may(me, 'answer') && (
          <Stack gap={4} align="flex-start">
            <FileButton accept="image/jpeg,image/png" onChange={(file) => file && upload.mutate(file)}>{(props) => <Button {...props} variant="default" size="xs" loading={upload.isPending}>{t('image')}</Button>}</FileButton>
            <Text size="xs" c="dimmed">{t('imageAbout')}</Text>
          </Stack>
        )}
      </Group>
      <LanguageFields label={t('name')} readOnly={!mayChange} value={value.title} maxLength={200} onChange={(title) => change({ title })} />
      {wrong('title') && <Text size="xs" c="red">{wrong('title')}</Text>}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label={t('sku')} description={t('skuAbout')} dir="ltr" readOnly={!mayChange} value={value.sku} error={wrong('sku')} onChange={(event) => change({ sku: event.currentTarget.value })} />
        <NumberInput label={t('stock')} description={t('stockAbout')} min={0} readOnly={!mayChange} value={value.stock} error={wrong('stock')} onChange={(stock) => change({ stock })} />
        <NumberInput label={t('price')} min={0} decimalScale={decimals(value.currency)} decimalSeparator="," allowedDecimalSeparators={['.', ',']} readOnly={!mayChange} value={value.price} error={wrong('price_minor')} onChange={(price) => change({ price })} />
        <TextInput label={t('currency')} dir="ltr" maxLength={3} readOnly={!mayChange} value={value.currency} error={wrong('currency')} onChange={(event) => change({ currency: event.currentTarget.value.toUpperCase() })} />
      </SimpleGrid>
      <LanguageFields label={t('description')} readOnly={!mayChange} rows={2} value={value.description} maxLength={4000} onChange={(description) => change({ description })} />
      <TextInput label={t('url')} type="url" dir="ltr" placeholder="https://" readOnly={!mayChange} value={value.url} error={wrong('url')} onChange={(event) => change({ url: event.currentTarget.value })} />
      {!value.image_media_id && <TextInput label={t('imageUrl')} type="url" dir="ltr" placeholder="https://" readOnly={!mayChange} value={value.image_url} error={wrong('image_url')} onChange={(event) => change({ image_url: event.currentTarget.value })} />}
      <Switch label={t('enabled')} description={t('enabledAbout')} disabled={!mayChange} checked={value.enabled} onChange={(event) => change({ enabled: event.currentTarget.checked })} />
    </EditDrawer>
  )
}

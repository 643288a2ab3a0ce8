import { Badge, Button, Group, Text } from '@mantine/core'
import { IconDownload, IconFileImport, IconPackage, IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Product } from '../api/types'
import { useOffer } from '../app/commands'
import { may, useMe } from '../app/me'
import { DataTable } from '../parts/DataTable'
import { matches } from '../parts/fold'
import { PageFrame } from '../parts/PageFrame'
import { SearchField } from '../parts/SearchField'
import { Empty, Loaded } from '../parts/States'
import { useAll } from '../parts/usePages'
import { money } from '../text/numbers'
import { ProductDrawer } from './ProductDrawer'
import { ProductImage } from './ProductImage'
import { textIn, textsOf } from './texts'

export default function ProductsPage() {
  const { t, i18n } = useTranslation('products')
  const mayChange = may(useMe(), 'products')
  const products = useAll<Product>(['products'], '/api/products')
  const [query, setQuery] = useState('')
  const [open, setOpen] = useState<Product | 'new' | null>(null)
  const add = mayChange && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>{t('add')}</Button>
  const actions = mayChange && (
    <Group gap="xs">
      <Button component="a" variant="default" href="/api/products/export" download leftSection={<IconDownload size={16} aria-hidden />}>{t('export')}</Button>
      <Button component={Link} variant="default" to="/imports?kind=products" leftSection={<IconFileImport size={16} aria-hidden />}>{t('importFile')}</Button>
      {add}
    </Group>
  )
  useOffer(mayChange ? [{ id: 'product-new', label: t('add'), run: () => setOpen('new') }] : [])
  return (
    <PageFrame wide title={t('title')} about={t('about')} actions={actions}>
      <Loaded query={products} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconPackage} title={t('none')} text={t('noneText')} action={add} />}>
        {(list) => {
          const shown = list.filter((product) => matches(query, product.sku, ...Object.values(textsOf(product.title)), ...Object.values(textsOf(product.description))))
          return (
            <>
              <SearchField value={query} onChange={setQuery} label={t('search')} />
              {shown.length === 0 ? <Empty icon={IconSearch} title={t('nothingFound')} /> : (
                <DataTable label={t('title')} rows={shown} onOpen={setOpen} columns={[
                  { id: 'title', label: t('name'), show: (row) => <Group gap="sm" wrap="nowrap"><ProductImage mediaId={row.image_media_id} /><span><Text span size="sm" fw={550} display="block"><bdi>{textIn(textsOf(row.title), i18n.language)}</bdi></Text><Text span size="xs" c="dimmed" dir="ltr">{row.sku}</Text></span></Group> },
                  { id: 'price', label: t('price'), width: 140, show: (row) => (row.price_minor !== null && row.currency ? <span dir="ltr">{money(row.price_minor, row.currency, i18n.language)}</span> : '—') },
                  { id: 'stock', label: t('stock'), width: 120, show: (row) => (row.stock === null ? t('notCounted') : row.stock === 0 ? <Badge variant="light" color="red" className="calm-badge">{t('soldOut')}</Badge> : row.stock) },
                  { id: 'enabled', label: t('state'), width: 140, show: (row) => <Badge variant="light" className="calm-badge" color={row.enabled ? 'relais' : 'gray'}>{t(row.enabled ? 'on' : 'off')}</Badge> },
                ]} />
              )}
            </>
          )
        }}
      </Loaded>
      {open && <ProductDrawer key={open === 'new' ? 0 : open.id} product={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </PageFrame>
  )
}

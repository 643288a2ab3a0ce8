import { Button, Checkbox, Group, Modal, SimpleGrid, Stack, Text, Textarea } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { IconPackage, IconSend } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, get, newKey, post } from '../api/http'
import type { DeskAnswer, InboxState, Product } from '../api/types'
import { matches } from '../parts/fold'
import { FormProblem } from '../parts/EditDrawer'
import { SearchField } from '../parts/SearchField'
import { Empty, Loaded } from '../parts/States'
import { useAll } from '../parts/usePages'
import { ProductImage } from '../products/ProductImage'
import { textIn, textsOf } from '../products/texts'
import { money } from '../text/numbers'
import { Bubble } from './Bubble'
import { productWords } from './productWords'
import type { DeskConversation } from './types'

/** Of one message (src/Relais/Commerce/Messages/ProductMessage.cs). */
const MOST = 30
const LONGEST_BODY = 1024

/** Products of the business for this customer: found, chosen, looked at, sent. */
export function ProductPicker({ conversation, opened, onClose }: { conversation: DeskConversation; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('composer')
  const isPhone = useMediaQuery('(max-width: 48em)') ?? false
  return (
    <Modal opened={opened} onClose={onClose} fullScreen={isPhone} size="xl" title={t('products.title')} closeButtonProps={{ 'aria-label': t('app:close') }}>
      <Picking conversation={conversation} onClose={onClose} />
    </Modal>
  )
}

function Picking({ conversation, onClose }: { conversation: DeskConversation; onClose: () => void }) {
  const { t, i18n } = useTranslation('composer')
  const queries = useQueryClient()
  const products = useAll<Product>(['products'], '/api/products')
  const inbox = useQuery({ queryKey: ['inbox', conversation.inbox_id], queryFn: () => get<InboxState & { catalog_id?: string | null }>(`/api/inboxes/${conversation.inbox_id}`) })
  const [query, setQuery] = useState('')
  const [skus, setSkus] = useState<string[]>([])
  const [body, setBody] = useState('')
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const kept = useRef<{ act: string; key: string } | null>(null)
  const language = conversation.language ?? i18n.language
  const titleOf = (product: Product) => textIn(textsOf(product.title), language)
  const priceOf = (product: Product) => (product.price_minor !== null && product.currency ? money(product.price_minor, product.currency, language) : '')
  const linked = !!inbox.data?.catalog_id
  const around = productWords(language)

  const send = async () => {
    if (sending) return
    setSending(true)
    setProblem(null)
    const asked = { skus, ...(body.trim() ? { body: body.trim() } : {}) }
    const act = JSON.stringify(asked)
    // A second try of the same act repeats it: one message, however often it is clicked.
    const key = kept.current?.act === act ? kept.current.key : newKey()
    kept.current = { act, key }
    try {
      await post<DeskAnswer>(`/api/conversations/${conversation.id}/send-products`, asked, { key })
      void queries.invalidateQueries({ queryKey: ['conversation', conversation.id] })
      onClose()
    } catch (error) {
      if (!(error instanceof ApiProblem && error.isOffline)) kept.current = null
      setProblem(error)
    } finally {
      setSending(false)
    }
  }
  return (
    <Loaded query={products} isEmpty={(all) => all.every((one) => !one.enabled)} empty={<Empty icon={IconPackage} title={t('products.none')} text={t('products.noneAbout')} />}>
      {(all) => {
        const found = all.filter((one) => one.enabled && matches(query, one.sku, ...Object.values(textsOf(one.title)), ...Object.values(textsOf(one.description))))
        const chosen = skus.flatMap((sku) => all.find((one) => one.sku === sku) ?? [])
        // One alone without a catalogue is shown as its card.
        const isCard = !linked && chosen.length === 1
        const toggle = (sku: string) => setSkus((now) => (now.includes(sku) ? now.filter((other) => other !== sku) : [...now, sku].slice(0, MOST)))
        return (
          <Stack gap="sm">
            <FormProblem error={problem} />
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
              <Stack gap="xs">
                <SearchField value={query} onChange={setQuery} label={t('products.search')} />
                <Text size="xs" c="dimmed" role="status">{t('products.chosen', { count: skus.length, most: MOST })}</Text>
                <ul className="product-rows" aria-label={t('products.title')} tabIndex={0}>
                  {found.map((one) => (
                    <li key={one.id}>
                      <Checkbox className="product-row" checked={skus.includes(one.sku)} disabled={skus.length >= MOST && !skus.includes(one.sku)} onChange={() => toggle(one.sku)}
                        label={<Group gap="sm" wrap="nowrap"><ProductImage mediaId={one.image_media_id} size={36} /><span><Text span size="sm" fw={550} display="block" dir="auto">{titleOf(one)}</Text><Text span size="xs" c="dimmed"><bdi dir="ltr">{one.sku}</bdi>{priceOf(one) && <> · <bdi>{priceOf(one)}</bdi></>}{one.stock === 0 && <> · {t('products.soldOut')}</>}</Text></span></Group>} />
                    </li>
                  ))}
                  {found.length === 0 && <li><Text size="sm" c="dimmed" p="md" ta="center">{t('products.nothing')}</Text></li>}
                </ul>
                <Textarea label={t('products.body')} description={t('products.bodyAbout')} autosize minRows={2} maxRows={5} maxLength={LONGEST_BODY} dir="auto" value={body} onChange={(event) => setBody(event.currentTarget.value)} />
              </Stack>
              <div>
                <Text size="xs" c="dimmed" mb={4}>{t('preview')}</Text>
                <div className="phone-back">
                  {chosen.length === 0 ? <Text size="sm" c="dimmed" p="md" ta="center">{t('products.choose')}</Text> : (
                    <>
                      {isCard && body && <Bubble body={body} />}
                      {isCard ? <Bubble body={[`*${titleOf(chosen[0]!)}*`, priceOf(chosen[0]!)].filter(Boolean).join('\n')} buttons={chosen[0]!.stock === 0 ? [] : [{ text: around.order }]} />
                        : <Bubble body={body || (chosen.length > 1 ? around.body : '')} footer={linked && chosen.length > 1 ? around.cart : null} list={linked ? around.items : around.list} />}
                      {!isCard && <div className="bubble-list">
                        {chosen.map((one) => <div key={one.id} className="bubble-row"><Text size="sm" dir="auto">{titleOf(one)}</Text>{priceOf(one) && <Text size="xs" c="dimmed"><bdi>{priceOf(one)}</bdi></Text>}</div>)}
                      </div>}
                    </>
                  )}
                </div>
                {inbox.data && <Text size="xs" c="dimmed" mt="xs">{t(linked ? 'products.linked' : 'products.notLinked')}</Text>}
              </div>
            </SimpleGrid>
            <Group justify="flex-end"><Button leftSection={<IconSend size={16} className="mirrored" aria-hidden />} disabled={skus.length === 0} loading={sending} onClick={() => void send()}>{t('products.send', { count: skus.length })}</Button></Group>
          </Stack>
        )
      }}
    </Loaded>
  )
}

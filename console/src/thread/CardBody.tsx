import { Spoiler } from '@mantine/core'
import { IconAddressBook, IconCategory, IconClipboardList, IconHandClick, IconList, IconMapPin, IconPackage, IconShoppingCart, IconTemplate } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../api/types'
import { WhatsAppText } from '../text/WhatsAppText'
import { File } from './MediaBody'
import { list, text, type Card, type CartItem, type Choice, type Payload, type ShownProduct } from './payload'
import { locale } from '../text/locale'

export function PlaceBody({ payload }: { payload: Payload }) {
  const { t } = useTranslation('thread')
  const { latitude, longitude } = payload
  const known = typeof latitude === 'number' && typeof longitude === 'number'
  return (
    <div className="card">
      <div className="card-head"><IconMapPin size={20} aria-hidden /><bdi>{text(payload.name) || t('kind.location')}</bdi></div>
      {text(payload.address) && <div className="small" dir="auto">{text(payload.address)}</div>}
      {known && <a dir="ltr" target="_blank" rel="noopener noreferrer" href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`}
        aria-label={t('place.open')}>{latitude.toFixed(5)}, {longitude.toFixed(5)}</a>}
    </div>
  )
}

export function CardsBody({ payload }: { payload: Payload }) {
  return (
    <div className="card">
      {list<Card>(payload.items).map((card, i) => (
        <div key={i} className={i ? 'card-row' : undefined} style={{ display: 'block' }}>
          <div className="card-head"><IconAddressBook size={20} aria-hidden /><bdi>{card.name}</bdi></div>
          {card.organisation && <div className="small"><bdi>{card.organisation}</bdi></div>}
          {list<{ phone: string }>(card.phones).map((one, j) => <div key={j}><bdi dir="ltr">{one.phone}</bdi></div>)}
          {list<string>(card.emails).map((one, j) => <div key={j}><bdi dir="ltr">{one}</bdi></div>)}
        </div>
      ))}
    </div>
  )
}

const amount = (value: number, currency: string | null | undefined, language: string) => {
  try {
    return new Intl.NumberFormat(locale(language), currency ? { style: 'currency', currency } : {}).format(value)
  } catch {
    return `${value} ${currency ?? ''}`
  }
}

export function CartBody({ payload }: { payload: Payload }) {
  const { t, i18n } = useTranslation('thread')
  const items = list<CartItem>(payload.items)
  const currencies = new Set(items.map((item) => item.currency))
  const total = items.every((item) => typeof item.price === 'number') && currencies.size === 1 ? items.reduce((sum, item) => sum + item.price! * item.quantity, 0) : null
  return (
    <div className="card">
      <div className="card-head"><IconShoppingCart size={20} aria-hidden />{t('cart.title', { count: items.length })}</div>
      {items.map((item, i) => (
        <div key={i} className="card-row"><span><span dir="ltr">{item.quantity} ×</span> <bdi>{item.product_id}</bdi></span>
          {typeof item.price === 'number' && <span>{amount(item.price * item.quantity, item.currency, i18n.language)}</span>}</div>
      ))}
      {total !== null && <div className="card-row"><b>{t('cart.total')}</b><b>{amount(total, items[0]?.currency, i18n.language)}</b></div>}
      {text(payload.note) && <WhatsAppText text={text(payload.note)} />}
    </div>
  )
}

function Options({ items, rows }: { items: Choice[]; rows?: boolean }) {
  return (
    <ul className="choices">
      {items.map((item, i) => <li key={i} className={rows ? 'row' : undefined} dir="auto">{item.title}{item.description && <small>{item.description}</small>}</li>)}
    </ul>
  )
}

/** Buttons, a list or a link, as the customer sees them. */
export function ChoicesBody({ message, payload }: { message: Message; payload: Payload }) {
  const { t } = useTranslation('thread')
  const sections = list<{ title?: string | null; rows: Choice[] }>(payload.sections)
  const header = payload.header_media as { type: string } | undefined
  return (
    <div>
      {header && message.media && <File media={message.media} kind={header.type} alt="" />}
      {text(payload.header) && <b dir="auto" style={{ display: 'block' }}>{text(payload.header)}</b>}
      <WhatsAppText text={text(payload.body) || message.content} />
      {text(payload.footer) && <div className="small" dir="auto">{text(payload.footer)}</div>}
      {list<Choice>(payload.items).length > 0 && <Options items={list<Choice>(payload.items)} />}
      {sections.length > 0 && (
        <Spoiler maxHeight={44} mt={6} showLabel={t('choices.show', { count: sections.reduce((sum, section) => sum + list<Choice>(section.rows).length, 0) })} hideLabel={t('choices.hide')}>
          <div className="card-head"><IconList size={18} aria-hidden /><bdi>{text(payload.button)}</bdi></div>
          {sections.map((section, i) => <div key={i}>{section.title && <b className="small" dir="auto">{section.title}</b>}<Options rows items={list<Choice>(section.rows)} /></div>)}
        </Spoiler>
      )}
      {payload.type === 'url_button' && <ul className="choices"><li dir="auto">{text(payload.label)}<small dir="ltr">{text(payload.url)}</small></li></ul>}
      {payload.type === 'location_request' && <ul className="choices"><li>{t('choices.place')}</li></ul>}
    </div>
  )
}

/** What a customer tapped. */
export function ChoiceReplyBody({ message, payload }: { message: Message; payload: Payload }) {
  const { t } = useTranslation('thread')
  return (
    <div>
      <div className="small card-head"><IconHandClick size={16} aria-hidden />{t(`reply.${text(payload.kind)}`, { defaultValue: t('reply.button') })}</div>
      <b dir="auto">{text(payload.title) || message.content}</b>
      {text(payload.description) && <div className="small" dir="auto">{text(payload.description)}</div>}
    </div>
  )
}

/** A form that was filled in: field by field. */
export function FormBody({ payload }: { payload: Payload }) {
  const { t } = useTranslation('thread')
  const answers = payload.answers && typeof payload.answers === 'object' ? Object.entries(payload.answers as Record<string, unknown>).filter(([name]) => name !== 'flow_token') : []
  return (
    <div className="card">
      <div className="card-head"><IconClipboardList size={20} aria-hidden />{t('kind.form')}</div>
      {answers.map(([name, value]) => <div key={name} className="card-row"><span className="small"><bdi>{name}</bdi></span><bdi>{typeof value === 'string' ? value : JSON.stringify(value)}</bdi></div>)}
    </div>
  )
}

export function ProductsBody({ message, payload }: { message: Message; payload: Payload }) {
  const { t } = useTranslation('thread')
  const one = payload.type === 'product'
  const sections = one ? [{ title: '', product_ids: [text(payload.product_id)] }] : list<{ title: string; product_ids: string[] }>(payload.sections)
  const shown = new Map((one ? (payload.shown ? [payload.shown as ShownProduct] : []) : list<ShownProduct>(payload.shown)).map((product) => [product.id, product]))
  const words = text(payload.body) || (shown.size === 0 ? message.content : '')
  return (
    <div className="card">
      <div className="card-head">{one ? <IconPackage size={20} aria-hidden /> : <IconCategory size={20} aria-hidden />}{t(`kind.${payload.type}`)}</div>
      {words && <WhatsAppText text={words} />}
      {sections.map((section, i) => (
        <div key={i}>
          {section.title && <b className="small" dir="auto">{section.title}</b>}
          {list<string>(section.product_ids).map((id) => (
            <div key={id} className="card-row"><span><span dir="auto" style={{ display: 'block' }}>{shown.get(id)?.title ?? id}</span>{shown.has(id) && <bdi className="small" dir="ltr">{id}</bdi>}</span>{shown.get(id)?.price && <bdi>{shown.get(id)!.price}</bdi>}</div>
          ))}
        </div>
      ))}
      {text(payload.footer) && <div className="small" dir="auto">{text(payload.footer)}</div>}
    </div>
  )
}

export function TemplateBody({ message, payload }: { message: Message; payload: Payload }) {
  const { t } = useTranslation('thread')
  const header = payload.header_media as { type: string } | undefined
  return (
    <div>
      <div className="small card-head"><IconTemplate size={16} aria-hidden />{t('kind.template')} · <bdi dir="ltr">{text(payload.name)}</bdi></div>
      {header && message.media && <File media={message.media} kind={header.type} alt="" />}
      <WhatsAppText text={text(payload.shown) || message.content} />
    </div>
  )
}


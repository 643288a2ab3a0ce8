import { IconArrowDownRight, IconArrowUpRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { percent } from '../text/numbers'
import { show, tone } from './figures'
import type { Card } from './metrics'

/** How a figure moved against the stretch before; an arrow and a sign as well as a colour. */
export function Change({ name, card }: { name: string; card: Card }) {
  const { t, i18n: { language } } = useTranslation('reports')
  const before = t('change.before', { value: show(name, card.previous, language) })
  if (card.change === null) {
    const isNews = card.previous !== null && card.value !== card.previous
    return <span className={isNews ? 'report-change' : 'visually-hidden'}>{card.previous === null ? t('change.unknown') : before}</span>
  }
  const Arrow = card.change > 0 ? IconArrowUpRight : IconArrowDownRight
  return (
    <span className="report-change" data-tone={tone(name, card.change)} title={before}>
      {card.change !== 0 && <Arrow size={15} aria-hidden className="mirrored" />}
      <bdi dir="ltr">{card.change > 0 ? '+' : ''}{percent(card.change, language)}</bdi>
      <span className="visually-hidden"> {before}</span>
    </span>
  )
}

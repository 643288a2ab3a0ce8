import { Text } from '@mantine/core'
import { IconMessage2, IconPackage, IconUser } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { dateTime } from '../text/time'
import { addressOf, type Hit } from './hits'
import { pieces } from './marks'

const icons = { message: IconMessage2, contact: IconUser, order: IconPackage }

/** One hit. What was found is marked by elements made from the places the server names, never by its markup. */
export const HitRow = memo(function HitRow({ hit }: { hit: Hit }) {
  const { t, i18n: { language } } = useTranslation('search')
  const Icon = icons[hit.kind] ?? IconMessage2
  return (
    <li>
      <Link to={addressOf(hit)} className="search-hit" data-kind={hit.kind}>
        <span className="search-icon" aria-hidden><Icon size={18} stroke={1.7} /></span>
        <span className="search-words">
          <span className="search-head">
            <Text span fw={600} size="sm" truncate><bdi>{hit.title || t('someone')}</bdi></Text>
            <Text span size="xs" c="dimmed">{t(`kind.${hit.kind}`)}</Text>
            {hit.at && <Text span size="xs" c="dimmed" component="time" dateTime={hit.at} className="search-at">{dateTime(hit.at, language)}</Text>}
          </span>
          {hit.snippet && (
            <Text span size="sm" className="search-snippet" dir="auto">
              {pieces(hit.snippet, hit.marks ?? []).map((piece, i) => (piece.marked ? <mark key={i}>{piece.text}</mark> : <span key={i}>{piece.text}</span>))}
            </Text>
          )}
        </span>
      </Link>
    </li>
  )
})

import { Badge, Paper, Text, Title } from '@mantine/core'
import { IconMessageCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Empty } from '../parts/States'
import { age } from '../text/time'
import type { Recent } from './board'

const authors = ['client', 'ai', 'flow', 'concierge', 'system']

/** The last messages of everybody, the newest first. */
export function Feed({ recent }: { recent: Recent[] }) {
  const { t, i18n: { language } } = useTranslation('home')
  return (
    <Paper component="section" withBorder radius="lg" className="home-card" aria-labelledby="home-feed">
      <Title order={2} size="h3" id="home-feed" className="home-card-title">{t('feed.title')}</Title>
      {recent.length === 0
        ? <Empty icon={IconMessageCircle} title={t('feed.empty')} text={t('feed.emptyText')} />
        : (
          <ul className="home-feed">
            {recent.map((one) => {
              const author = authors.includes(one.author) ? one.author : 'system'
              return (
                <li key={one.message_id ?? `${one.conversation_id}-${one.at}`}>
                  <Link to={`/inbox/${one.conversation_id}`} className="home-feed-row">
                    <span className="home-feed-head">
                      <Text span fw={600} size="sm" truncate><bdi>{one.contact_name ?? t('feed.someone')}</bdi></Text>
                      <Badge size="sm" variant="light" className="home-author" data-author={author} tt="none">{t(`author.${author}`)}</Badge>
                      <Text span size="xs" c="dimmed" component="time" dateTime={one.at} className="home-feed-at">{age(one.at, language)}</Text>
                    </span>
                    <Text span size="sm" c="dimmed" lineClamp={2} dir="auto" className="home-feed-text">{one.text || t(`type.${one.type}`, { defaultValue: t('type.other') })}</Text>
                  </Link>
                </li>
              )
            })}
          </ul>
        )}
    </Paper>
  )
}

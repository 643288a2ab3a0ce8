import { Text, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconHourglassHigh, IconMessages, IconRobot, IconSparkles, IconUsers, type IconProps } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { count, percent } from '../text/numbers'
import { duration } from '../text/time'
import type { Board } from './board'

type Tone = 'calm' | 'warm' | 'bad'
type TileProps = { to: string; icon: ComponentType<IconProps>; label: string; value: string; note: string; tone?: Tone }

/** A figure that leads to the conversations it is made of. */
function Tile({ to, icon: Icon, label, value, note, tone = 'calm' }: TileProps) {
  return (
    <UnstyledButton component={Link} to={to} className="home-tile" data-tone={tone}>
      <span className="home-tile-label"><Icon size={17} stroke={1.7} aria-hidden />{label}</span>
      <span className="home-tile-value"><bdi>{value}</bdi></span>
      <Text span size="xs" c="dimmed">{note}</Text>
    </UnstyledButton>
  )
}

/** A wait that a customer feels, and one that loses them; seconds. */
const LONG = 5 * 60
const TOO_LONG = 15 * 60

export function Tiles({ board }: { board: Board }) {
  const { t, i18n: { language } } = useTranslation('home')
  const wait = board.longest_wait_seconds
  return (
    <section className="home-tiles" aria-label={t('board')}>
      <Tile to="/inbox?view=all&waiting=true&sort=waiting" icon={IconMessages} label={t('tile.waiting')} value={count(board.waiting, language)}
        note={t(board.waiting > 0 ? 'tile.waitingNote' : 'tile.nobodyWaits')} tone={board.waiting > 0 ? 'warm' : 'calm'} />
      <Tile to="/inbox?view=all&waiting=true&sort=waiting" icon={IconHourglassHigh} label={t('tile.longest')} value={board.waiting > 0 ? duration(wait, language) : '–'}
        note={t('tile.longestNote')} tone={board.waiting === 0 || wait < LONG ? 'calm' : wait < TOO_LONG ? 'warm' : 'bad'} />
      <Tile to="/inbox?view=all" icon={IconUsers} label={t('tile.people')} value={count(board.with_people, language)} note={t('tile.openNote', { count: board.open })} />
      <Tile to="/inbox?view=bot" icon={IconRobot} label={t('tile.bot')} value={count(board.with_bot, language)} note={t('tile.botNote')} />
      <Tile to="/reports?range=today" icon={IconSparkles} label={t('tile.share')} value={board.ai_share === null ? '–' : percent(board.ai_share, language)} note={t('tile.shareNote')} />
      <Tile to="/reports/conversations?range=today&metric=messages_failed" icon={IconAlertTriangle} label={t('tile.failed')} value={count(board.sends_failed_today, language)}
        note={t('tile.failedNote')} tone={board.sends_failed_today > 0 ? 'bad' : 'calm'} />
    </section>
  )
}

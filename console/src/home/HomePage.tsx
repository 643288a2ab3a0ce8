import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMe } from '../app/me'
import { PageFrame } from '../parts/PageFrame'
import { Lines, Loaded } from '../parts/States'
import { useBoard } from './board'
import { Checklist } from './Checklist'
import { Feed } from './Feed'
import { LimitsNotice } from './LimitsNotice'
import { Numbers } from './Numbers'
import { Team } from './Team'
import { Tiles } from './Tiles'
import './home.css'

/** What is left to set up, and how the desk stands at this moment. */
export default function HomePage() {
  const { t } = useTranslation('home')
  const me = useMe()
  const board = useBoard()
  return (
    <PageFrame title={t('title')} about={t('about', { name: me.tenant?.name ?? 'Relais' })} wide>
      <LimitsNotice />
      <Checklist hasMessages={board.data ? board.data.recent.length > 0 : undefined} isConnected={board.data?.inboxes.some((inbox) => inbox.status === 'connected')} />
      <Loaded query={board} loading={<Lines count={4} height={96} />}>
        {(data) => (
          <>
            <Tiles board={data} />
            <div className="home-columns">
              <Feed recent={data.recent} />
              <Stack gap="md" miw={0}>
                <Numbers inboxes={data.inboxes} />
                <Team agents={data.agents} />
              </Stack>
            </div>
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}

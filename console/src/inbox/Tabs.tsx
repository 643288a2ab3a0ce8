import { useTranslation } from 'react-i18next'
import { count } from '../text/numbers'
import { tabs, type Filter } from './filter'
import { useCounts } from './useCounts'

/** Mine, of nobody, the machines', all: how many in each, and a dot where something unread waits. */
export function Tabs({ filter, onFilter }: { filter: Filter; onFilter: (filter: Filter) => void }) {
  const { t, i18n } = useTranslation('inbox')
  const { data } = useCounts(filter)
  const unread = { mine: data?.mine_unread ?? 0, unassigned: data?.unassigned_unread ?? 0, bot: 0, all: 0 }
  return (
    <div className="tabs" role="group" aria-label={t('tabs')}>
      {tabs.map((tab) => (
        <button key={tab} type="button" className="tab" aria-pressed={filter.view === tab} data-tab={tab} onClick={() => onFilter({ ...filter, view: tab, status: undefined })}>
          <span>{t(`tab.${tab}`)}</span>
          {data && <span className="tab-count">{count(data[tab], i18n.language)}</span>}
          {unread[tab] > 0 && <span className="tab-dot" role="img" aria-label={t('unread', { count: unread[tab] })} />}
        </button>
      ))}
    </div>
  )
}

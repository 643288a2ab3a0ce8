import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Change } from './Change'
import { show, unitOf, type Metric } from './figures'
import { behind, type Filters } from './filters'
import type { Metrics } from './metrics'
import { Spark } from './Spark'

const headlines: Metric[] = ['messages_received', 'ai_share', 'response_rate', 'first_response_time', 'resolution_rate', 'error_rate']

/** The six figures one looks at first; each leads to its conversations. */
export function Cards({ data, filters }: { data: Metrics; filters: Filters }) {
  const { t, i18n: { language } } = useTranslation('reports')
  return (
    <div className="report-cards">
      {headlines.map((name) => {
        const card = data.cards[name]
        return card && (
          <UnstyledButton key={name} component={Link} to={behind(filters, { metric: name })} className="report-card" data-metric={name}>
            <span className="report-card-label">{t(`metric.${name}`)}</span>
            <span className="report-card-line">
              <span className="report-card-value"><bdi>{show(name, card.value, language)}</bdi></span>
              <Change name={name} card={card} />
            </span>
            <Spark points={(data.series[name] ?? []).map((point) => point.value)} isCount={unitOf(name) === 'count'} />
          </UnstyledButton>
        )
      })}
    </div>
  )
}

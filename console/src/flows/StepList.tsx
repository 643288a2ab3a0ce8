import { Badge, Text, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleX, IconSearch } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty } from '../parts/States'
import { useBuilder } from './builder'
import { iconOf } from './canvas/look'
import type { Marks } from './canvas/marks'
import { outletName, problemText, typeName } from './canvas/names'
import { nameOf, stateOf, typeOf } from './model/definition'
import { kindOf } from './model/kinds'
import { tidied } from './model/tidy'
import { shownOutlets } from './model/outlets'
import { summaryOf } from './model/texts'

/** The steps one under the other, in the order a run comes to them: the canvas for phones, keyboards and screen readers. */
export function StepList({ marks }: { marks: Marks }) {
  const { t } = useTranslation('flows')
  const { definition, problems, open, select } = useBuilder()
  const ids = useMemo(() => [...tidied(definition).keys()], [definition])
  const shown = marks.found ? ids.filter((id) => marks.found!.has(id)) : ids
  if (shown.length === 0) return <Empty icon={IconSearch} title={t('nothing')} />
  return (
    <ol className="flow-list" aria-label={t('list.steps')}>
      {shown.map((id) => {
        const state = stateOf(definition, id)!
        const name = nameOf(state)
        const { family } = kindOf(typeOf(state))
        const Icon = iconOf(typeOf(state))
        const own = problems.filter((one) => one.step === name)
        const figure = marks.figures.get(name)
        return (
          <li key={id} data-family={family} data-current={marks.current === name || undefined} data-path={marks.path.has(name) || undefined}>
            <UnstyledButton className="flow-list-row" aria-current={open === id ? 'true' : undefined} onClick={() => select([id])}>
              <span className="flow-step-icon"><Icon size={17} aria-hidden /></span>
              <span className="flow-list-words">
                <span><bdi className="flow-step-name">{name || '—'}</bdi> <span className="flow-step-type">{typeName(t, state)}</span></span>
                {summaryOf(state) && <span className="flow-step-text" dir="auto">{summaryOf(state)}</span>}
                <span className="flow-list-ways">{shownOutlets(state).filter((one) => one.next).map((outlet) => <span key={outlet.key}><bdi>{outletName(t, outlet, state)}</bdi> <span aria-hidden className="mirrored flow-arrow">→</span> <bdi>{outlet.next}</bdi></span>)}</span>
                {own.length > 0 && <Text span size="xs" className={own.some((one) => one.blocks) ? 'flow-bad' : 'flow-warn'}>{own.some((one) => one.blocks) ? <IconCircleX size={14} aria-hidden /> : <IconAlertTriangle size={14} aria-hidden />} {problemText(t, own[0]!)}</Text>}
              </span>
              {figure && <Badge variant="light" color="gray" className="calm-badge">{figure.entered}</Badge>}
              {marks.path.has(name) && <span className="flow-step-place">{marks.path.get(name)}</span>}
            </UnstyledButton>
          </li>
        )
      })}
    </ol>
  )
}

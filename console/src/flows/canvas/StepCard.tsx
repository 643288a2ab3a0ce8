import { Handle, Position, useUpdateNodeInternals, type NodeProps } from '@xyflow/react'
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react'
import { memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { count } from '../../text/numbers'
import { nameOf, objects, relaisOf, typeOf } from '../model/definition'
import { kindOf } from '../model/kinds'
import { shownOutlets } from '../model/outlets'
import { summaryOf } from '../model/texts'
import type { StepNode } from './graph'
import { iconOf } from './look'
import { outletName, problemText, typeName } from './names'

/** One step on the canvas: what it is, what it says, its ways out side by side. */
export const StepCard = memo(function StepCard({ id, data, selected }: NodeProps<StepNode>) {
  const { t, i18n } = useTranslation('flows')
  const { language } = i18n
  const { state, problems, figure, places, isCurrent, isFaded } = data
  const { family } = kindOf(typeOf(state))
  const Icon = iconOf(typeOf(state))
  const outlets = shownOutlets(state)
  const keys = outlets.map((one) => one.key).join()
  const update = useUpdateNodeInternals()
  const measured = useRef(keys)
  useEffect(() => {
    if (measured.current === keys) return
    measured.current = keys
    update(id)
  }, [update, id, keys])
  const blocks = problems.some((one) => one.blocks)
  const summary = summaryOf(state)
  const choices = objects(relaisOf(state).choices)
  return (
    <div className="flow-step" data-family={family} data-selected={selected || undefined} data-path={places ? true : undefined} data-current={isCurrent || undefined} data-faded={isFaded || undefined}>
      {family !== 'start' && <Handle type="target" position={Position.Top} className="flow-in" />}
      <div className="flow-step-head">
        <span className="flow-step-icon"><Icon size={16} aria-hidden /></span>
        <span className="flow-step-names"><bdi className="flow-step-name">{nameOf(state) || '—'}</bdi><span className="flow-step-type">{typeName(t, state)}</span></span>
        {places && <span className="flow-step-place" title={t('path.place')}>{places}</span>}
        {problems.length > 0 && (blocks ? <IconCircleX size={18} className="flow-bad" aria-label={problemText(t, problems[0]!)} /> : <IconAlertTriangle size={18} className="flow-warn" aria-label={problemText(t, problems[0]!)} />)}
      </div>
      {summary && <p className="flow-step-text" dir="auto">{summary}</p>}
      {choices.length > 0 && <div className="flow-step-choices">{choices.slice(0, 3).map((one, i) => <bdi key={i}>{String(one.title ?? '')}</bdi>)}{choices.length > 3 && <span>+{choices.length - 3}</span>}</div>}
      {figure && (
        <div className="flow-step-figures" dir={i18n.dir()}>
          <span>{t('figures.entered', { count: figure.entered, n: count(figure.entered, language) })}</span>
          {figure.stopped > 0 && <span className="flow-stopped">{t('figures.stopped', { n: count(figure.stopped, language), share: Math.round((100 * figure.stopped) / Math.max(1, figure.entered)) })}</span>}
        </div>
      )}
      <div className="flow-outlets">
        {outlets.map((outlet) => {
          // The second match of a split is counted as match#2, by its place in the definition.
          const left = figure?.left[outlet.event === 'match' ? outlet.key.replace(':', '#').replace(/#1$/, '') : outlet.event]
          return (
            <span key={outlet.key} className="flow-outlet" data-match={outlet.event === 'match' || undefined} data-open={outlet.next === null || undefined}>
              <bdi>{outletName(t, outlet, state)}</bdi>{left !== undefined && <b>{count(left, language)}</b>}
              <Handle id={outlet.key} type="source" position={Position.Bottom} className="flow-out" />
            </span>
          )
        })}
      </div>
    </div>
  )
})

import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useBuilder } from '../builder'
import { outletName } from '../canvas/names'
import { nameOf } from '../model/definition'
import { withNext } from '../model/edit'
import type { Outlet } from '../model/outlets'
import type { Step } from './useStep'

/** Where an outlet leads. */
export function NextSelect({ step, outlet }: { step: Step; outlet: Outlet }) {
  const { t } = useTranslation('flows')
  const { definition, edit } = useBuilder()
  const names = [...new Set(definition.states.filter((state) => state.type !== 'trigger').map(nameOf))].filter((name) => name !== '')
  const label = outlet.event === 'match' ? t('next.then') : outletName(t, outlet, step.state)
  return (
    <Select label={label} searchable clearable limit={100} value={outlet.next} readOnly={step.readOnly} placeholder={t('next.ends')} nothingFoundMessage={t('nothing')} data={outlet.next && !names.includes(outlet.next) ? [outlet.next, ...names] : names}
      error={outlet.next && !names.includes(outlet.next) ? t('next.missing') : undefined} clearButtonProps={{ 'aria-label': t('next.clear', { name: label }) }} onChange={(next) => edit((now) => withNext(now, step.id, outlet.key, next))} />
  )
}

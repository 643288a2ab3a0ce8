import type { TFunction } from 'i18next'
import { asText, typeOf, type Condition, type Obj } from '../model/definition'
import type { FlowProblem, FlowReport } from '../types'
import { kindOf, takesValue } from '../model/kinds'
import type { Outlet } from '../model/outlets'

type Words = TFunction<'flows'>

/** What a kind of step is called; one we have no word for by Studio's own. */
export function typeName(t: Words, state: Obj | string): string {
  const type = typeof state === 'string' ? state : typeOf(state)
  return t(`type.${type}`, { defaultValue: kindOf(type).family === 'voice' ? `${t('family.voice')} · ${type}` : type || t('family.other') })
}

export const conditionName = (t: Words, condition: Condition): string => {
  const type = asText(condition.type)
  const word = t(`condition.${type}`, { defaultValue: type })
  return takesValue(type) ? `${word} « ${asText(condition.value)} »` : word
}

/** What is written at an outlet: the condition's own name or value, or the event in words. */
export function outletName(t: Words, outlet: Outlet, state?: Obj): string {
  const first = outlet.conditions[0]
  if (outlet.event === 'incomingMessage' && state && kindOf(typeOf(state)).family === 'start') return t('event.message')
  if (outlet.event !== 'match' || !first) return t(`event.${outlet.event}`, { defaultValue: outlet.event || '—' })
  return asText(first.value) || asText(first.friendly_name) || t(`condition.${asText(first.type)}`, { defaultValue: asText(first.type) })
}

/** What is wrong, in the reader's language where we have words for it. */
export const problemText = (t: Words, problem: FlowProblem): string => t(`problem.${problem.code}`, { defaultValue: problem.message })

/** Why a step does not run as it stands. */
export function noteText(t: Words, widget: FlowReport['widgets'][number]): string | null {
  const { family } = kindOf(widget.type)
  const own = widget.verdict === 'unknown' ? 'unknown' : widget.verdict === 'cannot_run' ? family === 'voice' && family : widget.verdict === 'mapped' && (family === 'person' || family === 'agent') && family
  return own ? t(`note.${own}`) : widget.note
}

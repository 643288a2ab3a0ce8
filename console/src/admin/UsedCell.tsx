import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { count } from '../text/numbers'
import type { Used } from './types'

const colours = { ok: undefined, near: 'orange', reached: 'red' } as const

/** 812 / 1,000; coloured when little is left. */
export function UsedCell({ of, show }: { of: Used; show?: (value: number) => string }) {
  const { t, i18n } = useTranslation('admin')
  const word = show ?? ((value: number) => count(value, i18n.language))
  return (
    <Text span size="sm" c={colours[of.stage]} fw={of.stage === 'ok' ? undefined : 600} title={of.stage === 'ok' ? undefined : t(`stage.${of.stage}`)}>
      <bdi>{word(of.used)}{of.limit !== null && ` / ${word(of.limit)}`}</bdi>
    </Text>
  )
}

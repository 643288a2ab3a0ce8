import { ActionIcon, type ActionIconProps } from '@mantine/core'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'

/** A small button of the bar that opens a menu. */
export function BarButton({ label, children, ref, ...rest }: { label: string; children: ReactNode; ref?: Ref<HTMLButtonElement> } & ActionIconProps & ButtonHTMLAttributes<HTMLButtonElement>) {
  return <ActionIcon ref={ref} size={30} aria-label={label} title={label} {...rest}>{children}</ActionIcon>
}

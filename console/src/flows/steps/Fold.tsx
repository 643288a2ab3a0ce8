import { Collapse, Stack, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'

/** Fields that are seldom needed. */
export function Fold({ label, isOpen = false, children }: { label: string; isOpen?: boolean; children: ReactNode }) {
  const [opened, { toggle }] = useDisclosure(isOpen)
  return (
    <div className="flow-fold">
      <UnstyledButton onClick={toggle} aria-expanded={opened} className="flow-fold-head"><IconChevronRight size={16} className={opened ? 'flow-turned' : 'mirrored'} aria-hidden />{label}</UnstyledButton>
      <Collapse expanded={opened}><Stack gap="sm" pt="xs">{children}</Stack></Collapse>
    </div>
  )
}

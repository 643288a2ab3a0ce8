import { Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'

export type Section = { id: string; label: string; content: () => ReactNode; badge?: ReactNode }

/** Parts of one page behind tabs that the address names (`?tab=`), so that a link leads to each. */
export function Sections({ sections, label }: { sections: Section[]; label: string }) {
  const [params, setParams] = useSearchParams()
  const asked = params.get('tab')
  const current = sections.find((section) => section.id === asked) ?? sections[0]!
  return (
    <Tabs value={current.id} onChange={(id) => setParams(id && id !== sections[0]!.id ? { tab: id } : {})} keepMounted={false}>
      <Tabs.List aria-label={label} className="section-tabs" mb="md">
        {sections.map((section) => <Tabs.Tab key={section.id} value={section.id} rightSection={section.badge}>{section.label}</Tabs.Tab>)}
      </Tabs.List>
      {sections.map((section) => <Tabs.Panel key={section.id} value={section.id}>{section.id === current.id && section.content()}</Tabs.Panel>)}
    </Tabs>
  )
}

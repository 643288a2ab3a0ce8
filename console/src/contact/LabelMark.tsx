import { Badge } from '@mantine/core'
import type { Label } from './types'

/** A label: its colour as a dot, its name in the page's own ink, so that any colour can be read. */
export function LabelMark({ label }: { label: Label | undefined }) {
  if (!label) return null
  return <Badge variant="default" size="sm" tt="none" leftSection={<span className="label-dot" style={{ background: label.color }} aria-hidden />}><bdi>{label.name}</bdi></Badge>
}

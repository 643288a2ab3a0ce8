import { BaseEdge, getSmoothStepPath, useInternalNode, type EdgeProps } from '@xyflow/react'
import { around } from './around'

/** The way from an outlet to a step. One that leads back up goes around both steps: behind them it would seem to come out of another outlet. */
export function WayEdge({ source, target, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, style, interactionWidth }: EdgeProps) {
  const from = useInternalNode(source)
  const to = useInternalNode(target)
  const sides = [from, to].flatMap((node) => (node ? [{ left: node.internals.positionAbsolute.x, right: node.internals.positionAbsolute.x + (node.measured.width ?? node.width ?? 0) }] : []))
  const path = targetY < sourceY + 20 && sides.length === 2
    ? around({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, sides)
    : getSmoothStepPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, borderRadius: 16, offset: 22 })[0]
  return <BaseEdge path={path} style={style} interactionWidth={interactionWidth} />
}

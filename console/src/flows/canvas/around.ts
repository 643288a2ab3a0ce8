import type { Point } from '../model/definition'

const offset = 24
const radius = 14

/** A line of straight pieces with round corners. */
export function rounded(points: Point[]): string {
  const towards = (from: Point, to: Point) => {
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
    const by = Math.min(radius, length / 2)
    return { x: from.x + ((to.x - from.x) / length) * by, y: from.y + ((to.y - from.y) / length) * by }
  }
  return points.map((point, i) => {
    const before = points[i - 1], after = points[i + 1]
    if (!before) return `M${point.x},${point.y}`
    if (!after) return `L${point.x},${point.y}`
    const start = towards(point, before), end = towards(point, after)
    return `L${start.x},${start.y} Q${point.x},${point.y} ${end.x},${end.y}`
  }).join(' ')
}

/** From an outlet down, beside the steps up, and into the target from above; on the side that is nearer to the outlet. */
export function around(from: Point, to: Point, steps: { left: number; right: number }[]): string {
  const left = Math.min(...steps.map((one) => one.left)) - offset, right = Math.max(...steps.map((one) => one.right)) + offset
  const x = Math.abs(from.x - left) + Math.abs(to.x - left) < Math.abs(from.x - right) + Math.abs(to.x - right) ? left : right
  return rounded([from, { x: from.x, y: from.y + offset }, { x, y: from.y + offset }, { x, y: to.y - offset }, { x: to.x, y: to.y - offset }, to])
}

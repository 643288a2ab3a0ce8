const WIDTH = 120
const HEIGHT = 28

/** The course of a figure at a glance; the charts below say it in full. */
export function Spark({ points, isCount }: { points: (number | null)[]; /** Counts are drawn from zero, rates and times between their least and most. */ isCount: boolean }) {
  const known = points.map((value, i) => ({ i, value })).filter((point): point is { i: number; value: number } => point.value !== null)
  if (known.length < 2) return <span className="report-spark" />
  const values = known.map((point) => point.value)
  const [least, most] = [isCount ? 0 : Math.min(...values), Math.max(...values)]
  const part = (value: number) => (most > least ? (value - least) / (most - least) : 0.5)
  const line = known.map(({ i, value }) => `${((i / (points.length - 1)) * WIDTH).toFixed(1)},${(HEIGHT - 2 - part(value) * (HEIGHT - 4)).toFixed(1)}`).join(' ')
  return (
    <svg className="report-spark mirrored" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      <polyline points={line} fill="none" stroke="currentColor" strokeWidth={1.6} strokeLinejoin="round" vectorEffect="non-scaling-stroke" />
    </svg>
  )
}

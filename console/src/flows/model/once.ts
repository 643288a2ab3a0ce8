/** Computed once an object: definitions and states are never changed in place, only replaced. */
export function once<K extends object, V>(compute: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, { value: V }>()
  return (of) => {
    let entry = known.get(of)
    if (!entry) known.set(of, (entry = { value: compute(of) }))
    return entry.value
  }
}

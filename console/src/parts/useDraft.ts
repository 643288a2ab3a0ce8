import { useState } from 'react'

/** What somebody edits, beside what it was. `isDirty` compares them as JSON. */
export function useDraft<T extends object>(start: T) {
  const [initial, setInitial] = useState(start)
  const [value, setValue] = useState(start)
  return {
    value,
    isDirty: JSON.stringify(value) !== JSON.stringify(initial),
    change: (part: Partial<T>) => setValue((old) => ({ ...old, ...part })),
    /** Takes something else, or what was saved, as the start. */
    restart: (next: T) => {
      setInitial(next)
      setValue(next)
    },
  }
}

export type Draft<T extends object> = ReturnType<typeof useDraft<T>>

import { TextInput } from '@mantine/core'

/** A time of day, `HH:mm`, on the browser's own clock field. */
export function TimeField({ label, value, onChange, error, readOnly, hideLabel }: { label: string; value: string; onChange: (value: string) => void; error?: string; readOnly?: boolean; hideLabel?: boolean }) {
  return <TextInput type="time" dir="ltr" label={hideLabel ? undefined : label} aria-label={hideLabel ? label : undefined} value={value} error={error} readOnly={readOnly} onChange={(event) => onChange(event.currentTarget.value)} />
}

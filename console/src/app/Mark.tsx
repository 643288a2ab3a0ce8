import { Group, Text } from '@mantine/core'

export function Mark({ size = 28, bare }: { size?: number; bare?: boolean }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <img src="/icon.svg" width={size} height={size} alt={bare ? 'Relais' : ''} />
      {!bare && <Text fw={700} fz={size * 0.62}>Relais</Text>}
    </Group>
  )
}

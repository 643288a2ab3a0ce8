import { Group, Image, Text } from '@mantine/core'
import { Mark } from '../app/Mark'
import { useMe } from '../app/me'
import { useBrand } from './useBrand'

/** The business's own logo and colour over its desk; Relais's where it has none. */
export function TenantMark() {
  const me = useMe()
  const brand = useBrand(!!me.tenant).data
  return (
    <>
      {brand?.color && <div aria-hidden style={{ blockSize: 3, background: brand.color, borderRadius: 2, marginBlockEnd: 10 }} />}
      {brand?.logo_media_id
        ? <Group gap="xs" wrap="nowrap"><Image src={`/api/media/${brand.logo_media_id}`} alt="" w={28} h={28} radius="sm" fit="contain" /><Text fw={700} truncate><bdi>{me.tenant?.name}</bdi></Text></Group>
        : <Mark size={28} />}
    </>
  )
}

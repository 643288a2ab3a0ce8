import { Image, ThemeIcon } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'

/** A product's own picture. One of another host is not loaded: nothing of a page comes from elsewhere. */
export function ProductImage({ mediaId, size = 44 }: { mediaId: number | null; size?: number }) {
  return mediaId ? <Image src={`/api/media/${mediaId}`} alt="" w={size} h={size} radius="md" fit="cover" loading="lazy" /> : <ThemeIcon size={size} radius="md" variant="light" color="gray"><IconPhoto size={size / 2} aria-hidden /></ThemeIcon>
}

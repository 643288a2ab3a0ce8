/** WhatsApp takes JPEG and PNG of 5 MB. */
const MOST = 5 * 1024 * 1024

/** Longer sides show no more on a phone. */
const LONGEST_SIDE = 4096

const taken = ['image/jpeg', 'image/png']

/** A picture as WhatsApp takes it: others become PNG, large ones JPEG. What the browser cannot read stays as it is and goes as a document. */
export async function asPicture(file: File): Promise<File> {
  if (!file.type.startsWith('image/') || file.type === 'image/svg+xml' || (taken.includes(file.type) && file.size <= MOST)) return file
  try {
    const bitmap = await createImageBitmap(file)
    const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height))
    const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale))
    const pen = canvas.getContext('2d')!
    const isLarge = file.size > MOST
    if (isLarge) {
      pen.fillStyle = '#fff'
      pen.fillRect(0, 0, canvas.width, canvas.height)
    }
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    bitmap.close()
    const type = isLarge ? 'image/jpeg' : 'image/png'
    let blob = await canvas.convertToBlob({ type, quality: 0.88 })
    if (blob.size > MOST) blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.75 })
    return new File([blob], file.name.replace(/\.\w+$/, '') + (blob.type === 'image/jpeg' ? '.jpg' : '.png'), { type: blob.type })
  } catch {
    return file
  }
}

/**
 * Opus packets out of the WebM a browser records, into the OGG that WhatsApp plays as a voice note: no sound is encoded anew.
 * RFC 8794 (EBML), RFC 3533 (Ogg), RFC 7845 (Opus in Ogg).
 */

const masters = new Set([0x18538067 /* Segment */, 0x1654ae6b /* Tracks */, 0xae /* TrackEntry */, 0x1f43b675 /* Cluster */, 0xa0 /* BlockGroup */])
const CODEC_PRIVATE = 0x63a2
const SIMPLE_BLOCK = 0xa3
const BLOCK = 0xa1

/** A variable-length integer of EBML: its value (with its marker for ids) and its length. All ones in a size: not known. */
function vint(bytes: Uint8Array, at: number, keepsMarker: boolean): [value: number, length: number, isUnknown: boolean] {
  const first = bytes[at] ?? 0
  const length = Math.clz32(first) - 23
  if (first === 0 || length > 8 || at + length > bytes.length) throw new Error('Not WebM.')
  let value = keepsMarker ? first : first & (0xff >> length)
  let ones = value === 0xff >> length
  for (let i = 1; i < length; i++) {
    value = value * 256 + bytes[at + i]!
    ones &&= bytes[at + i] === 0xff
  }
  return [value, length, ones]
}

/** The one track's packets in their order, with the head that its codec wants. */
export function opusOf(webm: Uint8Array): { head: Uint8Array | null; packets: Uint8Array[] } {
  const packets: Uint8Array[] = []
  let head: Uint8Array | null = null
  for (let at = 0; at < webm.length;) {
    const [id, idLength] = vint(webm, at, true)
    const [size, sizeLength, isUnknown] = vint(webm, at + idLength, false)
    const start = at + idLength + sizeLength
    if (masters.has(id)) {
      // What is inside follows at once; a size, known or not, is not needed.
      at = start
      continue
    }
    if (isUnknown) throw new Error('Not WebM.')
    const end = Math.min(start + size, webm.length)
    if (id === CODEC_PRIVATE) head = webm.slice(start, end)
    else if (id === SIMPLE_BLOCK || id === BLOCK) {
      // Behind the number of the track: two bytes of time, one of flags.
      const packet = webm.slice(start + vint(webm, start, false)[1] + 3, end)
      if (packet.length > 0 && start + size <= webm.length) packets.push(packet)
    }
    at = end
  }
  return { head, packets }
}

/** How long a packet sounds, in samples of 48 kHz (RFC 6716, 3.1). */
export function samplesOf(packet: Uint8Array): number {
  const config = packet[0]! >> 3
  const frame = config < 12 ? [480, 960, 1920, 2880][config & 3]! : config < 16 ? [480, 960][config & 1]! : [120, 240, 480, 960][config & 3]!
  const code = packet[0]! & 3
  return frame * (code === 0 ? 1 : code < 3 ? 2 : (packet[1] ?? 1) & 63)
}

const crcTable = Uint32Array.from({ length: 256 }, (_, i) => {
  let value = i << 24
  for (let bit = 0; bit < 8; bit++) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1
  return value >>> 0
})

function crc(bytes: Uint8Array): number {
  let value = 0
  for (const byte of bytes) value = ((value << 8) ^ crcTable[((value >>> 24) ^ byte) & 0xff]!) >>> 0
  return value
}

const BEGIN = 2
const END = 4

function page(packets: Uint8Array[], flags: number, granule: number, serial: number, number: number): Uint8Array {
  const lacing = packets.flatMap((packet) => [...Array<number>(Math.floor(packet.length / 255)).fill(255), packet.length % 255])
  const bytes = new Uint8Array(27 + lacing.length + packets.reduce((sum, packet) => sum + packet.length, 0))
  const view = new DataView(bytes.buffer)
  bytes.set([0x4f, 0x67, 0x67, 0x53, 0, flags])
  view.setBigUint64(6, BigInt(granule), true)
  view.setUint32(14, serial, true)
  view.setUint32(18, number, true)
  bytes[26] = lacing.length
  bytes.set(lacing, 27)
  let at = 27 + lacing.length
  for (const packet of packets) {
    bytes.set(packet, at)
    at += packet.length
  }
  view.setUint32(22, crc(bytes), true)
  return bytes
}

const ascii = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))
const plainHead = Uint8Array.from([...ascii('OpusHead'), 1, 1, 0x38, 0x01, 0x80, 0xbb, 0, 0, 0, 0, 0])
const tags = Uint8Array.from([...ascii('OpusTags'), 6, 0, 0, 0, ...ascii('relais'), 0, 0, 0, 0])

/** A second's worth on a page, as players expect. */
const PACKETS_PER_PAGE = 50

/** @throws When there is no Opus in it. */
export function oggOf(webm: Uint8Array, serial: number): Uint8Array {
  const { head, packets } = opusOf(webm)
  if (packets.length === 0) throw new Error('Nothing was recorded.')
  const pages = [page([head ?? plainHead], BEGIN, 0, serial, 0), page([tags], 0, 0, serial, 1)]
  let granule = 0
  for (let from = 0; from < packets.length;) {
    let segments = 0
    let to = from
    while (to < packets.length && to - from < PACKETS_PER_PAGE && segments + Math.floor(packets[to]!.length / 255) + 1 <= 255) {
      segments += Math.floor(packets[to]!.length / 255) + 1
      granule += samplesOf(packets[to]!)
      to++
    }
    pages.push(page(packets.slice(from, to), to === packets.length ? END : 0, granule, serial, pages.length))
    from = to
  }
  const all = new Uint8Array(pages.reduce((sum, one) => sum + one.length, 0))
  let at = 0
  for (const one of pages) {
    all.set(one, at)
    at += one.length
  }
  return all
}

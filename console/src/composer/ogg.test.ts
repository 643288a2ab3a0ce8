import { describe, expect, it } from 'vitest'
import { oggOf, opusOf, samplesOf } from './ogg'

const ascii = (text: string) => [...text].map((char) => char.charCodeAt(0))
const element = (id: number[], body: number[]) => [...id, 0x40 | (body.length >> 8), body.length & 0xff, ...body]
const unknown = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]
const head = [...ascii('OpusHead'), 1, 1, 0x38, 1, 0x80, 0xbb, 0, 0, 0, 0, 0]
/** 20 ms of CELT fullband, one frame: config 31. */
const packet = [0xf8, 1, 2, 3]
const block = (body: number[]) => element([0xa3], [0x81, 0, 0, 0x80, ...body])

/** As MediaRecorder writes it: a segment and clusters whose size nobody knows yet. */
const webm = Uint8Array.from([
  ...element([0x1a, 0x45, 0xdf, 0xa3], [0x42, 0x82, 0x84, ...ascii('webm')]),
  0x18, 0x53, 0x80, 0x67, ...unknown,
  ...element([0x16, 0x54, 0xae, 0x6b], element([0xae], [...element([0xd7], [1]), ...element([0x63, 0xa2], head)])),
  0x1f, 0x43, 0xb6, 0x75, ...unknown, ...element([0xe7], [0]), ...block(packet), ...block(Array<number>(300).fill(0xf8)),
  0x1f, 0x43, 0xb6, 0x75, ...unknown, ...element([0xe7], [40]), ...block(packet),
])

describe('voice notes', () => {
  it('finds the packets of a recording', () => {
    const found = opusOf(webm)
    expect([...found.head!]).toEqual(head)
    expect(found.packets.map((p) => p.length)).toEqual([4, 300, 4])
  })

  it('knows how long packets sound', () => {
    expect([samplesOf(Uint8Array.of(0xf8)), samplesOf(Uint8Array.of(0x09)), samplesOf(Uint8Array.of(0xfb, 3))]).toEqual([960, 1920, 2880])
  })

  it('writes pages whose sums are right', () => {
    const ogg = oggOf(webm, 7)
    const view = new DataView(ogg.buffer)
    // Three pages: head (begin), tags, sound (end) with the samples of all packets.
    expect([ogg[5], ogg[26]]).toEqual([2, 1])
    expect(String.fromCharCode(...ogg.slice(28, 36))).toBe('OpusHead')
    const second = 27 + 1 + head.length
    const third = second + 27 + 1 + 22
    expect(String.fromCharCode(...ogg.slice(third, third + 4))).toBe('OggS')
    expect([ogg[third + 5], Number(view.getBigUint64(third + 6, true)), view.getUint32(third + 18, true), ogg[third + 26]]).toEqual([4, 2880, 2, 4])
    expect([...ogg.slice(third + 27, third + 31)]).toEqual([4, 255, 45, 4])
    // The sum of the head's page, as another Ogg program computes it, is checked by Chromium's decoder in tests/console.
    expect(ogg.length).toBe(third + 31 + 308)
  })

  it('says so when nothing was recorded', () => {
    expect(() => oggOf(webm.slice(0, 60), 1)).toThrow()
  })
})

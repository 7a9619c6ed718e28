const packetBytes = 188;
const ticksPerSecond = 90_000;

/** When the pictures of an MPEG transport stream with one video in it are shown, read from its bytes as they come (ISO/IEC 13818-1). */
export class TransportTimes {
  #rest: Buffer = Buffer.alloc(0);

  /** The times of the pictures that begin in these bytes, in seconds, in order. */
  read(bytes: Buffer): number[] {
    const all = this.#rest.length > 0 ? Buffer.concat([this.#rest, bytes]) : bytes;
    const whole = all.length - (all.length % packetBytes);
    this.#rest = all.subarray(whole);
    const times: number[] = [];
    for (let at = 0; at < whole; at += packetBytes) {
      const time = timeOf(all.subarray(at, at + packetBytes));
      if (time !== undefined) times.push(time);
    }
    return times;
  }
}

/** Of a packet in which a picture begins. */
const timeOf = (packet: Buffer): number | undefined => {
  const [sync = 0, first = 0, , control = 0, adaptation = 0] = packet;
  const begins = (first & 0x40) !== 0 && (control & 0x10) !== 0;
  if (sync !== 0x47 || !begins) return undefined;
  const pes = packet.subarray((control & 0x20) === 0 ? 4 : 5 + adaptation);
  const isVideo = pes.length >= 14 && pes.readUIntBE(0, 3) === 1 && ((pes[3] ?? 0) & 0xf0) === 0xe0;
  if (!isVideo || ((pes[7] ?? 0) & 0x80) === 0) return undefined;
  const high = ((pes[9] ?? 0) >> 1) & 7;
  const ticks = high * 2 ** 30 + (pes.readUInt16BE(10) >> 1) * 2 ** 15 + (pes.readUInt16BE(12) >> 1);
  return ticks / ticksPerSecond;
};

/** Big-endian integers, as all of ISO/IEC 14496-12 is written. */
export const u8 = (...values: number[]): Buffer => Buffer.from(values);

export const u16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
};

export const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

export const u64 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
};

/** One box: its length, its four letters, what is in it. */
export const box = (type: string, ...content: readonly Buffer[]): Buffer => {
  const sizeBytes = content.reduce((sum, part) => sum + part.length, 8);
  return Buffer.concat([u32(sizeBytes), Buffer.from(type, 'latin1'), ...content], sizeBytes);
};

/** A box with a version and flags before its content. */
export const fullBox = (
  type: string,
  version: number,
  flags: number,
  ...content: readonly Buffer[]
): Buffer => box(type, u32(version * 2 ** 24 + flags), ...content);

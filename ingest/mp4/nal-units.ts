const startCode = Buffer.from([0, 0, 1]);

/** The units of data with start codes (ITU-T H.264 and H.265, annex B), without them. Shares the data's memory. */
export const unitsOf = (data: Buffer): Buffer[] => {
  const units: Buffer[] = [];
  let at = data.indexOf(startCode);
  while (at >= 0) {
    const begin = at + startCode.length;
    at = data.indexOf(startCode, begin);
    // A unit ends with a one bit: zeros after it belong to the next start code.
    let end = at < 0 ? data.length : at;
    while (end > begin && data[end - 1] === 0) end--;
    if (end > begin) units.push(data.subarray(begin, end));
  }
  return units;
};

/** What a unit says, without the bytes that keep a start code from appearing in it (7.4.1 of both standards). */
export const toPayload = (unit: Buffer): Buffer => {
  const bytes: number[] = [];
  let zeros = 0;
  for (const byte of unit) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    bytes.push(byte);
  }
  return Buffer.from(bytes);
};

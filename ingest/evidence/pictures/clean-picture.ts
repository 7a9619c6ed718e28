import { evidenceError } from '../errors.ts';
import { sharp } from '../sharp.ts';

/** Pixels of what is sent, and the longest side of what is kept. */
const maxPixels = 50_000_000;
const maxSide = 1600;
const jpegQuality = 80;
const maxSeconds = 20;

/** The kinds whose decoders are part of every browser and of libvips without any of its wider loaders (SVG, PDF, …). */
const kinds: readonly [string, (bytes: Buffer) => boolean][] = [
  ['jpeg', (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))],
  ['png', (bytes) => bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))],
  [
    'webp',
    (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
  ],
];

export interface CleanPicture {
  jpeg: Buffer;
  width: number;
  height: number;
}

/**
 * Decodes a picture that somebody sent and writes it anew, upright: no EXIF, no place, nothing behind its end. The bytes
 * decide what it is, whatever it is called. Throws `picture-unreadable`.
 */
export const cleanPicture = async (bytes: Buffer): Promise<CleanPicture> => {
  const kind = kinds.find(([, isKind]) => isKind(bytes))?.[0];
  if (kind === undefined) throw unreadable('it is neither JPEG nor PNG nor WebP');
  try {
    const source = sharp(bytes, {
      limitInputPixels: maxPixels,
      failOn: 'error',
      pages: 1,
      sequentialRead: true,
    });
    const { format } = await source.metadata();
    if (format !== kind) throw unreadable('it is not what it begins as');
    const { data, info } = await source
      .timeout({ seconds: maxSeconds })
      .autoOrient()
      .resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .jpeg({ quality: jpegQuality })
      .toBuffer({ resolveWithObject: true });
    return { jpeg: data, width: info.width, height: info.height };
  } catch (cause) {
    throw unreadable('it is damaged, or larger than 50 million pixels', cause);
  }
};

const unreadable = (why: string, cause?: unknown) =>
  evidenceError('picture-unreadable', `the picture cannot be read: ${why}; send a JPEG, PNG or WebP`, {
    cause,
  });

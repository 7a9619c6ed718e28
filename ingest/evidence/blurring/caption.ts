import { sharp } from '../sharp.ts';

/** Pixels of red, green, blue and how much of them is seen, row by row. */
export interface Drawing {
  pixels: Uint8Array;
  width: number;
  height: number;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What was written for a picture of this width: white on a dark edge, to be read on snow as on asphalt. */
export const captionSvg = (text: string, width: number): { svg: Buffer; height: number } => {
  // A line of so many signs fits, those of Chinese being as wide as they are high.
  const units = [...text].reduce((sum, sign) => sum + ((sign.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.62), 1);
  const size = Math.max(7, Math.min(width / 48, (width * 0.96) / units));
  const height = 2 * Math.ceil(size * 0.9);
  const shown = text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);
  const style = `font-family="WenQuanYi Micro Hei, Noto Sans CJK SC, sans-serif" font-size="${size.toFixed(1)}"`;
  const ink = `fill="#ffffff" stroke="#000000" stroke-width="${(size / 5).toFixed(1)}" paint-order="stroke"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><text x="${(size / 2).toFixed(1)}" y="${(size * 1.2).toFixed(1)}" ${style} ${ink}>${shown}</text></svg>`;
  return { svg: Buffer.from(svg), height };
};

/** Draws captions, each text once in a row. */
export class Captions {
  readonly #width: number;
  #last: { text: string; drawing: Drawing } | undefined;

  constructor(width: number) {
    this.#width = width;
  }

  async draw(text: string): Promise<Drawing> {
    if (this.#last?.text === text) return this.#last.drawing;
    const { svg } = captionSvg(text, this.#width);
    const { data, info } = await sharp(svg).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const drawing = { pixels: data, width: info.width, height: info.height };
    this.#last = { text, drawing };
    return drawing;
  }
}

import { expect, test } from 'vitest';
import { Captions, captionSvg } from './caption.ts';

test('what is written is text, whatever a place is called', () => {
  const svg = String(captionSvg('<image href="file:///etc/passwd"/> & "村"', 640).svg);

  expect(svg).toContain('&lt;image href=&quot;file:///etc/passwd&quot;/&gt; &amp; &quot;村&quot;');
  expect(svg.match(/<[a-z]+/g)).toEqual(['<svg', '<text']);
});

test('a line is as large as its picture allows, and long ones shrink to fit', async () => {
  const short = await new Captions(1280).draw('村口');
  const long = await new Captions(320).draw(
    '邓家铺村 431103110201 · 2026-11-28 20:15:03 GMT+8 · 01KB5J5YYB4AJ8M5Z5V8Q0W1E2',
  );

  expect([short.width, long.width]).toEqual([1280, 320]);
  const columnIsDrawn = (x: number): boolean =>
    Array.from({ length: long.height }, (_, y) => long.pixels[(y * 320 + x) * 4 + 3] ?? 0).some(
      (seen) => seen > 0,
    );
  expect(columnIsDrawn(319)).toBe(false);
  expect(Array.from({ length: 320 }, (_, x) => columnIsDrawn(x)).filter(Boolean).length).toBeGreaterThan(200);
});

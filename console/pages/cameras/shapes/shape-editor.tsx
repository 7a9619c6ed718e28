import { useEffect, useRef, useState } from 'preact/hooks';
import { camerasById } from '../../../http/site.ts';
import { LiveSlot } from '../../../parts/live-slot.tsx';
import { word } from '../words.ts';
import { type Drawing, startDrawing } from './drawing.ts';
import { drawingKey } from './drawing-keys.ts';
import { DrawingSurface } from './drawing-surface.tsx';
import { DrawingTools } from './drawing-tools.tsx';
import type { Shape } from './shape.ts';
import { ShapeList } from './shape-list.tsx';

export interface ShapeEditorProps {
  cameraId: string;
  shapes: readonly Shape[];
  mayChange: boolean;
  onChange(shapes: readonly Shape[]): void;
}

const plain = { boxes: false, tails: false, zones: false } as const;

/** A camera's picture with its zones, lines and masks over it, to be drawn and moved. */
export const ShapeEditor = ({ cameraId, shapes, mayChange, onChange }: ShapeEditorProps) => {
  const [drawing, setDrawing] = useState<Drawing>(() => startDrawing(shapes));
  const latest = useRef(drawing);
  const surface = useRef<HTMLDivElement>(null);
  const put = (next: Drawing): void => {
    const isOther = next.shapes !== latest.current.shapes;
    latest.current = next;
    setDrawing(next);
    if (isOther) onChange(next.shapes);
  };
  useEffect(() => {
    if (drawing.pending) surface.current?.querySelector('svg')?.focus();
  }, [drawing.pending?.kind]);
  const status = camerasById.value.get(cameraId)?.status;
  const ratio = (status?.width ?? 16) / (status?.height ?? 9);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = mayChange ? drawingKey(latest.current, event) : undefined;
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    put(next);
  };
  return (
    <div class="shape-editor">
      {mayChange && <DrawingTools drawing={drawing} onChange={put} />}
      <div
        class="shape-picture"
        ref={surface}
        style={{ aspectRatio: String(ratio), maxWidth: `calc(58vh * ${ratio})` }}
      >
        <LiveSlot cameraId={cameraId} choice={plain} />
        <DrawingSurface
          drawing={drawing}
          ratio={ratio}
          mayChange={mayChange}
          onChange={put}
          onKeyDown={onKeyDown}
        />
      </div>
      {mayChange && <p class="muted">{word(drawing.pending ? 'drawing' : 'keys')}</p>}
      <ShapeList drawing={drawing} mayChange={mayChange} onChange={put} />
    </div>
  );
};

import { useRef } from 'preact/hooks';
import { word } from '../words/words.ts';
import { Button } from './button.tsx';

export interface FileFieldProps {
  label: string;
  /** As the browser wants it: `.csv,.yaml`. */
  accept: string;
  file: File | undefined;
  onChange(file: File | undefined): void;
}

/** A file of this machine; the browser's own field speaks the browser's language. */
export const FileField = ({ label, accept, file, onChange }: FileFieldProps) => {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div class="field">
      <span class="field-label">{label}</span>
      <div class="row">
        <Button onClick={() => input.current?.click()}>{word('chooseFile')}</Button>
        <span class={file ? '' : 'muted'}>{file?.name ?? word('noFile')}</span>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        onChange={({ currentTarget }) => onChange(currentTarget.files?.[0])}
      />
    </div>
  );
};

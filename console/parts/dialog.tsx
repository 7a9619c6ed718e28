import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { word } from '../words/words.ts';
import { IconButton } from './button.tsx';

export interface DialogProps {
  title: string;
  onClose(): void;
  children: ComponentChildren;
  isWide?: boolean;
  /** It stays until what it asks for is done. */
  mustStay?: boolean;
}

/** Where somebody begins to type; the way out is a key away. */
const firstField = '.dialog-body :is(input, select, textarea, button):not(:disabled)';

/** A window over the page while it is there: the browser holds the focus in it, and Escape closes it. */
export const Dialog = ({ title, onClose, children, isWide = false, mustStay = false }: DialogProps) => {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    if (element && !element.open) element.showModal();
    element?.querySelector<HTMLElement>(firstField)?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={isWide ? 'dialog wide' : 'dialog'}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        if (!mustStay) onClose();
      }}
    >
      <header class="dialog-head">
        <h2>{title}</h2>
        {!mustStay && <IconButton icon="close" label={word('close')} onClick={onClose} />}
      </header>
      <div class="dialog-body">{children}</div>
    </dialog>
  );
};

import { type ComponentChildren, useEffect, useId, useRef } from '../preact.ts';
import { useAction } from './action.tsx';

/** A dialog before the page; Escape closes it, and the focus goes back to where it was. */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose(): void;
  children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const focused = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (focused instanceof HTMLElement) focused.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}

/** Asks before something that can't be undone. */
export function Question({
  title,
  text,
  yes,
  act,
  onClose,
}: {
  title: string;
  text: string;
  /** The words of the button that does it. */
  yes: string;
  act(): Promise<void>;
  onClose(): void;
}) {
  const { run, isBusy, error } = useAction();
  const confirm = () =>
    run(async () => {
      await act();
      onClose();
      return undefined;
    });
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      {error !== undefined && (
        <p class="bad said" role="alert">
          {error}
        </p>
      )}
      <div class="buttons">
        <button type="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" class="danger" disabled={isBusy} onClick={() => void confirm()}>
          {yes}
        </button>
      </div>
    </Dialog>
  );
}

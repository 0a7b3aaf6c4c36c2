import { useEffect, useRef } from '../preact.ts';
import { type KeyAction, keyReader } from '../state/keys.ts';

/** Reads the keys of the whole page. */
export function useKeys(act: (action: KeyAction) => boolean): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const read = keyReader();
    const onKey = (event: KeyboardEvent) => {
      // A dialog has the keys for itself; Escape closes it by the browser.
      if (document.querySelector('dialog[open]')) return;
      const focused = document.activeElement;
      const action = read({
        key: event.key,
        isModified: event.ctrlKey || event.altKey || event.metaKey,
        isTyping: focused?.matches('input:not([type=checkbox], [type=radio]), textarea, select') === true,
        isOnControl: focused?.matches('a, button, summary, input, select, textarea') === true,
        at: event.timeStamp,
      });
      if (action && latest.current(action)) event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

import { useConsole } from '../app/context.ts';
import { messageOf } from '../app/use-answer.ts';
import { type ComponentChildren, useState } from '../preact.ts';

/** Something that is under way, and how it ended. */
export function useAction() {
  const { announce } = useConsole();
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [done, setDone] = useState<string>();

  /** Runs it, and tells its end; `act` returns the words for that. */
  async function run(act: () => Promise<string | undefined>): Promise<void> {
    setIsBusy(true);
    setError(undefined);
    setDone(undefined);
    try {
      const words = await act();
      setDone(words);
      if (words !== undefined) announce(words);
    } catch (failure) {
      setError(messageOf(failure));
    }
    setIsBusy(false);
  }

  return { run, isBusy, error, done };
}

/** A button that changes something in the loop; its outcome stands beside it. */
export function ActionButton({
  act,
  kind,
  children,
  disabled = false,
}: {
  act(): Promise<string | undefined>;
  kind?: 'primary' | 'danger' | 'plain';
  children: ComponentChildren;
  disabled?: boolean;
}) {
  const { run, isBusy, error, done } = useAction();
  return (
    <>
      <button type="button" class={kind} disabled={disabled || isBusy} onClick={() => void run(act)}>
        {children}
      </button>
      {done !== undefined && <span class="good said">{done}</span>}
      {error !== undefined && (
        <span class="bad said" role="alert">
          {error}
        </span>
      )}
    </>
  );
}

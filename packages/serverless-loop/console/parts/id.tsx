import { useConsole } from '../app/context.ts';
import { shortId, shownInRow } from '../state/words.ts';

/** An id by its beginning; a click copies it whole. */
export function Id({ id }: { id: string }) {
  const { announce } = useConsole();
  const short = shortId(id);
  const copy = () => {
    void navigator.clipboard.writeText(id).then(
      () => announce('Copied.'),
      () => announce('The browser let nothing be copied.'),
    );
  };
  return (
    <button
      type="button"
      class="id"
      title={`${shownInRow(id)}: a click copies it`}
      aria-label={`Copy ${shownInRow(id)}`}
      onClick={copy}
    >
      {shownInRow(short)}
    </button>
  );
}

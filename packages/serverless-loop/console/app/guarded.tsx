import { Empty } from '../parts/notice.tsx';
import { type ComponentChildren, useErrorBoundary } from '../preact.ts';

/** Keeps the rest of the page where a view can't be drawn, and says why. */
export function Guarded({ children }: { children: ComponentChildren }) {
  const [error] = useErrorBoundary((failure) => reportError(failure));
  if (error === undefined) return <>{children}</>;
  return (
    <Empty title="This view could not be drawn">
      <p class="bad said">{error instanceof Error ? error.message : String(error)}</p>
      <button type="button" onClick={() => location.reload()}>
        Load the page anew
      </button>
    </Empty>
  );
}

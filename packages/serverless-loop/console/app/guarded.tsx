import { Empty } from '../parts/notice.tsx';
import { type ComponentChildren, useEffect, useErrorBoundary, useRef } from '../preact.ts';

/** Keeps the rest of the page where a view can't be drawn, and says why. */
export function Guarded({ place, children }: { place: string; children: ComponentChildren }) {
  const [error, forget] = useErrorBoundary((failure) => reportError(failure));
  // At another address there may be nothing that can't be drawn.
  const failedAt = useRef(place);
  useEffect(() => {
    if (failedAt.current === place) return;
    failedAt.current = place;
    if (error !== undefined) forget();
  }, [place, error, forget]);
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

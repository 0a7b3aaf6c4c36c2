import type { Bar, Waterfall as Drawn } from '../../state/waterfall.ts';
import { duration } from '../../state/words.ts';

/** So many bars are drawn; a trace of more is a loop of its own. */
const MAX_BARS = 500;

export function Waterfall({
  of: { bars, durationMs },
  nameOf,
  chosen,
  onChosen,
}: {
  of: Drawn;
  nameOf(name: string): string;
  chosen: string | undefined;
  onChosen(id: string | undefined): void;
}) {
  return (
    <>
      <ul class="waterfall" aria-label="Spans of the trace">
        {bars.slice(0, MAX_BARS).map((bar) => (
          <li key={bar.id}>
            <button
              type="button"
              class="span-row"
              aria-pressed={bar.id === chosen}
              onClick={() => onChosen(bar.id === chosen ? undefined : bar.id)}
            >
              <span class="span-name" style={{ paddingLeft: `${Math.min(bar.depth, 12) * 12}px` }}>
                {bar.state !== 'ok' && (
                  <span class="bad" aria-hidden="true">
                    ✕{' '}
                  </span>
                )}
                {nameOf(bar.name.replace(/^## /, ''))}
              </span>
              <span class="span-track">
                <span
                  class={`span-bar ${bar.state === 'ok' ? '' : 'failed'}`}
                  style={placeOf(bar, durationMs)}
                />
              </span>
              <span class="number quiet small">
                {bar.state !== 'ok' && <span class="bad">{bar.state} </span>}
                {bar.isGoingOn ? 'goes on' : duration(bar.durationMs)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {bars.length > MAX_BARS && (
        <p class="quiet small">{bars.length - MAX_BARS} more spans are not drawn.</p>
      )}
    </>
  );
}

function placeOf({ offsetMs, durationMs }: Bar, wholeMs: number) {
  const share = (ms: number) => (wholeMs === 0 ? 0 : (ms / wholeMs) * 100);
  return { left: `${Math.min(share(offsetMs), 99.5)}%`, width: `max(2px, ${share(durationMs)}%)` };
}

import { useRefusedCalls } from '../parts/refused-calls.tsx';
import { VIEWS } from '../state/address.ts';
import { useConsole } from './context.ts';
import { VIEW_PARTS } from './view-parts.ts';

/** The views, and the loop that they are of. */
export function Rail({ onHelp }: { onHelp(): void }) {
  const { stack, address, connection } = useConsole();
  const refused = useRefusedCalls().length;
  return (
    <header class="rail">
      <div class="stack-name">
        <strong title={stack?.stackName}>{stack?.stackName ?? 'Loop'}</strong>
        <span class="quiet small">{stack?.region}</span>
      </div>
      <nav class="views" aria-label="Views">
        <ul>
          {VIEWS.map((view) => (
            <li key={view}>
              <a href={`#/${view}`} aria-current={view === address.view ? 'page' : undefined}>
                {VIEW_PARTS[view].name}
                {view === 'system' && refused > 0 && (
                  <span class="badge bad">
                    {refused} <span class="word">refused</span>
                  </span>
                )}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="rail-end">
        <ConnectionWord state={connection} />
        <button type="button" onClick={onHelp} aria-label="Keys">
          ?
        </button>
      </div>
    </header>
  );
}

function ConnectionWord({ state }: { state: ReturnType<typeof useConsole>['connection'] }) {
  const [meaning, sign, word] =
    state === 'open'
      ? ['good', '●', 'live']
      : state === 'lost'
        ? ['bad', '✕', 'lost, trying again']
        : ['quiet', '·', 'connecting'];
  return (
    <span class={`${meaning} small`} role="status">
      {sign} <span class="word">{word}</span>
    </span>
  );
}

import { Dialog } from '../parts/dialog.tsx';
import { VIEW_KEYS } from '../state/keys.ts';
import { VIEW_PARTS } from './view-parts.ts';

const KEYS: readonly (readonly [keys: readonly string[], words: string])[] = [
  [['/'], 'filter'],
  [['j', 'k'], 'next and previous row, as the arrows'],
  [['Enter'], 'open'],
  [['Esc'], 'leave a field, close'],
  [['?'], 'these keys'],
];

export function Help({ onClose }: { onClose(): void }) {
  const all = [
    ...KEYS,
    ...Object.entries(VIEW_KEYS).map(([key, view]) => [['g', key], VIEW_PARTS[view].name] as const),
  ];
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl class="keys">
        {all.map(([keys, words]) => (
          <>
            <dt>
              {keys.map((key) => (
                <>
                  <kbd key={key}>{key}</kbd>{' '}
                </>
              ))}
            </dt>
            <dd>{words}</dd>
          </>
        ))}
      </dl>
      <p class="quiet small">
        Views: g, then the letter. A filter takes text, field:text, "two words" and -not.
      </p>
      <div class="buttons">
        <button type="button" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}

import { useConsole } from '../app/context.ts';
import { printableJson } from '../../src/printable.ts';
import { shownText } from '../state/words.ts';

/** Text of unknown origin, or a value as JSON: always as text, its length bounded. */
export function Code({ value, label }: { value: unknown; label: string }) {
  const { announce } = useConsole();
  const whole = typeof value === 'string' ? value : jsonText(value);
  const { text, leftOut } = shownText(whole);
  const copy = () => void navigator.clipboard.writeText(whole).then(() => announce('Copied.'), () => {});
  return (
    <figure class="code-box">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <pre class="code" tabIndex={0} role="region" aria-label={label} dir="ltr">
        {text}
      </pre>
      <figcaption class="small quiet">
        {leftOut > 0 && `${leftOut.toLocaleString()} more characters are not shown. `}
        <button type="button" class="plain" aria-label={`Copy ${label}`} onClick={copy}>
          Copy
        </button>
      </figcaption>
    </figure>
  );
}

export function jsonText(value: unknown): string {
  return printableJson(JSON.stringify(value, undefined, 2) ?? '');
}

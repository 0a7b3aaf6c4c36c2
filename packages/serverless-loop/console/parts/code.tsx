import { printableJson } from '../../src/printable.ts';
import { useConsole } from '../app/context.ts';
import { shownText } from '../state/words.ts';

/** Text of unknown origin, or a value as JSON: always as text, its length bounded. */
export function Code({ value, label }: { value: unknown; label: string }) {
  const { announce } = useConsole();
  const whole = typeof value === 'string' ? value : jsonText(value);
  const { text, leftOut } = shownText(whole);
  const copy = () =>
    void navigator.clipboard.writeText(whole).then(
      () => announce('Copied.'),
      () => {},
    );
  return (
    <figure class="code-box">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section class="code" tabIndex={0} aria-label={`${label} as text`} dir="ltr">
        <pre>{text}</pre>
      </section>
      <figcaption class="small quiet">
        {leftOut > 0 && (
          <span class="left-out">{leftOut.toLocaleString()} more characters are not shown. </span>
        )}
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

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contrast, PALETTES } from '../../../console/state/palette.ts';

test('black on white has the most contrast that there is, and grey 4.48 (WCAG 2.2, its own example is #777)', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21);
  expect(contrast('#ffffff', '#777777')).toBeCloseTo(4.48, 2);
});

describe.each(Object.entries(PALETTES))('in the %s', (_name, palette) => {
  const backgrounds = [palette.background, palette.raised];
  const { text, quiet, accent, good, warning, bad, control } = palette;

  test.each(Object.entries({ text, quiet, accent, good, warning, bad }))(
    '%s can be read on each background (1.4.3, AA)',
    (_colour, value) => {
      for (const background of backgrounds) expect(contrast(value, background)).toBeGreaterThanOrEqual(4.5);
    },
  );

  test('the edge of a control can be told from each background (1.4.11)', () => {
    for (const background of backgrounds) expect(contrast(control, background)).toBeGreaterThanOrEqual(3);
  });
});

test.each(['light', 'dark'] as const)('the style sheet has the colours of the %s palette', (name) => {
  const css = readFileSync(new URL('../../../console/style/tokens.css', import.meta.url), 'utf8');
  const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');
  const declared = [...(name === 'light' ? light : dark).matchAll(/--(\w+): (#[0-9a-f]{6});/g)];
  expect(Object.fromEntries(declared.map(([, colour, value]) => [colour, value]))).toEqual(PALETTES[name]);
});

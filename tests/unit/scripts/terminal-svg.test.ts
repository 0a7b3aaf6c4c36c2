import { expect, test } from 'vitest';
import { terminalSvg } from '../../../scripts/record/terminal-svg.ts';

const draw = (output: string, columns = 40) => terminalSvg({ title: 'run', output, columns });

test('each line of the terminal is a line of text, colours become fills', () => {
  const svg = draw('plain\n\u001b[32mgood\u001b[39m \u001b[1mbold\u001b[22m');
  expect(svg).toContain('<tspan>plain</tspan>');
  expect(svg).toContain('<tspan fill="#7ee787">good</tspan>');
  expect(svg).toContain('<tspan font-weight="bold">bold</tspan>');
});

test('what would be markup is shown as text', () => {
  expect(draw('<script>&')).toContain('&lt;script&gt;&amp;');
});

test('a long line is cut at the terminal width', () => {
  expect(draw('x'.repeat(50), 10)).toContain(`<tspan>${'x'.repeat(9)}…</tspan>`);
});

/** Terminal colours as they look on a dark ground. */
const FOREGROUND: Record<string, string> = {
  '31': '#ff7b72',
  '32': '#7ee787',
  '33': '#e3b341',
  '34': '#79c0ff',
  '35': '#d2a8ff',
  '36': '#76e3ea',
};

/** A picture is as wide as GitHub shows a README, so that its letters are as large as they can be. */
const FONT_SIZE = 16;
const LINE_HEIGHT = 23;
const CHARACTER_WIDTH = 9.64;
const PADDING = 20;
const TITLE_HEIGHT = 40;

export interface TerminalPicture {
  title: string;
  output: string;
  columns: number;
  /** The time at which each line of the output appears, in milliseconds from the beginning; without it all are there at once. */
  appearMs?: readonly number[];
}

/**
 * Draws what a terminal showed, colours and all, as an SVG with selectable text. Long lines are cut at `columns`. One that
 * is animated ends with all that was shown, and begins with it where motion is unwanted or can't be shown.
 */
export function terminalSvg({ title, output, columns, appearMs }: TerminalPicture): string {
  const lines = output.trimEnd().split('\n');
  const width = Math.ceil(columns * CHARACTER_WIDTH + 2 * PADDING);
  const height = TITLE_HEIGHT + lines.length * LINE_HEIGHT + PADDING;
  const rows = lines.map((line, index) => {
    const y = TITLE_HEIGHT + (index + 1) * LINE_HEIGHT - 6;
    const delay = appearMs?.[index];
    const animated = delay === undefined ? '' : ` class="row" style="animation-delay:${delay}ms"`;
    return `<text x="${PADDING}" y="${y}" xml:space="preserve"${animated}>${spans(line, columns)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT_SIZE}" fill="#e6edf3" role="img">
<title>${escapeXml(title)}, in a terminal</title>
${appearMs === undefined ? '' : APPEARING}<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10" fill="#0d1117" stroke="#3d444d"/>
<circle cx="22" cy="20" r="6" fill="#ff5f56"/><circle cx="42" cy="20" r="6" fill="#ffbd2e"/><circle cx="62" cy="20" r="6" fill="#27c93f"/>
<text x="${width / 2}" y="25" text-anchor="middle" fill="#9198a1" font-size="14">${escapeXml(title)}</text>
${rows.join('\n')}
</svg>
`;
}

/** The rows are visible but for the time before they appear, so that who knows no animation sees the end. */
const APPEARING = `<style>
@keyframes appear { from { visibility: hidden } to { visibility: visible } }
@media (prefers-reduced-motion: no-preference) { .row { animation: appear 1ms step-end backwards } }
</style>
`;

function spans(line: string, columns: number): string {
  let style = { colour: '', bold: false, dim: false };
  let room = columns;
  let drawn = '';
  for (const [index, part] of line.split('\u001b[').entries()) {
    const [, code = '', rest = ''] = index === 0 ? ['', '', part] : (/^(\d+)m(.*)$/s.exec(part) ?? []);
    if (code !== '') style = restyled(style, code);
    if (rest === '' || room <= 0) continue;
    const text = rest.length > room ? `${rest.slice(0, room - 1)}…` : rest;
    room -= text.length;
    drawn += `<tspan${attributes(style)}>${escapeXml(text)}</tspan>`;
  }
  return drawn;
}

interface Style {
  colour: string;
  bold: boolean;
  dim: boolean;
}

function restyled(style: Style, code: string): Style {
  if (code === '1') return { ...style, bold: true };
  if (code === '2') return { ...style, dim: true };
  if (code === '22') return { ...style, bold: false, dim: false };
  if (code === '39' || code === '0') return { ...style, colour: '' };
  return { ...style, colour: FOREGROUND[code] ?? '' };
}

function attributes({ colour, bold, dim }: Style): string {
  const fill = colour || (dim ? '#9198a1' : '');
  return `${fill ? ` fill="${fill}"` : ''}${bold ? ' font-weight="bold"' : ''}`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

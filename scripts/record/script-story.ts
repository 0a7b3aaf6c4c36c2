import type { Picture } from './picture.ts';
import { found, screen } from './screen.ts';
import { RecordingError, shellEnvironment } from './shell.ts';

const COLUMNS = 132;

/** Lines of SAM and the tests have a bar before them there, and would fill many screens. */
export function personStory(draw: (picture: Picture) => void): Promise<void> {
  return recorded('deploy-and-test', "./deploy-and-test.sh --local | grep -av '|'", draw);
}

/** For a pipeline all is logged, with no colour: shown is how it ends. */
export function pipelineStory(draw: (picture: Picture) => void): Promise<void> {
  return recorded(
    'deploy-and-test-cd',
    "./deploy-and-test-cd.sh --local --stage dev | sed -n '/^Summary/,$p'",
    draw,
  );
}

async function recorded(name: string, line: string, draw: (picture: Picture) => void): Promise<void> {
  const terminal = screen(shellEnvironment(COLUMNS));
  const output = await terminal.type(line);
  const summary = found(/(Summary.*)/s, output);
  const missing = summary.split('\n').find((row) => /FAILED|interrupted/.test(row));
  if (missing !== undefined) throw new RecordingError(`${line}: ${missing}`);
  draw({ name, title: `${name}.sh`, output: terminal.shown(), columns: COLUMNS });
}

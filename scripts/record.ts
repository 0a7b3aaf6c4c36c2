import process from 'node:process';
import { EXIT } from '../local/terminal/failure.ts';
import { failureStory } from './record/failure-story.ts';
import { orderStory } from './record/order-story.ts';
import { drawPicture, type Picture } from './record/picture.ts';
import { screen } from './record/screen.ts';
import { personStory, pipelineStory } from './record/script-story.ts';
import { has, shellEnvironment } from './record/shell.ts';
import { runAsCommand } from './terminal/command.ts';

// Runs what the pictures in docs/images show, and draws what the terminal showed: none is made by hand.
// `npm run record` draws all, `npm run record -- demo story` those; what needs a tool that is not there is left out.

const DEMO_COLUMNS = 78;

const tools = { aws: await has('aws'), sam: await has('sam') };
for (const [tool, isThere] of Object.entries(tools)) {
  if (!isThere)
    process.stderr.write(`${tool} is not on the PATH: the pictures that show it are left as they are\n`);
}

const draw = (picture: Picture) => process.stdout.write(`${drawPicture(picture)}\n`);
const recordings: Record<string, () => Promise<void>> = {
  demo,
  failure: () => failureStory(draw),
  story: () => orderStory(tools, draw),
  person,
  pipeline,
};

await runAsCommand(async (chosen) => {
  const unknown = chosen.find((name) => !Object.hasOwn(recordings, name));
  if (unknown !== undefined) {
    process.stderr.write(`No recording "${unknown}"; there are: ${Object.keys(recordings).join(', ')}\n`);
    return EXIT.usage;
  }
  for (const name of chosen.length > 0 ? chosen : Object.keys(recordings)) await recordings[name]?.();
  return EXIT.ok;
});

async function demo(): Promise<void> {
  const terminal = screen(shellEnvironment(DEMO_COLUMNS));
  await terminal.type('npm run -s demo');
  draw({ name: 'demo', title: 'npm run demo', output: terminal.shown(), columns: DEMO_COLUMNS });
}

async function person(): Promise<void> {
  if (tools.sam) await personStory(draw);
}

async function pipeline(): Promise<void> {
  if (tools.sam) await pipelineStory(draw);
}

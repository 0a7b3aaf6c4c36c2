import { EXIT, parseArguments, runCommand, type Terminal, UsageError } from 'serverless-loop/commands';
import { failureStory } from './record/failure-story.ts';
import { orderStory } from './record/order-story.ts';
import { drawPicture, type Picture } from './record/picture.ts';
import { screen } from './record/screen.ts';
import { personStory, pipelineStory } from './record/script-story.ts';
import { has, shellEnvironment } from './record/shell.ts';

// Runs what the pictures in docs/images show, and draws what the terminal showed: none is made by hand.
// `npm run record` draws all, `npm run record -- demo story` those; what needs a tool that is not there is left out.

const DEMO_COLUMNS = 78;

await runCommand(main);

async function main(args: string[], { out, err }: Terminal): Promise<number> {
  const { positionals: chosen } = parseArguments(args, {});
  const tools = { aws: await has('aws'), sam: await has('sam') };
  for (const [tool, isThere] of Object.entries(tools))
    if (!isThere) err.write(`${tool} is not on the PATH: the pictures that show it are left as they are\n`);

  const draw = (picture: Picture) => out.write(`${drawPicture(picture)}\n`);
  const recordings: Record<string, () => Promise<void>> = {
    demo: () => demo(draw),
    failure: () => failureStory(draw),
    story: () => orderStory(tools, draw),
    person: async () => void (tools.sam && (await personStory(draw))),
    pipeline: async () => void (tools.sam && (await pipelineStory(draw))),
  };
  for (const name of chosen.length > 0 ? chosen : Object.keys(recordings)) {
    const record = Object.hasOwn(recordings, name) ? recordings[name] : undefined;
    if (record === undefined)
      throw new UsageError(`no recording "${name}": there are ${Object.keys(recordings).join(', ')}`);
    await record();
  }
  return EXIT.ok;
}

async function demo(draw: (picture: Picture) => void): Promise<void> {
  const terminal = screen(shellEnvironment(DEMO_COLUMNS));
  await terminal.type('npm run -s demo');
  draw({ name: 'demo', title: 'npm run demo', output: terminal.shown(), columns: DEMO_COLUMNS });
}

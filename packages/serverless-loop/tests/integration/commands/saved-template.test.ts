import { renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { projectFolder } from '../../loop-in-process.ts';
import { startCommand } from '../../loop-process.ts';

const templateOf = (greeting: string) => `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
  Greeter:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      Role: !GetAtt Role.Arn
      Code: {ZipFile: 'exports.handler = async () => process.env.GREETING;'}
      Environment: {Variables: {GREETING: ${greeting}}}
`;

/** A loop of a project folder, and what it said of its template. */
async function watching(folder: string, flags: string[] = []) {
  const loop = await startCommand(['start', '--port', '0', ...flags], {
    cwd: folder,
  });
  onTestFinished(async () => void (await loop.stop()));
  const said = () => loop.facts.filter(({ kind }) => String(kind).startsWith('template.'));
  return { said, file: path.join(folder, 'template.yaml'), folder };
}

test('a template that is saved is said to run after a restart, once for each content', async () => {
  const { said, file } = await watching(projectFolder({ 'template.yaml': templateOf('one') }));
  writeFileSync(file, templateOf('one'));
  writeFileSync(file, templateOf('two'));
  await expect
    .poll(said)
    .toMatchObject([{ kind: 'template.changed', file: 'template.yaml', isAsStarted: false }]);
  writeFileSync(file, templateOf('two'));
  writeFileSync(file, templateOf('one'));
  await expect.poll(said).toMatchObject([{ isAsStarted: false }, { isAsStarted: true }]);
});

test('an editor may save by a rename, through a link, time and again', async () => {
  const folder = projectFolder({ 'real/template.yaml': templateOf('one') });
  symlinkSync('real/template.yaml', path.join(folder, 'template.yaml'));
  const { said } = await watching(folder);
  for (const [index, greeting] of ['two', 'three'].entries()) {
    const aside = path.join(folder, 'real/.template.yaml.swp');
    writeFileSync(aside, templateOf(greeting));
    renameSync(aside, path.join(folder, 'real/template.yaml'));
    await expect.poll(() => said().length).toBe(index + 1);
  }
});

test('one that could not be started again is said to be broken, with its line; mended it says so', async () => {
  const { said, file } = await watching(projectFolder({ 'template.yaml': templateOf('one') }));
  writeFileSync(
    file,
    `${templateOf('one')}  Broken: {Type: AWS::Lambda::Function, Properties: {Handler: 7\n`,
  );
  await expect.poll(said).toMatchObject([{ kind: 'template.broken', file: 'template.yaml' }]);
  expect(said()).toMatchObject([{ errors: [expect.stringMatching(/^template\.yaml:\d+: /)] }]);
  writeFileSync(file, templateOf('two'));
  await expect.poll(() => said().at(-1)).toMatchObject({ kind: 'template.changed' });
});

test('so is samconfig.toml, also where there was none', async () => {
  const { said, folder } = await watching(projectFolder({ 'template.yaml': templateOf('one') }));
  writeFileSync(path.join(folder, 'samconfig.toml'), '[default.deploy.parameters]\nstack_name = "other"\n');
  await expect.poll(said).toMatchObject([{ kind: 'template.changed', file: 'samconfig.toml' }]);
  writeFileSync(path.join(folder, 'samconfig.toml'), '[default.deploy.parameters]\nstack_name = \n');
  await expect
    .poll(() => said().at(-1))
    .toMatchObject({ kind: 'template.broken', errors: [expect.stringMatching(/^samconfig\.toml:2: /)] });
});

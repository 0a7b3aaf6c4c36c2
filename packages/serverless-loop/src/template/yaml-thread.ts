import { parentPort, workerData } from 'node:worker_threads';
import { Problems } from './problems.ts';
import type { ParsedText } from './template-texts.ts';
import { readYaml } from './yaml/yaml.ts';

// The whole of a thread: one text comes, and what it says goes back.
const problems = new Problems('template');
const root = readYaml(String(workerData), problems);
const parsed: ParsedText = { root, problems: problems.found() };
parentPort?.postMessage(parsed);

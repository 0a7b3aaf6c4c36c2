/**
 * For the tests of an application in this repository: commands as processes and within this one, samples of many cases,
 * tools that npm doesn't bring. Nothing here loads the loop; parts.ts does. A packed package has neither.
 */
export { runInProcess, startInProcess } from './command-in-process.ts';
export { attach, lineOf } from './debugger.ts';
export { type DevToolsSession, openDevToolsSession } from './devtools-session.ts';
export {
  commandLine,
  type Finished,
  type LoopProcess,
  runCommand,
  startCommand,
  startScript,
} from './loop-process.ts';
export { onlyInMatrix, runsOf, sampleOf } from './matrix.ts';
export { samDeployTo } from './tools/deploying.ts';
export { findPythonOfSam, findTool, type Output, type RunOptions, type Tool } from './tools/tool.ts';
export { until } from './until.ts';

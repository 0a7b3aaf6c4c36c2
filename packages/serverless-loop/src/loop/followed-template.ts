import type { Followed } from '../services/cloudformation/service.ts';
import { describeProblem, TemplateError } from '../template/error.ts';
import type { ResourceReport, Stack } from '../template/model.ts';

/** A saved template that runs now. */
export interface FollowedTemplate {
  stack: Stack;
  /** Logical ids. */
  added: string[];
  changed: string[];
  removed: string[];
  /** Parts that don't run, with place and reason, where that is new; and those that couldn't be removed. */
  missing: string[];
}

/** Throws TemplateError with the reasons why it doesn't run. */
export function followedTemplate(
  templatePath: string,
  before: Stack,
  stack: Stack,
  followed: Followed,
): FollowedTemplate {
  if ('problems' in followed) throw new TemplateError(templatePath, followed.problems);
  const { added, changed, removed, left } = followed;
  const known = new Set(before.resources.filter(isMissing).map(wordsFor));
  const newlyMissing = stack.resources
    .filter((report) => isMissing(report) && !known.has(wordsFor(report)))
    .map((report) => {
      const { line, file, logicalId } = report;
      return { line, logicalId, message: wordsOf(report), ...(file !== undefined && { file }) };
    });
  const missing = [...newlyMissing, ...left].map((problem) => describeProblem(templatePath, problem));
  return { stack, added, changed, removed, missing };
}

function isMissing({ status }: ResourceReport): boolean {
  return status === 'not emulated' || status === 'unavailable';
}

const wordsOf = ({ status, reason }: ResourceReport) => `${status}: ${reason}`;

const wordsFor = (report: ResourceReport) => `${report.logicalId} ${wordsOf(report)}`;

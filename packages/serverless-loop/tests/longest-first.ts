import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Begins with these files, by the ends of their paths, and goes on as vitest does on a fresh checkout, by size: one that
 * takes minutes and begins last would run alone.
 */
export function longestFirst(...ends: string[]): typeof BaseSequencer {
  const placeOf = ({ moduleId }: TestSpecification): number => {
    const at = ends.findIndex((end) => moduleId.endsWith(end));
    return at === -1 ? ends.length : at;
  };
  return class extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      return (await super.sort(files)).toSorted(
        (one, other) => groupOf(one) - groupOf(other) || placeOf(one) - placeOf(other),
      );
    }
  };
}

const groupOf = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;

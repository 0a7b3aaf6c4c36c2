import type { TemplateSources } from '../template-source.ts';
import type { Wish } from './stack-wish.ts';

const NESTING = ['AWS::CloudFormation::Stack', 'AWS::Serverless::Application'];

/**
 * The wish with the templates of the stacks that it nests, at any depth. Their URLs are known once a plan was made, of as much
 * as is there.
 */
export async function withNestedTemplates(
  wish: Wish,
  plan: (wish: Wish) => unknown,
  { templateAt, reader }: TemplateSources,
): Promise<Wish> {
  if (!wish.summary.resourceTypes.some((type) => NESTING.includes(type))) return wish;
  const texts = new Map<string, string | undefined>();
  const wanted = new Set<string>();
  const whole: Wish = {
    ...wish,
    templateAt(url) {
      wanted.add(url);
      return texts.get(url);
    },
  };
  for (;;) {
    try {
      plan(whole);
    } catch {
      // Told when the plan is made for good.
    }
    const unread = [...wanted].filter((url) => !texts.has(url));
    if (unread.length === 0) return whole;
    for (const url of unread) {
      const text = await templateAt(url);
      if (text !== undefined) await reader.ready(text);
      texts.set(url, text);
    }
  }
}

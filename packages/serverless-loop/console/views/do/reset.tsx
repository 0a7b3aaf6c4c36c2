import { useConsole } from '../../app/context.ts';
import { send } from '../../app/loop-api.ts';
import { Section } from '../../parts/detail.tsx';
import { Question } from '../../parts/dialog.tsx';
import { useState } from '../../preact.ts';

/** Empties all, so that a trial begins anew. */
export function Reset() {
  const { announce } = useConsole();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Section level={2} title="Begin anew">
      <p>
        Empties tables, queues, buckets, logs, metrics, traces and what this page shows, and drops what waits
        to be tried again. The stack stays.
      </p>
      <div class="buttons">
        <button type="button" class="danger" onClick={() => setIsAsking(true)}>
          Empty all
        </button>
      </div>
      {isAsking && (
        <Question
          title="Empty all?"
          text="Items, messages, objects, logs and traces are gone then."
          yes="Empty all"
          act={async () => {
            await send('reset');
            announce('All is empty.');
            // The facts of before are gone, in the loop and here.
            location.reload();
          }}
          onClose={() => setIsAsking(false)}
        />
      )}
    </Section>
  );
}
